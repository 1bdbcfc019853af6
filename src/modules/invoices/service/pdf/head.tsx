import type * as Kit from "@react-pdf/renderer";
import type { Party } from "../../contract";
import type { StoredInvoice } from "../../queries/row";
import { day, faint, Words, type Given } from "./look";

/** A picture that the renderer can read. */
export type Logo = { data: Buffer; format: "png" | "jpg" };

/** What an invoice is, of whom and for whom, over its lines. */
export function Head({ kit, invoice, logo }: Given & { logo: Logo | null }) {
  const { Image, Text, View } = kit;
  return (
    <View style={{ marginBottom: 20 }}>
      <View style={{ flexDirection: "row", justifyContent: "space-between" }}>
        <View style={{ alignItems: "flex-start" }}>
          {logo && (
            <Image
              src={logo}
              style={{
                maxHeight: 36,
                maxWidth: 160,
                objectFit: "contain",
                marginBottom: 12,
              }}
            />
          )}
          <Text style={{ fontSize: 20, fontWeight: 600 }}>Invoice</Text>
        </View>
        <View>
          {factsOf(invoice).map(([label, value]) => (
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

function factsOf(invoice: StoredInvoice): [string, string][] {
  const { period_start, period_end } = invoice;
  const isOver = ["paid", "void", "uncollectible"].includes(invoice.status);
  const facts: [string, string | null | false][] = [
    ["Number", invoice.number ?? "Draft"],
    ["Issued", day(invoice.issued_at)],
    ["Due", !isOver && day(invoice.due_at)],
    ["Paid", invoice.status === "paid" && day(invoice.paid_at)],
    ["Void", invoice.status === "void" && day(invoice.voided_at)],
    ["Period", period_start && `${day(period_start)} – ${day(period_end)}`],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

type PartyProps = { kit: typeof Kit; label: string; party: Party | null };

function PartyBlock({ kit, label, party }: PartyProps) {
  const { Text, View } = kit;
  if (!party) return null;
  const { name, address, country, email, tax_id } = party;
  const place =
    country && new Intl.DisplayNames("en", { type: "region" }).of(country);
  const below = [address, place, email, tax_id && `Tax id ${tax_id}`];
  return (
    <View style={{ width: "50%", paddingRight: 16 }}>
      <Text style={{ color: faint }}>{label}</Text>
      <Words kit={kit} style={{ fontWeight: 600 }}>
        {name}
      </Words>
      {below.map(
        (text, i) =>
          text && (
            <Words key={i} kit={kit}>
              {text}
            </Words>
          ),
      )}
    </View>
  );
}
