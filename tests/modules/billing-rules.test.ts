import fc from "fast-check";
import { totalsOf, type TotalsLine } from "@/modules/invoices/contract/totals";
import { Charge } from "@/modules/plans/contract/charge";
import { chargeFor } from "@/modules/plans/contract/charge-price";
import {
  periodAt,
  periodNumber,
  type Interval,
} from "@/modules/subscriptions/period";
import { prorate, splitAt } from "@/modules/subscriptions/proration";
import { SubscriptionStatus } from "@/modules/subscriptions/contract";
import {
  grantsAccess,
  hasEnded,
  nextStatus,
  subscriptionEvents,
} from "@/modules/subscriptions/status";
import {
  apportion,
  decimalText,
  fromMinor,
  scaled,
  toMinor,
} from "@/shared/decimal";

const zones = [
  "UTC",
  "Africa/Nairobi",
  "America/New_York",
  "America/St_Johns",
  "Pacific/Apia",
  "Australia/Lord_Howe",
  "Europe/Berlin",
];
const anchors = [
  "2024-01-29",
  "2024-01-30",
  "2024-01-31",
  "2024-02-29",
  "2023-12-31",
  "2025-03-30",
];

describe.each(zones)("periods in %s", (timeZone) => {
  test.each(["month", "year"] as Interval[])(
    "of a %s tile for 20 years from every awkward anchor, with no gap and no overlap",
    (interval) => {
      for (const day of anchors)
        for (const time of ["00:00:00", "02:30:00", "23:59:59.999"]) {
          const anchor = {
            at: new Date(`${day}T${time}Z`),
            timeZone,
            interval,
          };
          const periods = interval === "month" ? 240 : 20;
          for (let n = 0; n < periods; n += 1) {
            const { start, end } = periodAt(anchor, n);
            expect(end.getTime()).toBeGreaterThan(start.getTime());
            expect(periodAt(anchor, n + 1).start).toEqual(end);
            if (n % 11 !== 0) continue;
            expect(periodNumber(anchor, start)).toBe(n);
            expect(periodNumber(anchor, new Date(end.getTime() - 1))).toBe(n);
          }
        }
    },
  );
});

test("an anchor on January 31 gives the ends of short months and comes back to the 31st", () => {
  const anchor = {
    at: new Date("2027-01-31T09:00:00Z"),
    timeZone: "UTC",
    interval: "month" as const,
  };
  const ends = [0, 1, 2, 3].map((n) =>
    periodAt(anchor, n).end.toISOString().slice(0, 10),
  );
  expect(ends).toEqual([
    "2027-02-28",
    "2027-03-31",
    "2027-04-30",
    "2027-05-31",
  ]);
});

test("the two parts of a period's price sum to the whole, wherever it is cut", () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10n ** 12n),
      fc.integer({ min: 1, max: 400 * 86_400_000 }),
      fc.double({ min: -0.2, max: 1.2, noNaN: true }),
      (minor, length, share) => {
        const start = new Date(0);
        const end = new Date(length);
        const at = new Date(Math.round(length * share));
        const { used, unused } = splitAt(minor, { start, end }, at);
        expect(used + unused).toBe(minor);
        expect(used >= 0n && unused >= 0n).toBe(true);
      },
    ),
  );
});

test("changing to the same price in the middle of a period costs nothing", () => {
  const period = { start: new Date(0), end: new Date(1_000_003) };
  const { credit, charge } = prorate(7_900n, 7_900n, period, new Date(333_333));
  expect(credit + charge).toBe(0n);
});

test("shares sum to the amount and differ from the exact by less than one", () => {
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 12n), 10n ** 12n),
      fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 20 }),
      (amount, weights) => {
        const parts = apportion(amount, weights);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
        const total = weights.reduce((sum, weight) => sum + weight, 0n);
        if (total === 0n) return;
        for (const [i, part] of parts.entries()) {
          const distance = part * total - amount * (weights[i] ?? 0n);
          expect(distance < total && -distance < total).toBe(true);
        }
      },
    ),
  );
});

const rate = fc.record({
  id: fc.constantFrom("a", "b", "c"),
  percent: fc.constantFrom("0", "5", "7.7", "16", "20", "25", "33.333333"),
  isReverseCharge: fc.boolean(),
});
const line = fc.record({
  amount: fc.bigInt(-(10n ** 9n), 10n ** 10n),
  isDiscountable: fc.boolean(),
  rate: fc.option(rate),
});

