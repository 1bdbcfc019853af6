import type * as Kit from "@react-pdf/renderer";
import { formatMoney, minorDigits } from "@/shared/money";
import type { InvoiceLine } from "../../contract";
import { day, faint, rule, tableHead, widths, Words } from "./look";

type LineProps = { kit: typeof Kit; line: InvoiceLine; currency: string };

/** One line, which no page's end parts. */
export function Line({ kit, line, currency }: LineProps) {
  const { quantity, unit_price, amount } = line;
  const digits = minorDigits(currency);
  return (
    <Row
      kit={kit}
      description={<Description kit={kit} line={line} />}
      numbers={[
        grouped(quantity, 0),
        unit_price === null ? "" : grouped(unit_price, digits),
        formatMoney(amount),
      ]}
    />
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
  return (
    <View style={{ height: tableHead, color: faint }}>
      <Row
        kit={kit}
        description={<Text style={{ flex: 1 }}>Description</Text>}
        numbers={["Quantity", "Unit price", "Amount"]}
      />
    </View>
  );
}

type RowProps = {
  kit: typeof Kit;
  description: ReturnType<typeof Description>;
  numbers: [quantity: string, price: string, amount: string];
};

function Row({ kit: { Text, View }, description, numbers }: RowProps) {
  const columns = [widths.quantity, widths.price, widths.amount];
  return (
    <View
      wrap={false}
      style={{
        flexDirection: "row",
        paddingVertical: 4,
        borderBottomWidth: 1,
        borderBottomColor: rule,
      }}
    >
      {description}
      {columns.map((width, i) => (
        <Text key={i} style={{ width, textAlign: "right" }}>
          {numbers[i]}
        </Text>
      ))}
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
