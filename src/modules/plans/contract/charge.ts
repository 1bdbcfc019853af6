import * as z from "zod";
import { scaled } from "@/shared/decimal";
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
