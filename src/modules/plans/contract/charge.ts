import * as z from "zod";
import { scaled, times, toMinor } from "@/shared/decimal";
import { DecimalText } from "@/shared/fields";

const isDecimal = (text: string) => DecimalText.safeParse(text).success;

const Tier = z.strictObject({
  /** the last unit of the tier; null in the last one: all that is above */
  up_to: DecimalText.nullable(),
  unit_price: DecimalText,
  flat_price: DecimalText.optional(),
});

const Tiers = z
  .array(Tier)
  .min(1)
  .max(50)
  .refine(
    (tiers) =>
      tiers.every(({ up_to }, i) => {
        if (up_to === null) return i === tiers.length - 1;
        const before = tiers[i - 1]?.up_to ?? "0";
        // What is no decimal is refused where it stands.
        if (!isDecimal(up_to) || !isDecimal(before)) return true;
        return i < tiers.length - 1 && scaled(up_to) > scaled(before);
      }),
    { error: "must rise, and end with a tier that has no end" },
  );

/** How use beyond what a plan includes is charged; amounts in major units of the currency. */
export const Charge = z.discriminatedUnion("model", [
  z.strictObject({ model: z.literal("flat"), price: DecimalText }),
  z.strictObject({ model: z.literal("per_unit"), unit_price: DecimalText }),
  z.strictObject({ model: z.literal("graduated"), tiers: Tiers }),
  z.strictObject({ model: z.literal("volume"), tiers: Tiers }),
  z.strictObject({
    model: z.literal("package"),
    package_price: DecimalText,
    package_size: DecimalText.refine((size) => Number(size) > 0, {
      error: "must be above 0",
    }),
  }),
]);
export type Charge = z.output<typeof Charge>;

/**
 * What a quantity costs, in minor units: the exact sum, rounded once, half away from zero.
 * flat: once when anything was used. per_unit: each. graduated: each unit by the tier it lies in.
 * volume: all units by the tier that the quantity reaches. package: each begun package. A tier's
 * flat price is added once when the tier is reached. Nothing used costs nothing.
 */
export function chargeFor(
  charge: Charge,
  quantity: string,
  minorDigits: number,
): bigint {
  const used = scaled(quantity);
  return used <= 0n ? 0n : toMinor(exact(charge, used), minorDigits);
}

function exact(charge: Charge, used: bigint): bigint {
  switch (charge.model) {
    case "flat":
      return scaled(charge.price);
    case "per_unit":
      return times(used, scaled(charge.unit_price));
    case "graduated":
      return graduated(charge.tiers, used);
    case "volume": {
      const tier = charge.tiers.find(
        ({ up_to }) => up_to === null || used <= scaled(up_to),
      );
      return tier ? tierPrice(tier, used) : 0n;
    }
    case "package": {
      const size = scaled(charge.package_size);
      const packages = (used + size - 1n) / size;
      return packages * scaled(charge.package_price);
    }
    default:
      return charge satisfies never;
  }
}

function graduated(tiers: z.output<typeof Tier>[], used: bigint): bigint {
  let from = 0n;
  let sum = 0n;
  for (const tier of tiers) {
    const to = tier.up_to === null ? used : scaled(tier.up_to);
    const within = (used < to ? used : to) - from;
    if (within <= 0n) break;
    sum += tierPrice(tier, within);
    from = to;
  }
  return sum;
}

function tierPrice(tier: z.output<typeof Tier>, units: bigint): bigint {
  return times(units, scaled(tier.unit_price)) + scaled(tier.flat_price ?? "0");
}
