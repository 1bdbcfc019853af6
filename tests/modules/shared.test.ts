import fc from "fast-check";
import { fromUuid, idOf, newId, randomText, toUuid } from "@/shared/ids";
import { formatMoney, minorDigits, money, parseMoney } from "@/shared/money";
import { startOfUtcMonth, startOfUtcWeek } from "@/shared/time";

describe("ids", () => {
  test("every UUID has one public id, and back, whatever its version", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const hex = Buffer.from(bytes).toString("hex");
        const uuid = hex.replace(
          /(.{8})(.{4})(.{4})(.{4})(.{12})/,
          "$1-$2-$3-$4-$5",
        );
        const id = fromUuid("cus", uuid);
        expect(idOf("cus").safeParse(id).success).toBe(true);
        expect(toUuid(id)).toBe(uuid);
      }),
    );
  });

  test("any text that the schema takes is a UUID; other prefixes are refused", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^cus_[0-7][0-9a-hjkmnp-tv-z]{25}$/),
        (id) => expect(toUuid(id)).toMatch(/^[0-9a-f-]{36}$/),
      ),
    );
    expect(idOf("cus").safeParse(newId("key")).success).toBe(false);
    expect(idOf("cus").safeParse("cus_8".padEnd(30, "0")).success).toBe(false);
  });

  test("random text has its length and no favorite characters", () => {
    const text = randomText(62_000);
    expect(text).toMatch(/^[0-9A-Za-z]{62000}$/);
    const counts = new Map<string, number>();
    for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // Six standard deviations round 1,000.
    for (const n of counts.values())
      expect(Math.abs(n - 1_000)).toBeLessThan(190);
  });
});

describe("money", () => {
  test("what is shown can be typed back, in currencies of 0, 2 and 3 decimals", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e15, max: 1e15 }),
        fc.constantFrom("JPY", "USD", "KES", "KWD", "EUR"),
        (amount, currency) => {
          const shown = formatMoney({ amount, currency });
          const typed = shown.replace(/[^\d.-]/g, "");
          expect(parseMoney(typed, currency)).toEqual({
            amount: amount === 0 ? 0 : amount,
            currency,
          });
        },
      ),
    );
  });

  test("decimals are those of the currency, and amounts never round", () => {
    expect(["JPY", "USD", "KWD"].map(minorDigits)).toEqual([0, 2, 3]);
    expect(parseMoney("79.5", "USD")).toEqual({
      amount: 7_950,
      currency: "USD",
    });
    expect(parseMoney("79.555", "USD")).toBeNull();
    expect(parseMoney("1.5", "JPY")).toBeNull();
    expect(parseMoney("1e3", "USD")).toBeNull();
    expect(() => money(2n ** 60n, "USD")).toThrow(RangeError);
  });
});

test("weeks begin on Monday and months on the first, in UTC", () => {
  const sunday = new Date("2026-03-01T23:59:59Z");
  expect(startOfUtcWeek(sunday).toISOString()).toBe("2026-02-23T00:00:00.000Z");
  expect(startOfUtcMonth(sunday, -2).toISOString()).toBe(
    "2026-01-01T00:00:00.000Z",
  );
});
