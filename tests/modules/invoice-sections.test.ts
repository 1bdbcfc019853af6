import type { InvoiceLine } from "@/modules/invoices/contract";
import { inSections } from "@/modules/invoices/service/pdf/sections";
import { money } from "@/shared/money";

const nothing = money(0n, "USD");
const line = (position: number, description = "Calls"): InvoiceLine => ({
  ...{ position, kind: "one_off", description, quantity: "1", unit_price: "1" },
  ...{ amount: nothing, discount: nothing, tax: nothing, tax_rate_id: null },
  ...{ period_start: null, period_end: null, metadata: {} },
});

const lines = (count: number, description?: string) =>
  Array.from({ length: count }, (_, i) => line(i + 1, description));

test("an invoice of ordinary length is drawn in one piece, and an empty one too", () => {
  expect(inSections(lines(75))).toHaveLength(1);
  expect(inSections([])).toEqual([[]]);
});

test("a long one is parted, with each line once and in its order", () => {
  const all = lines(1_000);
  const sections = inSections(all);
  expect(sections.length).toBeGreaterThan(9);
  expect(sections.flat()).toEqual(all);
  expect(sections.every((some) => some.length > 0)).toBe(true);
});

test("lines of many rows fill a section sooner, and one that is longer than a section has its own", () => {
  const [first = []] = inSections(lines(1_000));
  const [ofLong = []] = inSections(lines(1_000, "x".repeat(200)));
  const [ofWide = []] = inSections(lines(1_000, "\u6f22".repeat(60)));
  expect(ofLong.length).toBeLessThan(first.length / 2);
  expect(ofWide.length).toBeLessThan(first.length);
  const huge = inSections([line(1), line(2, "a\n".repeat(400)), line(3)]);
  expect(huge.map((some) => some.length)).toEqual([1, 1, 1]);
});
