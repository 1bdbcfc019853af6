import type * as Kit from "@react-pdf/renderer";
import { minorDigits, formatMoney } from "@/shared/money";
import type { InvoiceLine, Party } from "../contract";
import type { Ctx } from "@/platform/context";
import type { StoredInvoice } from "../queries/row";
import { getInvoice } from "./read";
import { fontsFor, registerFonts } from "./pdf-fonts";

/** The file of an invoice that the actor may see. Needs billing:read; throws NOT_FOUND. */
export async function downloadInvoice(ctx: Ctx, id: string) {
  const invoice = await getInvoice(ctx, id);
  const content = new Uint8Array(await invoicePdf(invoice));
  return {
    name: `${invoice.number ?? "draft"}.pdf`,
    type: "application/pdf",
    stream: new Blob([content]).stream(),
  };
}

/** An invoice as a PDF, A4, with its fonts embedded. All that people typed stands in it as text. */
export async function invoicePdf(invoice: StoredInvoice): Promise<Buffer> {
  // Loaded with the first one: it is large.
  const kit = await import("@react-pdf/renderer");
  registerFonts(kit.Font);
  return kit.renderToBuffer(<Paper kit={kit} invoice={invoice} />);
}

type Given = { kit: typeof Kit; invoice: StoredInvoice };

const ink = "#18181b";
const faint = "#5f5f68";
const rule = "#e4e4e7";
const widths = { quantity: 60, price: 80, amount: 90 };

function Paper({ kit, invoice }: Given) {
  const { Document, Page, Text } = kit;
  const title = invoice.number ?? "Draft";
  return (
    <Document
      title={title}
      author={invoice.seller?.name ?? ""}
      producer="Tollkeeper"
    >
      <Page
        size="A4"
        style={{
          padding: 48,
          paddingBottom: 64,
          fontFamily: fontsFor(JSON.stringify(invoice)),
          fontSize: 9,
          color: ink,
        }}
      >
        <Head kit={kit} invoice={invoice} />
        <Lines kit={kit} invoice={invoice} />
        <Sums kit={kit} invoice={invoice} />
        {invoice.memo && <Text style={{ marginTop: 24 }}>{invoice.memo}</Text>}
        {invoice.footer && (
          <Text style={{ marginTop: 12, color: faint }}>{invoice.footer}</Text>
        )}
        <Text
          fixed
          style={{
            position: "absolute",
            bottom: 32,
            left: 48,
            right: 48,
            textAlign: "right",
            fontSize: 8,
            color: faint,
          }}
          render={({ pageNumber, totalPages }) =>
            `${title} · ${pageNumber} / ${totalPages}`
          }
        />
      </Page>
    </Document>
  );
}

function Head({ kit, invoice }: Given) {
  const { Text, View } = kit;
  const day = (at: string | null) => at && at.slice(0, 10);
  const facts = [
    ["Number", invoice.number ?? "Draft"],
    ["Issued", day(invoice.issued_at)],
    ["Due", day(invoice.due_at)],
    [
      "Period",
      invoice.period_start &&
        `${day(invoice.period_start)} – ${day(invoice.period_end)}`,
    ],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <View style={{ marginBottom: 24 }}>
      <View style={{ flexDirection: "row", justifyContent: "space-between" }}>
        <Text style={{ fontSize: 20, fontWeight: 600 }}>Invoice</Text>
        <View>
          {facts.map(([label, value]) => (
            <View key={label} style={{ flexDirection: "row" }}>
              <Text style={{ width: 60, color: faint }}>{label}</Text>
              <Text style={{ width: 130, textAlign: "right" }}>{value}</Text>
            </View>
          ))}
        </View>
      </View>
      <View style={{ flexDirection: "row", marginTop: 20 }}>
        <PartyBlock kit={kit} label="From" party={invoice.seller} />
        <PartyBlock kit={kit} label="To" party={invoice.buyer} />
      </View>
    </View>
  );
}

