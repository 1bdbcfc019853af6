import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Mended } from "../contract/upkeep";

/** UTC days, both included. */
type Days = { from: string; to: string };

/** The first instant of which raw events are kept; null without any. */
export async function findKeptFrom(ctx: Ctx): Promise<Date | null> {
  const [row] = await ctx.db.$queryRaw<
    [{ at: Date | null }]
  >`SELECT usage_kept_from() AS at`;
  return row.at;
}

/** Does a work for all customers, a batch after the other. */
export async function forAllCustomers(
  ctx: Ctx,
  together: number,
  work: (ids: string[]) => Promise<void>,
): Promise<void> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows: { id: string }[] = await ctx.db.$queryRaw`
      SELECT id FROM customers WHERE id > ${after}::uuid ORDER BY id LIMIT ${together}`;
    const last = rows.at(-1);
    if (!last) return;
    await work(rows.map(({ id }) => fromUuid("cus", id)));
    after = last.id;
  }
}

type RollupRow = {
  customer_id: string;
  rows: bigint;
  calls: bigint;
  cost: string;
};

/** Make the rollups of customers what their events say; the answer names what was mended. */
export async function recountRollups(
  ctx: Ctx,
  customerIds: string[],
  { from, to }: Days,
): Promise<Mended[]> {
  const ids = customerIds.map(toUuid);
  // A statement each: none holds the rows of one rollup while it waits for those of another.
  const hourly = await ctx.db.$queryRaw<RollupRow[]>`
    SELECT customer_id, rows, calls, trim_scale(cost)::text AS cost
    FROM usage_recount_hourly(${ids}::uuid[], ${from}::date, ${to}::date)`;
  const daily = await ctx.db.$queryRaw<RollupRow[]>`
    SELECT customer_id, rows, calls, trim_scale(cost)::text AS cost
    FROM usage_recount_daily(${ids}::uuid[], ${from}::date, ${to}::date)`;
  const parts = await ctx.db.$queryRaw<RollupRow[]>`
    SELECT customer_id, rows, calls, trim_scale(cost)::text AS cost
    FROM usage_recount_daily_parts(${ids}::uuid[], ${from}::date, ${to}::date)`;
  const mended = (rollup: Mended["rollup"]) => (row: RollupRow) => ({
    rollup,
    customer_id: fromUuid("cus", row.customer_id),
    meter: null,
    rows: Number(row.rows),
    calls: Number(row.calls),
    cost: row.cost,
  });
  return [
    ...hourly.map(mended("hourly")),
    ...daily.map(mended("daily")),
    ...parts.map(mended("daily_parts")),
  ];
}

/** The same of what meters count, in the billing periods that hold these days. */
export async function recountMeters(
  ctx: Ctx,
  customerIds: string[],
  { from, to }: Days,
): Promise<Mended[]> {
  const rows = await ctx.db.$queryRaw<{ customer_id: string; meter: string }[]>`
    SELECT customer_id, meter FROM usage_recount_meters(
      ${customerIds.map(toUuid)}::uuid[], ${from}::date, ${to}::date)`;
  return rows.map(({ customer_id, meter }) => ({
    rollup: "meter" as const,
    customer_id: fromUuid("cus", customer_id),
    meter,
    rows: 1,
    calls: 0,
    cost: "0",
  }));
}

