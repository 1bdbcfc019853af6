import * as z from "zod";
import { Day } from "@/shared/fields";

const whole = z.number().int();

const mostDays = 400;
/** Whether the days of a query are in order, and not too many. */
export const ordered = (query: {
  from?: string | undefined;
  to?: string | undefined;
}) => {
  if (query.from === undefined || query.to === undefined) return true;
  const days = (Date.parse(query.to) - Date.parse(query.from)) / 86_400_000;
  return days >= 0 && days <= mostDays;
};
export const order = {
  path: ["to"],
  error: `must not be before from, nor more than ${mostDays} days after it`,
};
export const period = {
  from: Day.optional().meta({ description: "first UTC day; 29 days ago" }),
  to: Day.optional().meta({ description: "last UTC day; today" }),
};

export const UsageQuery = z.strictObject(period).refine(ordered, order);
export type UsageQuery = z.output<typeof UsageQuery>;

const trendIntervals = ["hour", "day", "month"] as const;
const trendGroups = [
  "none",
  "provider",
  "model",
  "endpoint",
  "key",
  "customer",
] as const;

export const TrendQuery = z
  .strictObject({
    ...period,
    interval: z.enum(trendIntervals).default("day"),
    group_by: z.enum(trendGroups).default("none"),
    compare: z.literal("previous").optional().meta({
      description: "also the sums of the as many days before",
    }),
  })
  .refine(ordered, order)
  .refine(
    ({ interval, from, to }) =>
      interval !== "hour" ||
      !from ||
      !to ||
      Date.parse(to) - Date.parse(from) <= 31 * 86_400_000,
    { path: ["interval"], error: "by the hour, ask for at most 31 days" },
  );
export type TrendQuery = z.output<typeof TrendQuery>;

const TrendTotals = z.object({
  calls: whole,
  errors: whole,
  refused: whole,
  tokens: whole,
  cost: z.string(),
  unpriced: whole,
  p95_response_time_ms: z.number().nullable(),
});

/** Usage over time with gaps filled; one series per group, at most ten and the rest as one. */
export const UsageTrends = z
  .object({
    interval: z.enum(trendIntervals),
    group_by: z.enum(trendGroups),
    buckets: z.array(z.iso.datetime()),
    series: z.array(
      z.object({
        name: z.string(),
        id: z.string().nullish().meta({ description: "of a customer or key" }),
        calls: z.array(whole),
        errors: z.array(whole),
        refused: z.array(whole),
        tokens: z.array(whole),
        cost: z.array(z.string()),
        unpriced: whole,
      }),
    ),
    ranking_is_exact: z.boolean().meta({
      description:
        "false when, of very many that are about as busy, others may have more calls than the ten named",
    }),
    totals: TrendTotals,
    previous: TrendTotals.extend({ from: Day, to: Day })
      .nullable()
      .meta({ description: "of the days before, with compare=previous" }),
  })
  .meta({ id: "UsageTrends" });
export type UsageTrends = z.output<typeof UsageTrends>;
