import { Card } from "@/ui/display/card";
import { CopyButton } from "@/ui/display/copy-button";
import { DescriptionList } from "@/ui/display/description-list";
import { Money } from "@/ui/display/money";
import { Time } from "@/ui/display/time";
import type { Invoice, Party } from "../contract";
import { PaymentState } from "./payment-state";
import { unitPriceText } from "./unit-price";

export type InvoiceSheetProps = {
  invoice: Invoice;
  /** For those whom it bills: without what staff do with it. */
  isOwn?: boolean;
};

/** An invoice as it is billed: its parties, lines, taxes and sums. */
export function InvoiceSheet({ invoice, isOwn = false }: InvoiceSheetProps) {
  return (
    <>
      <Card title="Summary">
        <DescriptionList
          look="grid"
          items={[
            {
              label: "Payment",
              value: <PaymentState invoice={invoice} />,
            },
            { label: "Issued", value: <Time value={invoice.issued_at} /> },
            {
              label: "Due by",
              value: <Time value={invoice.due_at} format="date" />,
            },
            ...(isOwn
              ? []
              : [
                  {
                    label: "Mailed",
                    value: <Time value={invoice.sent_at} empty="Not yet" />,
                  },
                ]),
            { label: "From", value: <PartyText party={invoice.seller} /> },
            { label: "To", value: <PartyText party={invoice.buyer} /> },
            ...(invoice.pay_url && invoice.status === "open" && !isOwn
              ? [
                  {
                    label: "Pay link",
                    value: <PayLink url={invoice.pay_url} />,
                  },
                ]
              : []),
            ...(invoice.memo ? [{ label: "Memo", value: invoice.memo }] : []),
          ]}
        />
      </Card>
      <Card title="Lines" flush>
        <LineTable invoice={invoice} />
        <Sums invoice={invoice} />
      </Card>
      {invoice.credit_notes.length > 0 ? (
        <Card title="Credit notes">
          <DescriptionList
            items={invoice.credit_notes.map((note) => ({
              label: note.number,
              value: (
                <span className="flex flex-wrap gap-x-2">
                  <Money value={note.total} />
                  <span className="text-ink-muted">{note.reason}</span>
                </span>
              ),
            }))}
          />
        </Card>
      ) : null}
    </>
  );
}

function PayLink({ url }: { url: string }) {
  return <CopyButton text={url} label="Copy pay link" showLabel />;
}

function PartyText({ party }: { party: Party | null }) {
  if (!party) return <span className="text-ink-muted">As of finalization</span>;
  const { name, address, country, tax_id } = party;
  const place =
    country && new Intl.DisplayNames("en", { type: "region" }).of(country);
  const more = [address, place, tax_id].filter(Boolean).join(" · ");
  return (
    <span className="break-words">
      {name}
      {more ? <span className="block text-ink-muted">{more}</span> : null}
    </span>
  );
}

function LineTable({ invoice }: { invoice: Invoice }) {
  const cell = "px-4 py-2 align-top";
  return (
    <div
      className="overflow-x-auto"
      tabIndex={0}
      role="region"
      aria-label="Lines"
    >
      <table className="w-full text-left">
        <thead className="border-b text-xs text-ink-muted">
          <tr>
            <th className={`${cell} font-medium`}>Description</th>
            <th className={`${cell} text-right font-medium`}>Quantity</th>
            <th className={`${cell} text-right font-medium`}>Unit price</th>
            <th className={`${cell} text-right font-medium`}>Amount</th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line) => (
            <tr key={line.position} className="border-b">
              <td className={`${cell} break-words`}>{line.description}</td>
              <td className={`${cell} text-right tabular-nums`}>
                {line.quantity}
              </td>
              <td className={`${cell} text-right tabular-nums`}>
                {line.unit_price === null
                  ? "–"
                  : unitPriceText(line.unit_price, invoice.currency)}
              </td>
              <td className={`${cell} text-right`}>
                <Money value={line.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sums({ invoice }: { invoice: Invoice }) {
  const minus = (money: Invoice["paid"]) => ({
    ...money,
    amount: -money.amount,
  });
  const less = (label: string, money: Invoice["paid"]) =>
    money.amount === 0 ? [] : [{ label, value: minus(money), isStrong: false }];
  const rows = [
    ...less("Discount", invoice.discount),
    { label: "Subtotal", value: invoice.subtotal, isStrong: false },
    ...invoice.taxes.map((tax) => ({
      label: tax.is_reverse_charge
        ? `${tax.name}: reverse charge`
        : `${tax.name} ${tax.rate}%${tax.is_inclusive ? " (included)" : ""}`,
      value: tax.tax,
      isStrong: false,
    })),
    { label: "Total", value: invoice.total, isStrong: true },
    ...less("Credit", invoice.credit_applied),
    ...less("Paid", invoice.paid),
    ...less("Credit notes", invoice.credited),
    ...(invoice.returned.amount > 0
      ? [{ label: "Given back", value: invoice.returned, isStrong: false }]
      : []),
    ...(invoice.status === "draft"
      ? []
      : [{ label: "Due", value: invoice.due, isStrong: true }]),
  ];
  return (
    <dl className="ml-auto grid max-w-sm grid-cols-[1fr_auto] gap-x-6 gap-y-1 p-4">
      {rows.map(({ label, value, isStrong }) => (
        <div
          key={label}
          className={`contents ${isStrong ? "font-semibold" : ""}`}
        >
          <dt className="text-right">{label}</dt>
          <dd className="text-right">
            <Money value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
