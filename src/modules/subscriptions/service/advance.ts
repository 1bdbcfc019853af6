import { getPlanVersion } from "@/modules/plans";
import type { Ctx, TxCtx } from "@/platform/context";
import { baseFee } from "../bill";
import type { ChangeKind } from "../contract/parts";
import { periodAt, periodNumber } from "../period";
import { closeScheduled, findScheduledChange } from "../queries/changes";
import { anchorOf, isOnTrial, type Sub } from "../subscription";
import { commit } from "./commit";
import type { Held } from "./hold";
import { charge, settleBill, type Outcome } from "./outcome";
import { discountAt, termsOf, unitPrice } from "./terms";
import { usageBill } from "./usage-lines";

/**
 * What going on to the next period comes to: use of the one that has ended, on its terms; then what
 * was scheduled; then the fee of the new one. It begins where the last one ended, or at an instant
 * from which periods are then counted anew.
 */
export async function planAdvance(
  ctx: Ctx,
  { sub, version }: Pick<Held, "sub" | "version">,
  restartAt: Date | null,
): Promise<Outcome> {
  const wasTrial = isOnTrial(sub);
  const used = wasTrial
    ? { lines: [], billed: [], isMetered: false }
    : await usageBill(ctx, sub, version, {
        start: sub.periodStart,
        end: sub.periodEnd,
      });
  const { to, version: next } = await scheduledOr(ctx, { sub, version });
  const start = restartAt ?? sub.periodEnd;
  const isAnew = restartAt !== null || to.interval !== sub.interval;
  const anchored: Sub = { ...to, ...(isAnew && { anchorAt: start }) };
  const anchor = anchorOf(anchored);
  const period = periodAt(anchor, periodNumber(anchor, start));
  const moved: Sub = {
    ...anchored,
    // A trial is no period that was billed: the first one that is has its number.
    periodNumber: wasTrial ? sub.periodNumber : sub.periodNumber + 1,
    periodStart: period.start,
    periodEnd: period.end,
    // So that an end in the past, of a trial that was paused, is none any more.
    ...(wasTrial &&
      sub.trialEnd && { trialEnd: earliest(sub.trialEnd, start) }),
  };
  const fee = baseFee({ sub: moved, planName: next.plan.name }, period);
  return {
    next: moved,
    version: next,
    effectiveAt: start,
    bill: {
      reason: "subscription_cycle",
      lines: [...fee, ...used.lines],
      discount: await discountAt(ctx, moved, period.start),
      period,
      key: `period:${moved.periodNumber}`,
      billed: used.billed,
    },
  };
}

/** Go on to the next period, and bill it. */
export async function advance(
  tx: TxCtx,
  { sub, version, now }: Held,
  outcome: Outcome,
  told: { kind: ChangeKind; name: `subscription.${string}` },
): Promise<Sub> {
  const { next, issued } = await settleBill(tx, outcome, now);
  await closeScheduled(tx, sub.id, "change", "applied", now);
  const after = await commit(tx, sub, next, {
    ...told,
    now,
    effectiveAt: outcome.effectiveAt,
    before: termsOf(sub, version.plan.name),
    after: termsOf(next, outcome.version.plan.name),
    issued,
  });
  await charge(tx, after, issued);
  return after;
}

async function scheduledOr(
  ctx: Ctx,
  { sub, version }: Pick<Held, "sub" | "version">,
): Promise<{ to: Sub; version: Held["version"] }> {
  const scheduled = await findScheduledChange(ctx, sub.id);
  const after = scheduled?.after;
  if (!after) return { to: sub, version };
  const chosen = await getPlanVersion(ctx, after.plan_version_id);
  return {
    version: chosen,
    to: {
      ...sub,
      planVersionId: chosen.id,
      interval: after.interval,
      quantity: after.quantity,
      unitMinor: unitPrice(chosen, sub.currency, after.interval),
    },
  };
}

const earliest = (a: Date, b: Date) => (a < b ? a : b);
