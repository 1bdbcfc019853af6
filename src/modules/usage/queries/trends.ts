import { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import { addSeconds, startOfUtcDay, startOfUtcMonth } from "@/shared/time";
import type { TrendQuery, UsageTrends } from "../contract";
import { mostSeries, ofBusiest } from "./busiest";
import { publicName, restOfSeries } from "./names";
import {
  byDay,
  daily,
  everyonesParts,
  hourly,
  isUsed,
  sums,
  type Days,
} from "./sources";

type Series = UsageTrends["series"][number];
/** The buckets in which a series has something, by their starts in ms since 1970, and what. */
type Used = Series & { at: number[] };

/**
 * A customer's usage over time, or everyone's, with gaps filled. Without a group the one series has
 * no name.
 */
export async function listTrends(
  ctx: Ctx,
  customerId: string | null,
  days: Days,
  { interval, group_by }: Pick<TrendQuery, "interval" | "group_by">,
): Promise<Pick<UsageTrends, "buckets" | "series" | "ranking_is_exact">> {
  const { used, isExact } = await usedBy(ctx, customerId, days, {
    interval,
    group_by,
  });
  // As JSON, which is read much faster than thousands of rows.
  const rows = await ctx.db.$queryRaw<{ data: Used }[]>`
    WITH used AS (${used}),
    names AS (
      SELECT name, CASE WHEN row_number() OVER (
        ORDER BY name = ${restOfSeries}, sum(calls) DESC, sum(refused) DESC, name
      ) <= ${mostSeries} THEN name ELSE ${restOfSeries} END AS series
      FROM used GROUP BY name
    ),
    points AS (
      SELECT series, bucket, sum(calls) AS calls, sum(errors) AS errors, sum(refused) AS refused,
             sum(tokens) AS tokens, sum(cost) AS cost, sum(unpriced) AS unpriced
      FROM used JOIN names USING (name) GROUP BY series, bucket
    )
    SELECT json_build_object(
      'name', series, 'at', json_agg(extract(epoch FROM bucket)::float8 * 1000), 'calls', json_agg(calls),
      'errors', json_agg(errors), 'refused', json_agg(refused), 'tokens', json_agg(tokens),
      'cost', json_agg(trim_scale(coalesce(cost, 0))::text), 'unpriced', sum(unpriced)) AS data
    FROM points GROUP BY series
    ORDER BY series = ${restOfSeries}, sum(calls) DESC, series`;
  const starts = startsOf(interval, days);
  const series = rows.map(({ data }) => filled(data, starts, group_by));
  if (group_by === "none" && series.length === 0)
    series.push(unused("", starts.length));
  return {
    buckets: starts.map((at) => new Date(at).toISOString()),
    series,
    ranking_is_exact: isExact,
  };
}

/** When the hours, days or months begin that these days touch, in ms since 1970. */
function startsOf(interval: TrendQuery["interval"], days: Days): number[] {
  const from = new Date(days.from);
  const end = startOfUtcDay(new Date(days.to), 1).getTime();
  const starts: number[] = [];
  let next = interval === "month" ? startOfUtcMonth(from) : from;
  for (; next.getTime() < end; next = after(interval, next))
    starts.push(next.getTime());
  return starts;
}

function after(interval: TrendQuery["interval"], start: Date): Date {
  if (interval === "month") return startOfUtcMonth(start, 1);
  if (interval === "day") return startOfUtcDay(start, 1);
  return addSeconds(start, 60 * 60);
}

function filled(
  { at, name, unpriced, ...figures }: Used,
  starts: number[],
  groupBy: TrendQuery["group_by"],
): Series {
  const all = { ...unused(publicName(groupBy, name), starts.length), unpriced };
  const places = new Map(starts.map((start, place) => [start, place]));
  for (const [from, start] of at.entries()) {
    const to = places.get(start);
    if (to === undefined) throw new Error(`No bucket begins at ${start}`);
    all.calls[to] = figures.calls[from] ?? 0;
    all.errors[to] = figures.errors[from] ?? 0;
    all.refused[to] = figures.refused[from] ?? 0;
    all.tokens[to] = figures.tokens[from] ?? 0;
    all.cost[to] = figures.cost[from] ?? "0";
  }
  return all;
}

function unused(name: string, buckets: number): Series {
  const zeros = () => Array<number>(buckets).fill(0);
  return {
    name,
    ...{ calls: zeros(), errors: zeros(), refused: zeros(), tokens: zeros() },
    cost: Array<string>(buckets).fill("0"),
    unpriced: 0,
  };
}

/** The rows of trends before they are ranked, from the smallest rollup that tells them. */
async function usedBy(
  ctx: Ctx,
  customerId: string | null,
  days: Days,
  { interval, group_by }: Pick<TrendQuery, "interval" | "group_by">,
): Promise<{ used: Prisma.Sql; isExact: boolean }> {
  const isHourly = interval === "hour";
  const of = (source: Prisma.Sql) => ({
    used: Prisma.sql`
      SELECT date_trunc(${interval}, hour, 'UTC') AS bucket, ${columns[group_by]} AS name, ${sums}
      FROM (${source}) u GROUP BY 1, 2 HAVING ${isUsed}`,
    isExact: true,
  });
  if (!customerId)
    return group_by === "customer" || group_by === "key"
      ? ofBusiest(ctx, group_by, days, interval, sums)
      : of(everyonesParts(isHourly ? "hour" : "day", group_by, days));
  const isWhole = group_by === "none" || group_by === "customer";
  const own = [toUuid(customerId)];
  if (isHourly) return of(hourly(own, days));
  return of(isWhole ? daily(own, days) : byDay(own, days));
}

// Columns to group by, of the two sources below.
const columns = {
  none: Prisma.sql`''`,
  provider: Prisma.sql`provider`,
  model: Prisma.sql`model`,
  endpoint: Prisma.sql`endpoint`,
  key: Prisma.sql`key`,
  customer: Prisma.sql`customer_id::text`,
};
