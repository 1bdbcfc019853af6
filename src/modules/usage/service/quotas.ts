import type { Ctx } from "@/platform/context";
import { spendMeter } from "@/shared/windows";
import type {
  ProjectedAmount,
  QuotaUse,
  SpendCapUse,
  UsageProjection,
} from "../contract/quotas";
import { project } from "../projection";
import {
  findBillingPeriod,
  findPastOfMeters,
  findQuotas,
  findUsedOf,
  listPastDays,
  type StoredQuota,
} from "../queries/quotas";
import { sumUsage } from "../queries/rollups";
import { utcDay } from "@/shared/time";

/** Whole days that a projection goes by. */
const pastDays = 28;

/** How a customer stands in its billing period. */
export type Standing = {
  plan: string | null;
  quotas: QuotaUse[];
  spend_cap: SpendCapUse | null;
  projection: UsageProjection;
};

/** Quotas, spend cap and projections of a customer; the caller has authorised. */
export async function standingOf(
  ctx: Ctx,
  customerId: string,
): Promise<Standing> {
  const now = ctx.now();
  const [period, stored, past] = await Promise.all([
    findBillingPeriod(ctx, customerId),
    findQuotas(ctx, customerId),
    listPastDays(ctx, customerId, pastDays),
  ]);
  const [used, ofMeters] = await Promise.all([
    sumUsage(ctx, customerId, {
      from: utcDay(period.start),
      to: utcDay(now),
    }),
    findPastOfMeters(
      ctx,
      customerId,
      stored.map(({ meter_id }) => meter_id),
      past[0]?.day ?? utcDay(now),
    ),
  ]);
  const reckon = (
    values: number[] | null,
    usedByNow: number,
    limit: number | null,
  ): ProjectedAmount =>
    values &&
    projected(
      {
        past: values.map((value, at) => ({
          value,
          weekday: weekday(past[at]),
        })),
        used: usedByNow,
        now,
        end: period.end,
      },
      limit,
    );
  const ofQuota = (quota: StoredQuota) => {
    const days = ofMeters.get(quota.meter_id);
    const values = days ? past.map(({ day }) => days.get(day) ?? 0) : null;
    return reckon(values, Number(quota.used), numberOf(quota.amount));
  };
  const resets_at = period.end.toISOString();
  const spend = stored.find(({ meter }) => meter === spendMeter);
  return {
    plan: period.plan,
    quotas: stored
      .filter((quota) => quota !== spend)
      .map((quota) => ({
        meter: quota.meter,
        title: quota.title,
        unit: quota.unit,
        used: Number(quota.used),
        limit: numberOf(quota.amount),
        remaining: numberOf(quota.remaining),
        percentage: quota.percentage,
        overage: quota.overage,
        resets_at,
        projection: ofQuota(quota),
      })),
    spend_cap: spend
      ? {
          currency: "USD",
          used: spend.used,
          limit: spend.amount,
          remaining: spend.remaining,
          percentage: spend.percentage,
          resets_at,
          projection: ofQuota(spend),
        }
      : null,
    projection: {
      period: { start: period.start.toISOString(), end: resets_at },
      calls: reckon(
        past.map(({ calls }) => calls),
        used.calls,
        null,
      ),
      tokens: reckon(
        past.map(({ tokens }) => tokens),
        used.tokens,
        null,
      ),
      cost: reckon(
        past.map(({ cost }) => cost),
        Number(used.cost),
        null,
      ),
    },
  };
}

/**
 * What a customer used of meters in the billing period that starts at an instant, for the bill:
 * decimal text by meter id; what was not used is absent. The caller has authorised.
 */
export async function usedOf(
  ctx: Ctx,
  customerId: string,
  meterIds: string[],
  periodStart: Date,
): Promise<Map<string, string>> {
  return findUsedOf(ctx, { customerId, meterIds, periodStart });
}

function projected(
  input: Parameters<typeof project>[0],
  limit: number | null,
): ProjectedAmount {
  const found = project(input);
  if (!found) return null;
  const { expected, low, high, method } = found;
  return {
    expected: rounded(expected),
    low: rounded(low),
    high: rounded(high),
    percentage:
      limit === null || limit === 0
        ? null
        : Math.round((expected * 1000) / limit) / 10,
    method,
  };
}

// An estimate needs no more than six places.
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function weekday(day: { day: string } | undefined): number {
  return day ? new Date(day.day).getUTCDay() : 0;
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}
