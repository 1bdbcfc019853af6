import { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import type { UsageSummary } from "../contract";
import { publicName } from "./names";
import { byDay, isUsed, sums, type Days } from "./sources";

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

const figures = Prisma.sql`
  coalesce(sum(u.calls), 0)::float8 AS calls, coalesce(sum(u.errors), 0)::float8 AS errors,
  coalesce(sum(u.refused), 0)::float8 AS refused, coalesce(sum(u.tokens), 0)::float8 AS tokens,
  trim_scale(coalesce(sum(u.cost), 0))::text AS cost,
  coalesce(sum(u.unpriced), 0)::float8 AS unpriced,
  round(sum(u.duration_ms_total) / nullif(sum(u.duration_count), 0), 1)::float8 AS avg_response_time_ms,
  round(sketch_quantile(sketch_sum(u.duration_sketch), 0.95)::numeric, 1)::float8 AS p95_response_time_ms`;
