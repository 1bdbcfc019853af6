import type * as Kit from "@react-pdf/renderer";
import { formatMoney, minorDigits } from "@/shared/money";
import type { InvoiceLine } from "../../contract";
import { day, faint, rule, tableHead, widths, Words } from "./look";

type LineProps = { kit: typeof Kit; line: InvoiceLine; currency: string };

/** One line, which no page's end parts. */
export function Line({ kit, line, currency }: LineProps) {
  const { Text } = kit;
  const { quantity, unit_price, amount } = line;
  const numbers: [number, string][] = [
    [widths.quantity, grouped(quantity, 0)],
    [
      widths.price,
      unit_price === null ? "" : grouped(unit_price, minorDigits(currency)),
    ],
    [widths.amount, formatMoney(amount)],
  ];
  return (
    <Row kit={kit} description={<Description kit={kit} line={line} />}>
      {numbers.map(([width, text]) => (
        <Text key={width} style={{ width, textAlign: "right" }}>
          {text}
        </Text>
      ))}
    </Row>
  );
}

function Description({ kit, line }: Omit<LineProps, "currency">) {
  const { Text, View } = kit;
  const { description, period_start, period_end, discount } = line;
  const less = { ...discount, amount: -discount.amount };
  const below = [
    period_start && `${day(period_start)} – ${day(period_end)}`,
    discount.amount !== 0 && `Discount ${formatMoney(less)}`,
  ].filter(Boolean);
  return (
    <View style={{ flex: 1, paddingRight: 8 }}>
      <Words kit={kit}>{description}</Words>
      {below.length > 0 && (
        <Text style={{ color: faint, fontSize: 8 }}>{below.join(" · ")}</Text>
      )}
    </View>
  );
}

/** The names of the columns: over the first line, and above the text of each further page. */
export function TableHead({ kit }: { kit: typeof Kit }) {
  const { Text, View } = kit;
  const names: [number, string][] = [
    [widths.quantity, "Quantity"],
    [widths.price, "Unit price"],
    [widths.amount, "Amount"],
  ];
  return (
    <View style={{ height: tableHead }}>
      <Row
        kit={kit}
        isHead
        description={<Text style={{ flex: 1 }}>Description</Text>}
      >
        {names.map(([width, text]) => (
          <Text key={text} style={{ width, textAlign: "right" }}>
            {text}
          </Text>
        ))}
      </Row>
    </View>
  );
}

type RowProps = {
  kit: typeof Kit;
  description: Kit.ViewProps["children"];
  children: Kit.ViewProps["children"];
  isHead?: boolean;
};

function Row({ kit: { View }, description, children, isHead }: RowProps) {
  return (
    <View
      wrap={false}
      style={{
        flexDirection: "row",
        paddingVertical: 4,
        borderBottomWidth: 1,
        borderBottomColor: rule,
        ...(isHead && { color: faint }),
      }}
    >
      {description}
      {children}
    </View>
  );
}

// Decimal texts with thousands marked, exact at any size; a price may be finer than what is paid in.
function grouped(text: string, digits: number): string {
  const format = new Intl.NumberFormat("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: 12,
  });
  // Intl formats a decimal string exactly; TypeScript's lib has it since ES2023.
  return format.format(text as `${number}`);
}