/** The same of everyone's totals of a day, and of their breakdown by provider, model and endpoint. */
export async function recountTotals(ctx: Ctx, day: string): Promise<Mended[]> {
  type Row = { rollup: "totals" | "breakdown" } & Omit<
    RollupRow,
    "customer_id"
  >;
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT 'totals' AS rollup, 1::bigint AS rows, calls, trim_scale(cost)::text AS cost
    FROM usage_recount_totals(${day}::date)
    UNION ALL
    SELECT 'breakdown', rows, calls, trim_scale(cost)::text FROM usage_recount_breakdown(${day}::date)`;
  return rows.map(({ rollup, rows: changed, calls, cost }) => ({
    rollup,
    customer_id: null,
    meter: null,
    rows: Number(changed),
    calls: Number(calls),
    cost,
  }));
}

/** One row for all writers' in the breakdown of the time before a moment; answers how many went. */
export async function compactBreakdown(ctx: Ctx, until: Date): Promise<number> {
  const [row] = await ctx.db.$queryRaw<[{ gone: bigint }]>`
    SELECT usage_breakdown_compact(${until}::timestamptz) AS gone`;
  return Number(row.gone);
}

/**
 * Sum up the hours of customers of the days before a UTC day, at most so many days of each; answers
 * how many customers have more.
 */
export async function sumUpDays(
  ctx: Ctx,
  customerIds: string[],
  before: string,
  mostDays: number,
): Promise<number> {
  const [row] = await ctx.db.$queryRaw<[{ unfinished: number }]>`
    SELECT usage_sum_up(${customerIds.map(toUuid)}::uuid[], ${before}::date, ${mostDays}::int) AS unfinished`;
  return row.unfinished;
}

/** Drop whole months of events from before a time, but none that may still be needed. */
export async function dropMonths(tx: TxCtx, before: Date): Promise<string[]> {
  const [row] = await tx.db.$queryRaw<[{ dropped: string[] }]>`
    SELECT usage_drop_months(least(${before}::timestamptz, usage_needed_from(${tx.now()}::timestamptz))) AS dropped`;
  return row.dropped;
}

/** The months that `dropMonths` would drop, with their events by the sums of days, and their size. */
export async function listDroppable(
  ctx: Ctx,
  before: Date,
): Promise<{ month: string; events: number; bytes: number }[]> {
  return ctx.db.$queryRaw<{ month: string; events: number; bytes: number }[]>`
    SELECT to_char(m.starts AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
      (SELECT coalesce(sum(calls + refused), 0)::float8 FROM usage_totals t
       WHERE t.day >= (m.starts AT TIME ZONE 'UTC')::date
         AND t.day < ((m.starts AT TIME ZONE 'UTC') + interval '1 month')::date) AS events,
      pg_total_relation_size(m.partition_name::regclass)::float8 AS bytes
    FROM usage_months() m
    WHERE m.starts < month_start(least(${before}::timestamptz, usage_needed_from(${ctx.now()}::timestamptz)))
    ORDER BY m.starts`;
}

/** What to price anew. */
export type RerateFilter = {
  from: Date;
  to: Date;
  provider: string | null;
  model: string | null;
  customerId: string | null;
};

/** Events that may be priced anew, counted to `most`. */
export async function countPriced(
  ctx: Ctx,
  { from, to, provider, model, customerId }: RerateFilter,
  most: number,
): Promise<number> {
  const [row] = await ctx.db.$queryRaw<[{ n: number }]>`
    SELECT count(*)::int AS n FROM (
      SELECT FROM usage_events
      WHERE occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz
        AND code IS NULL AND provider IS NOT NULL AND (price_id IS NOT NULL OR unpriced)
        AND (${customerId && toUuid(customerId)}::uuid IS NULL OR customer_id = ${customerId && toUuid(customerId)}::uuid)
        AND (${provider}::text IS NULL OR lower(provider) = lower(${provider}::text))
        AND (${model}::text IS NULL OR lower(model) = lower(${model}::text))
      LIMIT ${most}::int
    ) events`;
  return row.n;
}

export type RerateRow = {
  customer_id: string;
  events: number;
  newly_priced: number;
  cost_before: string;
  cost_after: string;
  difference: string;
};

/** By customer, what pricing anew changes; with `apply` it is changed. */
export async function rerate(
  ctx: Ctx,
  { from, to, provider, model, customerId }: RerateFilter,
  apply: boolean,
): Promise<RerateRow[]> {
  const customer = customerId && toUuid(customerId);
  const rows = apply
    ? await ctx.db.$queryRaw<RerateRow[]>`
        SELECT customer_id, count(*)::int AS events,
          count(*) FILTER (WHERE unpriced_before AND NOT unpriced_after)::int AS newly_priced,
          trim_scale(coalesce(sum(cost_before), 0))::text AS cost_before,
          trim_scale(coalesce(sum(cost_after), 0))::text AS cost_after,
          trim_scale(coalesce(sum(cost_after), 0) - coalesce(sum(cost_before), 0))::text AS difference
        FROM usage_rerate(${from}::timestamptz, ${to}::timestamptz, ${provider}::text, ${model}::text, ${customer}::uuid)
        GROUP BY 1 ORDER BY 1`
    : await ctx.db.$queryRaw<RerateRow[]>`
        SELECT customer_id, count(*)::int AS events,
          count(*) FILTER (WHERE unpriced_before AND NOT unpriced_after)::int AS newly_priced,
          trim_scale(coalesce(sum(cost_before), 0))::text AS cost_before,
          trim_scale(coalesce(sum(cost_after), 0))::text AS cost_after,
          trim_scale(coalesce(sum(cost_after), 0) - coalesce(sum(cost_before), 0))::text AS difference
        FROM usage_reratings(${from}::timestamptz, ${to}::timestamptz, ${provider}::text, ${model}::text, ${customer}::uuid)
        GROUP BY 1 ORDER BY 1`;
  return rows.map((row) => ({
    ...row,
    customer_id: fromUuid("cus", row.customer_id),
  }));
}
