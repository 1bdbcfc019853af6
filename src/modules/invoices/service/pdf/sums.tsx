import { formatMoney } from "@/shared/money";
import type { StoredInvoice } from "../../queries/row";
import { day, faint, Words, type Given } from "./look";

type Sum = [label: string, value: string, isStrong?: boolean];

/** The sums, and what was written about them since; they stay on one page. */
export function Sums({ kit, invoice }: Given) {
  const { Text, View } = kit;
  return (
    <View wrap={false} style={{ marginTop: 12, alignItems: "flex-end" }}>
      {sumsOf(invoice).map(([label, value, isStrong]) => (
        <View
          key={label}
          style={{
            flexDirection: "row",
            paddingVertical: 2,
            ...(isStrong && { fontWeight: 600 }),
          }}
        >
          <Text style={{ width: 180, textAlign: "right" }}>{label}</Text>
          <Text style={{ width: 110, textAlign: "right" }}>{value}</Text>
        </View>
      ))}
    </View>
  );
}

function sumsOf(invoice: StoredInvoice): Sum[] {
  const { discount, credit_applied, paid, credited, returned } = invoice;
  const isSome = ({ amount }: { amount: number }) => amount !== 0;
  const less = (label: string, money: typeof discount): Sum[] =>
    isSome(money)
      ? [[label, formatMoney({ ...money, amount: -money.amount })]]
      : [];
  return [
    ...less("Discount", discount),
    ["Subtotal", formatMoney(invoice.subtotal)],
    ...invoice.taxes.map((tax): Sum => [taxLabel(tax), formatMoney(tax.tax)]),
    ["Total", formatMoney(invoice.total), true],
    ...less("Credit", credit_applied),
    ...less("Paid", paid),
    ...less("Credit notes", credited),
    ...(isSome(returned)
      ? [["Given back", formatMoney(returned)] satisfies Sum]
      : []),
    ["Due", formatMoney(invoice.due), true],
  ];
}

function taxLabel(tax: StoredInvoice["taxes"][number]): string {
  if (tax.is_reverse_charge) return `${tax.name}: reverse charge`;
  return `${tax.name} ${tax.rate}%${tax.is_inclusive ? " (included)" : ""}`;
}

/** What stands below the sums: what the law wants said, credit notes, and what the seller wrote. */
export function Remarks({ kit, invoice }: Given) {
  const { Text, View } = kit;
  const { taxes, credit_notes, memo, footer } = invoice;
  const isReversed = taxes.some((tax) => tax.is_reverse_charge);
  return (
    <View style={{ marginTop: 24 }}>
      {isReversed && (
        <Text>Reverse charge: the recipient accounts for the tax.</Text>
      )}
      {credit_notes.map(({ number, created_at, total, reason }) => (
        <Words key={number} kit={kit}>
          {`Credit note ${number} · ${day(created_at)} · ${formatMoney(total)} · ${reason}`}
        </Words>
      ))}
      {memo && (
        <Words kit={kit} style={{ marginTop: 8 }}>
          {memo}
        </Words>
      )}
      {footer && (
        <Words kit={kit} style={{ marginTop: 12, color: faint }}>
          {footer}
        </Words>
      )}
    </View>
  );
}
