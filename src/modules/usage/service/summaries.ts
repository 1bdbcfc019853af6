import { customerNames, getVisibleCustomer } from "@/modules/customers";
import { keyNames } from "@/modules/keys";
import { currentLimits } from "@/modules/limits";
import { authorize, owned, type Ctx } from "@/platform/context";
import { invalid } from "@/shared/errors";
import { addSeconds, startOfUtcDay, utcDay } from "@/shared/time";
import type {
  TrendQuery,
  UsageQuery,
  UsageSummary,
  UsageTrends,
} from "../contract";
import { countCalls } from "../queries/lifetime";
import {
  breakDownUsage,
  listDailyTotals,
  listDailyUsage,
  sumUsage,
} from "../queries/rollups";
import type { Days } from "../queries/sources";
import { listTrends } from "../queries/trends";
import { standingOf } from "./quotas";

const day = 24 * 60 * 60;
const usualDays = 30;

/** A customer's usage in a period of UTC days. Needs usage:read; throws NOT_FOUND. */
export async function summarizeUsage(
  ctx: Ctx,
  customerId: string,
  query: UsageQuery,
): Promise<UsageSummary> {
  authorize(ctx, "usage:read");
  const { limits, usage: current } = await currentLimits(ctx, customerId);
  const days = daysOf(ctx, query);
  const [standing, lifetime, sums, daily, by] = await Promise.all([
    standingOf(ctx, customerId),
    countCalls(ctx, customerId),
    sumUsage(ctx, customerId, days),
    listDailyUsage(ctx, customerId, days),
    breakDownUsage(ctx, customerId, days),
  ]);
  return {
    period: {
      start: new Date(days.from).toISOString(),
      end: addSeconds(new Date(days.to), day).toISOString(),
    },
    lifetime_calls: lifetime,
    total_calls: sums.calls,
    total_errors: sums.errors,
    total_refused: sums.refused,
    total_tokens: sums.tokens,
    total_cost: sums.cost,
    total_unpriced: sums.unpriced,
    avg_response_time_ms: sums.avg_response_time_ms,
    p95_response_time_ms: sums.p95_response_time_ms,
    current,
    limits,
    quotas: standing.quotas,
    spend_cap: standing.spend_cap,
    projection: standing.projection,
    by_provider: by.provider,
    by_model: by.model,
    by_endpoint: by.endpoint,
    by_key: await named(ctx, by.key),
    daily,
  };
}

/** The same for the caller's own customer; staff and services name one. */
export async function summarizeOwnUsage(
  ctx: Ctx,
  { customer_id, ...query }: UsageQuery & { customer_id?: string | undefined },
): Promise<UsageSummary> {
  authorize(ctx, "usage:read");
  return summarizeUsage(ctx, customerOf(ctx, customer_id), query);
}

/** Usage over time, gaps filled. Needs usage:read; throws NOT_FOUND. */
export async function usageTrends(
  ctx: Ctx,
  query: TrendQuery & { customer_id?: string | undefined },
): Promise<UsageTrends> {
  authorize(ctx, "usage:read");
  const customerId = query.customer_id ?? owned(ctx);
  if (customerId) await getVisibleCustomer(ctx, customerId);
  const { interval, group_by } = query;
  const days = daysOf(ctx, query);
  const before = query.compare === undefined ? null : daysBefore(days);
  const [found, totals, previous] = await Promise.all([
    listTrends(ctx, customerId, days, { interval, group_by }),
    sumUsage(ctx, customerId, days),
    before && sumUsage(ctx, customerId, before),
  ]);
  const series = await nameSeries(ctx, group_by, found.series);
  return {
    interval,
    group_by,
    buckets: found.buckets,
    series,
    ranking_is_exact: found.ranking_is_exact,
    totals,
    previous: previous && before && { ...previous, ...before },
  };
}

/** Keys and customers are told by their names. */
async function nameSeries(
  ctx: Ctx,
  groupBy: TrendQuery["group_by"],
  series: UsageTrends["series"],
): Promise<UsageTrends["series"]> {
  if (groupBy !== "key" && groupBy !== "customer") return series;
  const prefix = groupBy === "key" ? "key_" : "cus_";
  const ids = series.flatMap(({ name }) =>
    name.startsWith(prefix) ? [name] : [],
  );
  const names = await (groupBy === "key" ? keyNames : customerNames)(ctx, ids);
  return series.map((one) => ({
    ...one,
    id: one.name.startsWith(prefix) ? one.name : null,
    name: names.get(one.name) ?? one.name,
  }));
}

/** What everyone used on each of the last `days` UTC days, today included. Needs usage:read. */
export async function usageTotals(ctx: Ctx, days: number) {
  authorize(ctx, "usage:read");
  const today = startOfUtcDay(ctx.now());
  return listDailyTotals(ctx, {
    from: utcDay(addSeconds(today, -(days - 1) * day)),
    to: utcDay(today),
  });
}

/** How many calls there ever were, of everyone. Needs usage:read. */
export async function lifetimeCalls(ctx: Ctx): Promise<number> {
  authorize(ctx, "usage:read");
  return countCalls(ctx, null);
}

/** How many calls a customer ever made. Needs customers:read; throws NOT_FOUND. */
export async function customerCalls(
  ctx: Ctx,
  customerId: string,
): Promise<number> {
  authorize(ctx, "customers:read");
  await getVisibleCustomer(ctx, customerId);
  return countCalls(ctx, customerId);
}

function daysOf(ctx: Ctx, query: UsageQuery): Days {
  const to = query.to ?? utcDay(ctx.now());
  const from =
    query.from ?? utcDay(addSeconds(new Date(to), -(usualDays - 1) * day));
  if (from > to)
    throw invalid([{ field: "query.from", message: "must not be after to" }]);
  return { from, to };
}

function daysBefore({ from, to }: Days): Days {
  const first = new Date(from);
  const length = (Date.parse(to) - first.getTime()) / 1000;
  const last = addSeconds(first, -day);
  return { from: utcDay(addSeconds(last, -length)), to: utcDay(last) };
}

function customerOf(ctx: Ctx, named: string | undefined): string {
  const customerId = named ?? owned(ctx);
  if (customerId) return customerId;
  throw invalid([
    { field: "query.customer_id", message: "is required for you" },
  ]);
}

// Keys are told by their names where they have one still.
async function named<T extends { name: string }>(
  ctx: Ctx,
  rows: T[],
): Promise<T[]> {
  const ids = rows.flatMap(({ name }) =>
    name.startsWith("key_") ? [name] : [],
  );
  const names = await keyNames(ctx, ids);
  return rows.map((row) => ({ ...row, name: names.get(row.name) ?? row.name }));
}
