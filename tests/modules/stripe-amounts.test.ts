import fc from "fast-check";
import {
  fromStripe,
  toStripe,
} from "@/modules/payments/providers/stripe-amounts";
import { minorDigits } from "@/shared/money";

describe("Stripe's count of an amount", () => {
  test.each([
    // ours, the currency, Stripe's
    [7_900n, "USD", 7_900],
    [79n, "JPY", 79],
    [500n, "KRW", 500],
    // Of no decimals by ISO 4217, and counted in hundredths there all the same.
    [5n, "ISK", 500],
    [5n, "UGX", 500],
    // Of three decimals.
    [12_340n, "KWD", 12_340],
    [990n, "BHD", 990],
  ] as const)("of %s %s is %s, there and back", (minor, currency, there) => {
    expect(toStripe(minor, currency)).toBe(there);
    const back = fromStripe(there, currency.toLowerCase());
    expect(back).toEqual({ minor, currency });
  });

  test("of thousandths ends in 0, else it is refused with words", () => {
    expect(() => toStripe(12_345n, "KWD")).toThrow("steps of 0.010");
  });

  test("that is no whole number here is not rounded", () => {
    expect(() => fromStripe(550, "isk")).toThrow("no whole number");
  });

  test("comes back as it went, in every currency that we know", () => {
    const currencies = Intl.supportedValuesOf("currency");
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.bigInt(1n, 99_999n),
        (currency, units) => {
          const step = minorDigits(currency) === 3 ? 10n : 1n;
          const there = taken(units * step, currency);
          if (there === null) return;
          const back = fromStripe(there, currency.toLowerCase());
          expect(back).toEqual({ minor: units * step, currency });
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** Null for what Stripe cannot take: a part of a currency that has none there. */
function taken(minor: bigint, currency: string): number | null {
  try {
    return toStripe(minor, currency);
  } catch {
    return null;
  }
}
