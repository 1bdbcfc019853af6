import * as z from "zod";
import { Limits, LimitsInput } from "@/modules/limits/contract";
import { FeatureValue } from "@/modules/limits/contract/features";
import {
  count,
  Currency,
  DecimalText,
  Money,
  Slug,
  text,
} from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { spendMeter } from "@/shared/windows";
import { Charge } from "./charge";

export const intervals = ["month", "year"] as const;
export const Interval = z.enum(intervals);
export type Interval = z.output<typeof Interval>;

const words = {
  prices: "the base fee, by currency and interval; 0 is free",
  trial_days: "before the first payment; 0 for none",
  limits: "null for the defaults; windows that are left out are unlimited",
  quota: "per billing period, in the meter's unit; null is unlimited",
  overage: "whether more may be used, at the meter's charge; else calls stop",
  charges: "what use of a meter costs beyond what the plan includes",
  spend_cap: "of usage in a billing period, in USD; null for none",
};

const quota = z.number().min(0).max(1_000_000_000_000_000).nullable();

export const PlanPrice = z.strictObject({
  interval: Interval,
  price: z.strictObject({
    amount: count(0, 1_000_000_000_000).meta({
      description: "in minor units: 2900 is $29.00",
    }),
    currency: Currency,
  }),
});
export type PlanPrice = z.output<typeof PlanPrice>;

const named = { feature: Slug, title: text(120) };
const booleanFeature = z.strictObject({
  ...named,
  kind: z.literal("boolean"),
  value: z.boolean(),
});
const staticFeature = z.strictObject({
  ...named,
  kind: z.literal("static"),
  value: FeatureValue,
});
const meteredFeature = z.strictObject({
  ...named,
  kind: z.literal("metered"),
  meter: Slug.refine((meter) => meter !== spendMeter, {
    error: "is not granted as a feature: give spend_cap",
  }),
  quota: quota.meta({ description: words.quota }),
  overage: z.boolean().default(false).meta({ description: words.overage }),
});

const PlanFeatureInput = z
  .discriminatedUnion("kind", [booleanFeature, staticFeature, meteredFeature])
  .superRefine((feature, context) => {
    if (feature.kind === "metered" && feature.overage && feature.quota === null)
      context.addIssue({
        code: "custom",
        path: ["overage"],
        message: "must be off: there is nothing beyond an unlimited quota",
      });
  });

const PlanChargeInput = z.strictObject({
  meter: Slug,
  currency: Currency,
  charge: Charge,
});

const SpendCap = z
  .strictObject({
    amount: DecimalText,
    currency: z.literal("USD", {
      error: "must be USD, in which usage is priced",
    }),
  })
  .nullable();

/** The terms of a version, as a draft gets them: all of them, each time. */
export const PlanTermsInput = z
  .strictObject({
    trial_days: count(0, 730)
      .default(0)
      .meta({ description: words.trial_days }),
    prices: z
      .array(PlanPrice)
      .max(100)
      .superRefine(
        once(
          ({ price, interval }) => `${price.currency} ${interval}`,
          ["price", "currency"],
        ),
      )
      .meta({ description: words.prices }),
    limits: LimitsInput.nullable()
      .default(null)
      .meta({ description: words.limits }),
    features: z
      .array(PlanFeatureInput)
      .max(100)
      .superRefine(once(({ feature }) => feature, ["feature"]))
      .superRefine(
        once(
          (feature) => (feature.kind === "metered" ? feature.meter : null),
          ["meter"],
        ),
      )
      .default([]),
    charges: z
      .array(PlanChargeInput)
      .max(200)
      .superRefine(
        once(({ meter, currency }) => `${meter} ${currency}`, ["meter"]),
      )
      .default([])
      .meta({ description: words.charges }),
    spend_cap: SpendCap.default(null).meta({ description: words.spend_cap }),
  })
  .meta({ id: "PlanTermsInput" });
/** Terms that work, for the documents. */
export const termsExample = {
  trial_days: 14,
  prices: [
    { interval: "month", price: { amount: 2900, currency: "USD" } },
    { interval: "year", price: { amount: 29000, currency: "USD" } },
  ],
  limits: { per_minute: 60 },
  features: [
    {
      ...{ feature: "calls", title: "API calls", kind: "metered" },
      ...{ meter: "calls", quota: 1000, overage: true },
    },
    {
      ...{ feature: "support", title: "Support" },
      ...{ kind: "static", value: "by mail" },
    },
  ],
  charges: [
    {
      ...{ meter: "calls", currency: "USD" },
      charge: { model: "per_unit", unit_price: "0.02" },
    },
  ],
  spend_cap: { amount: "50", currency: "USD" },
};

/** Terms as verbs take them; what may be left out is as in the contract. */
export type PlanTermsInput = z.input<typeof PlanTermsInput>;

const metered = {
  meter: z.string(),
  meter_id: idOf("mtr"),
  unit: z.string().meta({ description: "one of what the meter counts" }),
};

/** What a plan grants, as it is sold. */
export const PlanFeature = z.discriminatedUnion("kind", [
  booleanFeature,
  staticFeature,
  z.object({
    ...named,
    kind: z.literal("metered"),
    ...metered,
    quota: quota.meta({ description: words.quota }),
    overage: z.boolean().meta({ description: words.overage }),
  }),
]);
export type PlanFeature = z.output<typeof PlanFeature>;

export const PlanCharge = z.object({
  ...metered,
  meter_title: z.string(),
  currency: z.string(),
  charge: Charge,
});
export type PlanCharge = z.output<typeof PlanCharge>;

/** The fields that terms have wherever they are shown. */
export const termsFields = {
  trial_days: z.number().int().meta({ description: words.trial_days }),
  prices: z
    .array(z.object({ interval: Interval, price: Money }))
    .meta({ description: words.prices }),
  limits: Limits.nullable().meta({ description: "null for the defaults" }),
  features: z.array(PlanFeature),
  charges: z.array(PlanCharge).meta({ description: words.charges }),
  spend_cap: SpendCap.meta({ description: words.spend_cap }),
};

export type PlanTerms = z.output<z.ZodObject<typeof termsFields>>;

/** Refuses the second of two items with the same name, at the field that says it. */
function once<T>(nameOf: (item: T) => string | null, path: string[]) {
  return (items: T[], context: z.RefinementCtx<T[]>) => {
    const seen = new Set<string>();
    for (const [at, item] of items.entries()) {
      const name = nameOf(item);
      if (name !== null && seen.has(name))
        context.addIssue({
          code: "custom",
          path: [at, ...path],
          message: `is given twice: ${name}`,
        });
      if (name !== null) seen.add(name);
    }
  };
}
