import { standingOf, type Standing } from "@/modules/usage";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { addSeconds, utcDay } from "@/shared/time";
import { spendMeter } from "@/shared/windows";
import {
  listExpiring,
  listUsers,
  raiseAlert,
  recoverAlerts,
  recoverPastPeriods,
} from "../queries/raise";

const batch = 200;
const day = 24 * 60 * 60;
/** Days before the end of a customer's access on which that is said. */
const expiryDays = [7, 1] as const;

/**
 * Raise alerts of quotas and caps that will not last, and take back those that will: once for each
 * meter and billing period. What is used up already has its own alert.
 */
export async function watchProjections(ctx: Ctx): Promise<void> {
  const since = addSeconds(ctx.now(), -2 * day);
  await eachBatch(
    (after) => listUsers(ctx, since, after, batch),
    (id) => id,
    (id) => watchProjection(ctx, id),
  );
}

/** The same for one customer. */
async function watchProjection(ctx: Ctx, customerId: string): Promise<void> {
  const standing = await standingOf(ctx, customerId);
  const { start } = standing.projection.period;
  const short = usesOf(standing).filter(
    ({ percentage, projected }) =>
      (percentage ?? 0) < 100 && (projected?.percentage ?? 0) > 100,
  );
  await transaction(ctx, async (tx) => {
    for (const { meter, limit, projected } of short)
      await raiseAlert(tx, {
        kind: "projection",
        customerId,
        meter,
        threshold: 100,
        subject: start,
        periodStart: new Date(start),
        limit,
        value: projected?.expected.toFixed(6) ?? null,
        details: {},
      });
    const standingNow = short.map(({ meter }) => ({ meter, subject: start }));
    await recoverAlerts(tx, "projection", customerId, standingNow);
  });
}

function usesOf({ quotas, spend_cap: cap }: Standing) {
  return [
    ...quotas.map((quota) => ({
      meter: quota.meter,
      percentage: quota.percentage,
      limit: quota.limit === null ? null : String(quota.limit),
      projected: quota.projection,
    })),
    ...(cap
      ? [
          {
            meter: spendMeter,
            percentage: cap.percentage,
            limit: cap.limit,
            projected: cap.projection,
          },
        ]
      : []),
  ];
}

/** Say seven days and one day before that a customer's access ends. */
export async function watchExpiry(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  await eachBatch(
    (after) =>
      listExpiring(ctx, addSeconds(now, expiryDays[0] * day), after, batch),
    ({ id }) => id,
    async ({ id, expiresAt }) => {
      await transaction(ctx, async (tx) => {
        const date = expiresAt ? utcDay(expiresAt) : "";
        for (const days of expiryDays)
          if (expiresAt && expiresAt < addSeconds(now, days * day))
            await raiseAlert(tx, {
              kind: "expiring",
              customerId: id,
              meter: null,
              threshold: days,
              subject: date,
              periodStart: null,
              limit: null,
              value: null,
              details: { expires_at: expiresAt.toISOString() },
            });
        await recoverAlerts(tx, "expiring", id, [
          { meter: null, subject: date },
        ]);
      });
    },
  );
}

/** Alerts of billing periods that are over have recovered. */
export async function rollOver(ctx: Ctx): Promise<void> {
  for (;;) {
    const recovered = await transaction(ctx, recoverPastPeriods);
    if (recovered < 1_000) return;
  }
}

async function eachBatch<T>(
  next: (after: string | null) => Promise<T[]>,
  idOf: (one: T) => string,
  work: (one: T) => Promise<void>,
): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const found: T[] = await next(after);
    for (const one of found) await work(one);
    const last = found.at(-1);
    if (!last || found.length < batch) return;
    after = idOf(last);
  }
}
