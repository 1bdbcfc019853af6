import type { Ctx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import type { ExtendInput, PauseInput } from "../contract/inputs";
import type { Subscription } from "../contract/parts";
import { isOnTrial, type Sub } from "../subscription";
import { advance, planAdvance } from "./advance";
import { commit } from "./commit";
import { act, moved, type Held } from "./hold";
import type { Outcome } from "./outcome";
import { termsOf } from "./terms";
import type { TxCtx } from "@/platform/context";

/** Pause: no access and no bills. Needs billing:write; throws NOT_FOUND, CONFLICT. */
export async function pauseSubscription(
  ctx: Ctx,
  id: string,
  { until, reason }: PauseInput,
): Promise<Subscription> {
  return act(ctx, id, "pause", async (tx, { sub, now }) => {
    const status = moved(sub, "paused", "paused");
    const resumesAt = until ? new Date(until) : null;
    if (resumesAt && resumesAt <= now)
      throw new DomainError(
        "CONFLICT",
        "A pause must end later than now. Choose a later end, or none.",
      );
    const next: Sub = {
      ...{ ...sub, status, hasAccess: false },
      ...{ pausedAt: now, resumesAt },
    };
    return commit(tx, sub, next, {
      kind: "pause",
      name: "subscription.paused",
      now,
      reason: reason ?? null,
    });
  });
}

/** Go on with a paused one. Needs billing:write; throws NOT_FOUND, CONFLICT. */
export async function unpauseSubscription(
  ctx: Ctx,
  id: string,
): Promise<Subscription> {
  return act(ctx, id, "pause", unpause);
}

/** The same for the clock, which holds it already. */
export async function unpause(tx: TxCtx, held: Held): Promise<Sub> {
  const outcome = await planUnpause(tx, held);
  const told = { kind: "unpause", name: "subscription.unpaused" } as const;
  if (outcome.bill) return advance(tx, held, outcome, told);
  const { sub, version, now } = held;
  return commit(tx, sub, outcome.next, {
    ...told,
    now,
    after: termsOf(sub, version.plan.name),
  });
}

/** What unpausing comes to: a new period where the last one is over, or was a trial. */
export async function planUnpause(
  ctx: Ctx,
  { sub, version, now }: Pick<Held, "sub" | "version" | "now">,
): Promise<Outcome> {
  const status = moved(sub, "unpaused", "unpaused");
  const running: Sub = {
    ...{ ...sub, status, hasAccess: true },
    ...{ pausedAt: null, resumesAt: null },
  };
  if (!isOnTrial(sub) && sub.periodEnd > now)
    return { next: running, version, bill: null, effectiveAt: now };
  return planAdvance(ctx, { sub: running, version }, now);
}

/** Let a trial end later. Needs billing:write; throws NOT_FOUND, CONFLICT. */
export async function extendTrial(
  ctx: Ctx,
  id: string,
  { until, reason }: ExtendInput,
): Promise<Subscription> {
  return act(ctx, id, null, async (tx, { sub, version, now }) => {
    const trialEnd = new Date(until);
    if (sub.status !== "trialing" || !sub.trialEnd)
      throw new DomainError(
        "CONFLICT",
        `This subscription is ${sub.status.replaceAll("_", " ")}, so it has no trial to extend.`,
        { status: sub.status },
      );
    if (trialEnd <= sub.trialEnd)
      throw new DomainError(
        "CONFLICT",
        `The trial ends at ${sub.trialEnd.toISOString()} already. Choose a later end.`,
      );
    const next: Sub = {
      ...{ ...sub, trialEnd, anchorAt: trialEnd, periodEnd: trialEnd },
      // What was to end with the trial ends with it still.
      ...(sub.cancelAt && { cancelAt: trialEnd }),
    };
    return commit(tx, sub, next, {
      kind: "extend_trial",
      name: "subscription.trial_extended",
      now,
      effectiveAt: trialEnd,
      after: termsOf(next, version.plan.name),
      reason: reason ?? null,
    });
  });
}
