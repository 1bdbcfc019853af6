import * as z from "zod";

const share = z
  .number()
  .nullable()
  .meta({ description: "percent; null without a limit" });

/** Where use will stand at the end of the billing period; null while too little is known. */
export const ProjectedAmount = z
  .object({
    expected: z.number(),
    low: z.number(),
    high: z.number(),
    percentage: share,
    method: z.enum(["weekday", "mean"]),
  })
  .nullable()
  .meta({
    id: "ProjectedAmount",
    description:
      "at the period's end, from the last 28 days, with the range that holds it four times in five; null while fewer than three whole days are known",
  });
export type ProjectedAmount = z.output<typeof ProjectedAmount>;

/** What a customer used of a meter in its billing period, and how much of it there may be. */
export const QuotaUse = z
  .object({
    meter: z.string(),
    title: z.string(),
    unit: z.string(),
    used: z.number().meta({
      description: "reported, taken by checks, and held by reservations",
    }),
    limit: z.number().nullable(),
    remaining: z.number().nullable(),
    percentage: share,
    overage: z
      .boolean()
      .meta({ description: "more than the limit may be used" }),
    resets_at: z.iso.datetime(),
    projection: ProjectedAmount,
  })
  .meta({ id: "QuotaUse" });
export type QuotaUse = z.output<typeof QuotaUse>;

/** The same of money: decimal text in USD. */
export const SpendCapUse = z
  .object({
    currency: z.literal("USD"),
    used: z.string(),
    limit: z.string().nullable(),
    remaining: z.string().nullable(),
    percentage: share,
    resets_at: z.iso.datetime(),
    projection: ProjectedAmount,
  })
  .meta({ id: "SpendCapUse" });
export type SpendCapUse = z.output<typeof SpendCapUse>;

/** The billing period, and where its use will end. */
export const UsageProjection = z
  .object({
    period: z.object({ start: z.iso.datetime(), end: z.iso.datetime() }),
    calls: ProjectedAmount,
    tokens: ProjectedAmount,
    cost: ProjectedAmount,
  })
  .meta({ id: "UsageProjection" });
export type UsageProjection = z.output<typeof UsageProjection>;
