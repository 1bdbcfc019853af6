import type * as Kit from "@react-pdf/renderer";
import type { StoredInvoice } from "../../queries/row";
import { isRightToLeft } from "./fonts";

export type Given = { kit: typeof Kit; invoice: StoredInvoice };

export const ink = "#18181b";
export const faint = "#5f5f68";
export const rule = "#e4e4e7";
export const widths = { quantity: 60, price: 80, amount: 90 };

/** The height that the head of the table has, on each page but the first above the page's text. */
export const tableHead = 24;

export const day = (at: string | null) => at && at.slice(0, 10);

type WordsProps = {
  kit: typeof Kit;
  children: string;
  style?: { color?: string; fontWeight?: number; marginTop?: number };
};

/** What people typed, in the direction that it is read in; it stays at its column's left edge. */
export function Words({ kit: { Text }, children, style = {} }: WordsProps) {
  const direction = isRightToLeft(children) ? "rtl" : "ltr";
  return (
    <Text style={{ textAlign: "left", direction, ...style }}>{children}</Text>
  );
}
