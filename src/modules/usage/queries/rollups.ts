import { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { TrendQuery, UsageSummary, UsageTrends } from "../contract";
import { mostSeries, ofBusiest, restOfSeries } from "./busiest";
import { byDay, daily, everyonesParts, hourly, type Days } from "./sources";

// Figures are JavaScript numbers: a count above 2⁵³ would be rounded.

export type Figures = Pick<
  UsageSummary["daily"][number],
  | "calls"
  | "errors"
  | "refused"
  | "tokens"
  | "cost"
  | "unpriced"
  | "avg_response_time_ms"
  | "p95_response_time_ms"
>;

/**
 * What a customer used in these days, or with null everyone. All reads below are of rollups, never
 * of events.
 */
export async function sumUsage(
  ctx: Ctx,
  customerId: string | null,
  { from, to }: Days,
): Promise<Figures> {
  const source = customerId
    ? Prisma.sql`usage_daily u WHERE u.customer_id = ${toUuid(customerId)}::uuid AND`
    : Prisma.sql`usage_totals u WHERE`;
  const [row] = await ctx.db.$queryRaw<[Figures]>`
    SELECT ${figures} FROM ${source} u.day BETWEEN ${from}::date AND ${to}::date`;
  return row;
}

/** What a customer used on each of these days, zeros included. */
export async function listDailyUsage(
  ctx: Ctx,
  customerId: string,
  { from, to }: Days,
): Promise<UsageSummary["daily"]> {
  return ctx.db.$queryRaw<UsageSummary["daily"]>`
    SELECT to_char(d, 'YYYY-MM-DD') AS date, ${figures}
    FROM generate_series(${from}::timestamp, ${to}::timestamp, '1 day') d
    LEFT JOIN usage_daily u ON u.customer_id = ${toUuid(customerId)}::uuid AND u.day = d::date
    GROUP BY d ORDER BY d`;
}

/** What everyone used on each of these days, zeros included. */
export async function listDailyTotals(
  ctx: Ctx,
  { from, to }: Days,
): Promise<UsageSummary["daily"]> {
  return ctx.db.$queryRaw<UsageSummary["daily"]>`
    SELECT to_char(d, 'YYYY-MM-DD') AS date, ${figures}
    FROM generate_series(${from}::timestamp, ${to}::timestamp, '1 day') d
    LEFT JOIN usage_totals u ON u.day = d::date
    GROUP BY d ORDER BY d`;
}

type Dimension = "provider" | "model" | "endpoint" | "key";
type Breakdown = UsageSummary["by_key"][number];

/** A customer's usage by provider, model, endpoint and key: the 100 of each with most calls. */
export async function breakDownUsage(
  ctx: Ctx,
  customerId: string,
  days: Days,
): Promise<Record<Dimension, Breakdown[]>> {
  type Row = Breakdown & { dimension: Dimension };
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT dimension, name, calls, errors, refused, tokens, trim_scale(cost)::text AS cost, unpriced FROM (
      SELECT *, row_number() OVER (PARTITION BY dimension ORDER BY calls DESC, refused DESC, name) AS place
      FROM (
        SELECT
          CASE WHEN grouping(provider) = 0 THEN 'provider' WHEN grouping(model) = 0 THEN 'model'
               WHEN grouping(endpoint) = 0 THEN 'endpoint' ELSE 'key' END AS dimension,
          coalesce(provider, model, endpoint, key) AS name, ${sums}
        FROM (${byDay([toUuid(customerId)], days)}) u
        GROUP BY GROUPING SETS (provider, model, endpoint, key) HAVING ${isUsed}
      ) dimensions
    ) ranked WHERE place <= 100 ORDER BY place`;
  const of = (wanted: Dimension) =>
    rows
      .filter(({ dimension }) => dimension === wanted)
      .map(({ dimension, name, ...rest }) => ({
        name: publicName(dimension, name),
        ...rest,
      }));
  return {
    provider: of("provider"),
    model: of("model"),
    endpoint: of("endpoint"),
    key: of("key"),
  };
}

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
  // As JSON, which is read much faster than many arrays.
  const [{ buckets, series }] = await ctx.db.$queryRaw<[TrendRow]>`
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
    ),
    buckets AS (
      SELECT n, b AT TIME ZONE 'UTC' AS bucket, to_char(b, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS text
      FROM generate_series(
        date_trunc(${interval}, ${days.from}::timestamp), ${days.to}::timestamp + interval '23 hours',
        ('1 ' || ${interval}::text)::interval) WITH ORDINALITY b(b, n)
    ),
    filled AS (
      SELECT s.series, sum(p.calls) AS total, json_build_object(
        'name', s.series,
        'calls', json_agg(coalesce(p.calls, 0) ORDER BY b.n),
        'errors', json_agg(coalesce(p.errors, 0) ORDER BY b.n),
        'refused', json_agg(coalesce(p.refused, 0) ORDER BY b.n),
        'tokens', json_agg(coalesce(p.tokens, 0) ORDER BY b.n),
        'cost', json_agg(trim_scale(coalesce(p.cost, 0))::text ORDER BY b.n),
        'unpriced', coalesce(sum(p.unpriced), 0)) AS data
      FROM (SELECT DISTINCT series FROM names) s
      CROSS JOIN buckets b LEFT JOIN points p ON p.series = s.series AND p.bucket = b.bucket
      GROUP BY s.series
    )
    SELECT (SELECT json_agg(text ORDER BY n) FROM buckets) AS buckets,
      coalesce((SELECT json_agg(data ORDER BY series = ${restOfSeries}, total DESC NULLS LAST, series) FROM filled), '[]') AS series`;
  return {
    buckets,
    series: withPublicNames(series, group_by, buckets.length),
    ranking_is_exact: isExact,
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

type Series = UsageTrends["series"][number];
type TrendRow = { buckets: string[]; series: Series[] };

function withPublicNames(
  series: Series[],
  groupBy: TrendQuery["group_by"],
  buckets: number,
): Series[] {
  if (groupBy === "none" && series.length === 0) return [unused(buckets)];
  return series.map((one) => ({
    ...one,
    name: publicName(groupBy, one.name),
  }));
}

function unused(buckets: number): Series {
  const zeros = Array<number>(buckets).fill(0);
  const counts = { calls: zeros, errors: zeros, refused: zeros, tokens: zeros };
  return { name: "", ...counts, cost: zeros.map(String), unpriced: 0 };
}

const noKey = "00000000-0000-0000-0000-000000000000";

function publicName(dimension: string, name: string): string {
  if (dimension === "customer" && name !== restOfSeries)
    return fromUuid("cus", name);
  if (dimension !== "key" || name === restOfSeries) return name;
  return name === noKey ? "" : fromUuid("key", name);
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

const sums = Prisma.sql`
  coalesce(sum(u.calls), 0)::float8 AS calls, coalesce(sum(u.errors), 0)::float8 AS errors,
  coalesce(sum(u.refused), 0)::float8 AS refused, coalesce(sum(u.tokens), 0)::float8 AS tokens,
  coalesce(sum(u.cost), 0) AS cost, coalesce(sum(u.unpriced), 0)::float8 AS unpriced`;

// What was taken away again stands in rows that cancel each other out, until they are merged.
const isUsed = Prisma.sql`sum(u.calls + u.refused) <> 0`;

const figures = Prisma.sql`
  coalesce(sum(u.calls), 0)::float8 AS calls, coalesce(sum(u.errors), 0)::float8 AS errors,
  coalesce(sum(u.refused), 0)::float8 AS refused, coalesce(sum(u.tokens), 0)::float8 AS tokens,
  trim_scale(coalesce(sum(u.cost), 0))::text AS cost,
  coalesce(sum(u.unpriced), 0)::float8 AS unpriced,
  round(sum(u.duration_ms_total) / nullif(sum(u.duration_count), 0), 1)::float8 AS avg_response_time_ms,
  round(sketch_quantile(sketch_sum(u.duration_sketch), 0.95)::numeric, 1)::float8 AS p95_response_time_ms`;
