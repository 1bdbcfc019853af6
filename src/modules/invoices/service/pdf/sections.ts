import type { InvoiceLine } from "../../contract";

// Points: what three pages have below the heads of their tables, what seller and buyer take of the
// first, and what a line needs.
const pages = 2_100;
const parties = 350;
const line = { padding: 9, row: 13, below: 11 };
const lettersInRow = /.{1,46}/gsu;

/**
 * The lines of an invoice in sections that begin on a page of their own. The renderer lays out all
 * that follows a page again for each page: a thousand lines in one piece took it a quarter of a
 * minute. A section fills three pages as nearly as can be told without drawing it; an invoice that
 * is not so long is one.
 */
export function inSections(lines: InvoiceLine[]): InvoiceLine[][] {
  const sections: InvoiceLine[][] = [];
  let current: InvoiceLine[] = [];
  let room = pages - parties;
  for (const one of lines) {
    const height = heightOf(one);
    if (height > room && current.length > 0) {
      sections.push(current);
      current = [];
      room = pages;
    }
    current.push(one);
    room -= height;
  }
  return [...sections, current];
}

function heightOf({ description, period_start, discount }: InvoiceLine) {
  const rows = description.split("\n").map(rowsOf);
  const hasMore = period_start !== null || discount.amount !== 0;
  return (
    line.padding +
    line.row * rows.reduce((sum, count) => sum + count, 0) +
    (hasMore ? line.below : 0)
  );
}

// Letters of East Asia are twice as wide.
function rowsOf(text: string): number {
  const wide = text.replace(/[\u1100-\uffdc]/gu, "xx");
  return wide.match(lettersInRow)?.length ?? 1;
}
