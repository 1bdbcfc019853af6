import { openOf, voidInvoice } from "@/modules/invoices";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import { unusedLines } from "../bill";
import type { CancelInput } from "../contract/inputs";
import type { Subscription } from "../contract/parts";
import { closeScheduled } from "../queries/changes";
import { isOnTrial, periodOf, type Sub } from "../subscription";
import { commit, rewrite } from "./commit";
import { act, moved, type Held } from "./hold";
import { charge, instantOf, settleBill, type Outcome } from "./outcome";
import { discountAt, termsOf } from "./terms";
import type { Bill } from "./issue";
import { lateBill, lateSeconds, usageBill } from "./usage-lines";

type Wanted = Omit<CancelInput, "at">;

/**
 * Cancel now, or when the period ends. Needs billing:write; throws NOT_FOUND, CONFLICT,
 * PRECONDITION_FAILED, FORBIDDEN when a customer would credit itself.
 */
export async function cancelSubscription(
  ctx: Ctx,
  id: string,
  { at: shownAt, ...wanted }: CancelInput,
): Promise<Subscription> {
  return act(ctx, id, "cancel", async (tx, held) => {
    const at = await instantOf(tx, held, shownAt);
    const outcome = await planCancel(tx, held, wanted, at);
    return outcome.next.endedAt
      ? end(tx, held, outcome, wanted.comment ?? wanted.reason)
      : endLater(tx, held, outcome, wanted.comment ?? wanted.reason);
  });
}

/** What canceling comes to: the same for its preview and for the act itself. */
export async function planCancel(
  ctx: Ctx,
  held: Pick<Held, "sub" | "version" | "now">,
  { when, reason, comment, credit_unused }: Wanted,
  at: Date,
): Promise<Outcome> {
  const { sub, version, now } = held;
  if (credit_unused && ctx.actor.kind === "customer")
    throw new DomainError(
      "FORBIDDEN",
      "Money is given back by our team. Cancel without it, and write to us.",
    );
  const status = moved(sub, "canceled", "canceled");
  const why = { cancelReason: reason, cancelComment: comment ?? null };
  const mayWait =
    ["active", "trialing", "past_due"].includes(sub.status) &&
    sub.periodEnd > now;
  if (when === "period_end" && mayWait) {
    if (sub.cancelAt)
      throw new DomainError(
        "CONFLICT",
        "This subscription is going to be canceled already. Cancel it now instead, or resume it.",
        { cancel_at: sub.cancelAt.toISOString() },
      );
    const next = {
      ...{ ...sub, ...why },
      ...{ cancelAt: sub.periodEnd, canceledAt: now },
    };
    return { next, version, bill: null, effectiveAt: sub.periodEnd };
  }
  const credit =
    credit_unused && sub.status === "active" && !isOnTrial(sub)
      ? unusedLines(
          { sub, planName: version.plan.name },
          periodOf(sub),
          at,
          await discountAt(ctx, sub, sub.periodStart),
        )
      : [];
  const bill = await last(ctx, held, at, credit);
  const next: Sub = {
    ...ended({ ...sub, ...why, canceledAt: sub.canceledAt ?? now }, now),
    status,
    lateUntil: bill?.isMetered ? addSeconds(now, lateSeconds) : null,
  };
  return { next, version, effectiveAt: at, bill };
}

/** The last bill: use of meters that was not billed yet, and what is given back. */
async function last(
  ctx: Ctx,
  { sub, version }: Pick<Held, "sub" | "version">,
  at: Date,
  credit: Bill["lines"],
): Promise<(Bill & { isMetered: boolean }) | null> {
  if (isOnTrial(sub) || sub.status === "incomplete") return null;
  const until = at < sub.periodEnd ? at : sub.periodEnd;
  const period = { start: sub.periodStart, end: until };
  const used = await usageBill(ctx, sub, version, period);
  return {
    reason: "subscription_update",
    lines: [...used.lines, ...credit],
    discount: null,
    period,
    key: "final",
    billed: used.billed,
    isMetered: used.isMetered,
  };
}

