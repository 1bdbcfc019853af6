import { Badge } from "@/ui/display/badge";
import { CopyableId } from "@/ui/display/copyable-id";
import {
  DescriptionList,
  type Description,
} from "@/ui/display/description-list";
import { Time } from "@/ui/display/time";
import { countText } from "@/ui/format/number";
import type { Customer } from "../contract";

export type CustomerDetailsProps = {
  customer: Customer;
  /** "grid" for dialogs: labels over values, in columns. */
  look?: "rows" | "grid";
};

/** Who a customer is and how to reach it. */
export function ContactDetails({ customer, look }: CustomerDetailsProps) {
  return (
    <DescriptionList
      look={look}
      items={[
        { label: "Full name", value: customer.full_name },
        { label: "Company", value: customer.company_name },
        { label: "Email", value: <Mail address={customer.email} /> },
        { label: "Phone", value: <Phone number={customer.phone} /> },
        { label: "Address", value: <Address customer={customer} /> },
        { label: "Time zone", value: customer.time_zone.replaceAll("_", " ") },
        { label: "Language", value: named("language", customer.language) },
      ]}
    />
  );
}

/** What the account is: its ids, dates and counts. */
export function AccountDetails({ customer, look }: CustomerDetailsProps) {
  const items: Description[] = [
    { label: "Id", value: <CopyableId id={customer.id} label="customer id" /> },
    { label: "External id", value: externalId(customer) },
    { label: "Tags", value: <Tags of={customer} /> },
    {
      label: "Access ends",
      value: <Expiry at={customer.expires_at} />,
    },
    {
      label: "Licenses",
      value: shareText(customer.active_licenses, customer.total_licenses),
    },
    {
      label: "Subscriptions",
      value: shareText(
        customer.active_subscriptions,
        customer.total_subscriptions,
      ),
    },
    { label: "Invoices", value: <Invoices customer={customer} /> },
    {
      label: "Last payment",
      value: <Time value={customer.last_payment_at} empty="None" />,
    },
    ...readings(customer),
    { label: "Joined", value: <Time value={customer.joined_at} /> },
    {
      label: "Last change",
      value: <Time value={customer.updated_at} format="relative" />,
    },
  ];
  return <DescriptionList items={items} look={look} />;
}

/** The seller's own names and values. */
export function MetadataDetails({ customer }: CustomerDetailsProps) {
  const entries = Object.entries(customer.metadata);
  if (entries.length === 0)
    return (
      <p className="text-sm text-ink-muted">
        None. Add names and values of your own by Edit or by the API.
      </p>
    );
  return (
    <DescriptionList
      items={entries.map(([label, value]) => ({
        label,
        value: <code className="font-mono text-xs">{String(value)}</code>,
      }))}
    />
  );
}

function Mail({ address }: { address: string }) {
  return (
    <a
      href={`mailto:${address}`}
      className="rounded-sm wrap-anywhere text-accent-text underline-offset-4 hover:underline"
    >
      {address}
    </a>
  );
}

function Phone({ number }: { number: string | null }) {
  if (!number) return <Nothing />;
  return (
    <a
      href={`tel:${number.replaceAll(/[^\d+]/g, "")}`}
      className="rounded-sm text-accent-text underline-offset-4 hover:underline"
    >
      {number}
    </a>
  );
}

function Address({ customer }: CustomerDetailsProps) {
  const { address, country } = customer;
  if (!address && !country) return <Nothing />;
  return (
    <span className="whitespace-pre-line">
      {[address, country && named("region", country)]
        .filter(Boolean)
        .join("\n")}
    </span>
  );
}

function Tags({ of }: { of: Customer }) {
  if (of.tags.length === 0) return <Nothing />;
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {of.tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}

function Expiry({ at }: { at: string | null }) {
  if (!at) return <span className="text-ink-muted">Never</span>;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Time value={at} />
      <Time value={at} format="relative" className="text-ink-faint" />
    </span>
  );
}

function Invoices({ customer }: CustomerDetailsProps) {
  const { total_invoices, outstanding_invoices, overdue_invoices } = customer;
  if (total_invoices === 0) return <>None</>;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {`${countText(total_invoices)}, ${countText(outstanding_invoices)} outstanding`}
      {overdue_invoices > 0 ? (
        <Badge tone="danger">{`${countText(overdue_invoices)} overdue`}</Badge>
      ) : null}
    </span>
  );
}

/** Readings of meters that no event feeds, where there are any. */
function readings(customer: Customer): Description[] {
  const { usage_percentage: used, device_count: devices } = customer;
  return [
    ...(used === null ? [] : [{ label: "Quota used", value: `${used}%` }]),
    ...(devices === 0 ? [] : [{ label: "Devices", value: countText(devices) }]),
  ];
}

function externalId({ external_id: id }: Customer) {
  return id ? <CopyableId id={id} label="external id" /> : null;
}

function shareText(active: number, total: number): string {
  if (total === 0) return "None";
  return `${countText(active)} active of ${countText(total)}`;
}

function named(type: "region" | "language", code: string): string {
  return new Intl.DisplayNames("en", { type }).of(code) ?? code;
}

function Nothing() {
  return <span className="text-ink-faint">–</span>;
}
