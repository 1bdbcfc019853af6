import { Link } from "@/ui/controls/link";
import { StatusBadge } from "@/ui/display/status-badge";
import type { TicketThing } from "../contract/things";
import { thingWords } from "./ticket-words";

export type TicketThingLinkProps = {
  thing: TicketThing;
  /** Whose it is; staff's pages are reached by it. */
  customerId: string;
  isOwn?: boolean;
};

/** What a ticket is about, with where it stands. */
export function TicketThingLink({
  thing,
  customerId,
  isOwn = false,
}: TicketThingLinkProps) {
  const { id, kind, name, status } = thing;
  const pages = isOwn
    ? {
        invoice: `/portal/invoices/${id}`,
        key: "/portal/keys",
        license: `/portal/licenses/${id}`,
        subscription: "/portal/plan",
        tenant: `/portal/tenants/${id}`,
      }
    : {
        invoice: `/invoices/${id}`,
        key: `/customers/${customerId}/keys`,
        license: `/licenses/${id}`,
        subscription: `/subscriptions/${id}`,
        tenant: `/tenants/${id}`,
      };
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Link href={pages[kind]}>
        <span className="wrap-anywhere">{`${thingWords[kind]} ${name}`}</span>
      </Link>
      <StatusBadge status={status} />
    </span>
  );
}