/** Bill what was used before the end and came in after the last bill, now that no more can come. */
export async function billLate(tx: TxCtx, held: Held): Promise<Sub> {
  const { sub, version, now } = held;
  const end = sub.endedAt ?? now;
  const late = await lateBill(tx, sub, { start: end, end: now });
  const bill: Bill = {
    ...{ reason: "subscription_update", key: "late", discount: null },
    ...{ lines: late.lines, billed: late.billed },
    period: { start: sub.periodStart, end: later(end, sub.periodStart) },
  };
  const over = { ...sub, lateUntil: null };
  const { next, issued } = await settleBill(tx, { next: over, bill }, now);
  if (!issued) return rewrite(tx, next);
  const after = await commit(tx, sub, next, {
    kind: "late_usage",
    name: "subscription.late_usage_billed",
    now,
    before: termsOf(sub, version.plan.name),
    issued,
  });
  await charge(tx, after, issued);
  return after;
}

const later = (a: Date, b: Date) => (a > b ? a : b);

/** It is over: nothing is due of it any more that the clock would look at. */
export function ended(sub: Sub, now: Date): Sub {
  return {
    ...{ ...sub, status: "canceled", hasAccess: false, endedAt: now },
    ...{ cancelAt: null, pausedAt: null, resumesAt: null, graceUntil: null },
    ...{ paymentDueAt: null, pastDueAt: null },
  };
}

/** End it as planned; the first invoice of one that never began is void. */
export async function end(
  tx: TxCtx,
  { sub, version, now }: Held,
  outcome: Outcome,
  reason: string | null,
  more: Record<string, string> = {},
): Promise<Sub> {
  if (sub.status === "incomplete")
    await voidOpen(tx, sub, "The subscription never began");
  await closeScheduled(tx, sub.id, null, "canceled", now);
  const { issued } = await settleBill(tx, outcome, now);
  const after = await commit(tx, sub, outcome.next, {
    kind: outcome.next.status === "incomplete_expired" ? "expire" : "cancel",
    name:
      outcome.next.status === "incomplete_expired"
        ? "subscription.expired"
        : "subscription.canceled",
    now,
    effectiveAt: outcome.effectiveAt,
    before: termsOf(sub, version.plan.name),
    ...{ issued, reason, more },
  });
  await charge(tx, after, issued);
  return after;
}

async function endLater(
  tx: TxCtx,
  { sub, version, now }: Held,
  { next, effectiveAt }: Outcome,
  reason: string,
): Promise<Sub> {
  return commit(tx, sub, next, {
    kind: "cancel",
    name: "subscription.cancel_scheduled",
    status: "scheduled",
    now,
    effectiveAt,
    before: termsOf(sub, version.plan.name),
    reason,
  });
}

/** Void what is open of a subscription and was not paid in part. */
async function voidOpen(tx: TxCtx, sub: Sub, reason: string): Promise<void> {
  for (const { id } of await openOf(tx, sub.id)) {
    try {
      await voidInvoice(tx, id, reason);
    } catch (error) {
      // What is paid in part stays: a person decides on it.
      if (!(error instanceof DomainError && error.code === "CONFLICT"))
        throw error;
    }
  }
}

/** Go on with what was going to be canceled. Needs billing:write; throws NOT_FOUND, CONFLICT. */
export async function resumeSubscription(
  ctx: Ctx,
  id: string,
): Promise<Subscription> {
  return act(ctx, id, "cancel", async (tx, { sub, version, now }) => {
    if (!sub.cancelAt)
      throw new DomainError(
        "CONFLICT",
        "This subscription is not going to be canceled, so there is nothing to resume.",
        { status: sub.status },
      );
    await closeScheduled(tx, id, "cancel", "canceled", now);
    const next = {
      ...{ ...sub, cancelAt: null, canceledAt: null },
      ...{ cancelReason: null, cancelComment: null },
    };
    return commit(tx, sub, next, {
      kind: "resume",
      name: "subscription.resumed",
      now,
      after: termsOf(next, version.plan.name),
    });
  });
}