test("the sums of any invoice add up from its lines, tax inside or on top", () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 30 }),
      fc.boolean(),
      fc.option(
        fc.oneof(
          fc.record({ percent: fc.constantFrom("10", "50", "100", "12.5") }),
          fc.record({ amount: fc.bigInt(0n, 10n ** 10n) }),
        ),
      ),
      (drawn, isInclusive, discount) => {
        const known = new Map<string, NonNullable<TotalsLine["rate"]>>();
        const lines: TotalsLine[] = drawn.map((each) => {
          if (!each.rate) return { ...each, rate: null };
          const first = known.get(each.rate.id) ?? {
            ...each.rate,
            isInclusive,
          };
          known.set(first.id, first);
          return { ...each, rate: first };
        });
        const totals = totalsOf(lines, discount);
        const sum = (pick: (i: number) => bigint) =>
          lines.reduce((all, _, i) => all + pick(i), 0n);
        const discounts = sum((i) => totals.lines[i]?.discount ?? 0n);
        const taxes = sum((i) => totals.lines[i]?.tax ?? 0n);
        const gross = sum((i) => lines[i]?.amount ?? 0n) - discounts;
        expect(totals.discount).toBe(discounts);
        expect(totals.tax).toBe(taxes);
        expect(totals.total).toBe(isInclusive ? gross : gross + taxes);
        expect(totals.subtotal + totals.tax).toBe(totals.total);
        for (const [i, each] of totals.lines.entries())
          expect(
            (each.discount >= 0n &&
              each.discount <= (lines[i]?.amount ?? 0n)) ||
              each.discount === 0n,
          ).toBe(true);
      },
    ),
  );
});

test("VAT of 19 % on top of 79.00 and inside of 94.01", () => {
  const vat = { id: "de", percent: "19", isReverseCharge: false };
  const make = (amount: bigint, isInclusive: boolean) =>
    totalsOf(
      [{ amount, isDiscountable: true, rate: { ...vat, isInclusive } }],
      null,
    );
  expect(make(7_900n, false)).toMatchObject({
    subtotal: 7_900n,
    tax: 1_501n,
    total: 9_401n,
  });
  expect(make(9_401n, true)).toMatchObject({
    subtotal: 7_900n,
    tax: 1_501n,
    total: 9_401n,
  });
});

test("charges come to what they say, rounded once", () => {
  const tiers = [
    { up_to: "100", unit_price: "0.10" },
    { up_to: "1000", unit_price: "0.05", flat_price: "1" },
    { up_to: null, unit_price: "0.001" },
  ];
  const of = (charge: Charge, quantity: string, digits = 2) =>
    Number(chargeFor(Charge.parse(charge), quantity, digits));
  expect(of({ model: "flat", price: "5" }, "3")).toBe(500);
  expect(of({ model: "flat", price: "5" }, "0")).toBe(0);
  expect(of({ model: "per_unit", unit_price: "0.00125" }, "1004")).toBe(126);
  expect(of({ model: "per_unit", unit_price: "0.5" }, "3", 0)).toBe(2);
  expect(of({ model: "per_unit", unit_price: "0.0005" }, "3", 3)).toBe(2);
  expect(of({ model: "graduated", tiers }, "100")).toBe(1_000);
  expect(of({ model: "graduated", tiers }, "101")).toBe(1_105);
  expect(of({ model: "graduated", tiers }, "2000")).toBe(1_000 + 4_600 + 100);
  expect(of({ model: "volume", tiers }, "101")).toBe(605);
  expect(of({ model: "volume", tiers }, "2000")).toBe(200);
  expect(
    of(
      { model: "package", package_price: "3", package_size: "1000" },
      "1000.5",
    ),
  ).toBe(600);
});

test("tiers that do not rise, or that end, are refused", () => {
  const refused = (tiers: unknown) =>
    expect(Charge.safeParse({ model: "volume", tiers }).success).toBe(false);
  refused([{ up_to: "10", unit_price: "1" }]);
  refused([
    { up_to: null, unit_price: "1" },
    { up_to: "5", unit_price: "1" },
  ]);
  refused([
    { up_to: "10", unit_price: "1" },
    { up_to: "10", unit_price: "1" },
    { up_to: null, unit_price: "1" },
  ]);
  refused([]);
});

test("decimals are read and written exactly", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 26n), 10n ** 26n), (n) => {
      expect(scaled(decimalText(n))).toBe(n);
    }),
  );
  expect(() => scaled("1e5")).toThrow(RangeError);
  expect(() => scaled("0.0000000000001")).toThrow(RangeError);
});

test("what has ended stays so, and every other state can be left by canceling or paying", () => {
  for (const status of SubscriptionStatus.options)
    for (const event of subscriptionEvents) {
      const next = nextStatus(status, event);
      if (hasEnded(status)) expect([null, status]).toContain(next);
      if (event === "canceled" && !hasEnded(status))
        expect(next).toBe("canceled");
      if (event === "payment_succeeded") expect(next).not.toBeNull();
    }
});

test("access ends with the grace days of what is past due, and at once with what is unpaid", () => {
  const [before, end, after] = [1, 2, 3].map((day) => new Date(2026, 0, day));
  if (!before || !end || !after) throw new Error("Three days were made");
  expect(grantsAccess("past_due", end, before)).toBe(true);
  expect(grantsAccess("past_due", end, end)).toBe(false);
  expect(grantsAccess("past_due", end, after)).toBe(false);
  expect(grantsAccess("past_due", null, before)).toBe(false);
  const granting = SubscriptionStatus.options.filter((status) =>
    grantsAccess(status, null, before),
  );
  expect(granting).toEqual(["trialing", "active"]);
});

test("minor units come back from major ones, of 0, 2 and 3 decimals", () => {
  for (const digits of [0, 2, 3])
    for (const minor of [0n, 1n, -7_901n, 123_456_789n])
      expect(toMinor(fromMinor(minor, digits), digits)).toBe(minor);
});