function PartyBlock({
  kit,
  label,
  party,
}: {
  kit: typeof Kit;
  label: string;
  party: Party | null;
}) {
  const { Text, View } = kit;
  if (!party) return null;
  const { name, address, country, email, tax_id } = party;
  const below = [address, country, email, tax_id && `Tax id ${tax_id}`];
  return (
    <View style={{ width: "50%", paddingRight: 16 }}>
      <Text style={{ color: faint }}>{label}</Text>
      <Text style={{ fontWeight: 600 }}>{name}</Text>
      {below.map((text, i) => text && <Text key={i}>{text}</Text>)}
    </View>
  );
}

function Lines({ kit, invoice }: Given) {
  const { View } = kit;
  return (
    <View>
      <Row
        kit={kit}
        isHead
        cells={["Description", "Quantity", "Unit price", "Amount"]}
      />
      {invoice.lines.map((line) => (
        <Row
          key={line.position}
          kit={kit}
          cells={cellsOf(line, invoice.currency)}
        />
      ))}
    </View>
  );
}

function Row({
  kit,
  cells,
  isHead = false,
}: {
  kit: typeof Kit;
  cells: [string, string, string, string];
  isHead?: boolean;
}) {
  const { Text, View } = kit;
  const [description, quantity, price, amount] = cells;
  const right = { textAlign: "right" } as const;
  return (
    <View
      wrap={false}
      fixed={isHead}
      style={{
        flexDirection: "row",
        paddingVertical: 4,
        borderBottomWidth: 1,
        borderBottomColor: rule,
        ...(isHead && { color: faint }),
      }}
    >
      <Text style={{ flex: 1, paddingRight: 8 }}>{description}</Text>
      <Text style={{ width: widths.quantity, ...right }}>{quantity}</Text>
      <Text style={{ width: widths.price, ...right }}>{price}</Text>
      <Text style={{ width: widths.amount, ...right }}>{amount}</Text>
    </View>
  );
}

function Sums({ kit, invoice }: Given) {
  const { Text, View } = kit;
  const isSome = ({ amount }: { amount: number }) => amount !== 0;
  const { discount, credit_applied, paid, credited } = invoice;
  const less = (label: string, money: typeof discount): Sum[] =>
    isSome(money)
      ? [[label, formatMoney({ ...money, amount: -money.amount })]]
      : [];
  const sums: Sum[] = [
    ...less("Discount", discount),
    ["Subtotal", formatMoney(invoice.subtotal)],
    ...invoice.taxes.map((tax): Sum => [taxLabel(tax), formatMoney(tax.tax)]),
    ["Total", formatMoney(invoice.total), true],
    ...less("Credit", credit_applied),
    ...less("Paid", paid),
    ...less("Credit notes", credited),
    ["Due", formatMoney(invoice.due), true],
  ];
  return (
    <View wrap={false} style={{ marginTop: 12, alignItems: "flex-end" }}>
      {sums.map(([label, value, isStrong]) => (
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

type Sum = [label: string, value: string, isStrong?: boolean];

function taxLabel(tax: StoredInvoice["taxes"][number]): string {
  if (tax.is_reverse_charge) return `${tax.name}: reverse charge`;
  return `${tax.name} ${tax.rate}%${tax.is_inclusive ? " (included)" : ""}`;
}

function cellsOf(
  line: InvoiceLine,
  currency: string,
): [string, string, string, string] {
  return [
    line.description,
    line.quantity,
    line.unit_price === null ? "" : priceText(line.unit_price, currency),
    formatMoney(line.amount),
  ];
}

// A unit price may be finer than what is paid in: as many digits as the currency has, or more.
function priceText(price: string, currency: string): string {
  const [whole = "0", fraction = ""] = price.split(".");
  const digits = fraction.padEnd(minorDigits(currency), "0");
  return digits ? `${whole}.${digits}` : whole;
}
