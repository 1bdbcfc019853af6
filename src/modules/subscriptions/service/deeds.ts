import { openOf } from "@/modules/invoices";
import { collect, hasLostDispute } from "@/modules/payments";
import { settings } from "@/modules/settings";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import { dunningDays, type Deed } from "../agenda";
import { closeScheduled } from "../queries/changes";
import { nextStatus, type SubscriptionEvent } from "../status";
import { isInvoiced, isOnTrial, type Sub } from "../subscription";
import { advance, planAdvance } from "./advance";
import { commit, rewrite } from "./commit";
import { billLate, end, ended, planCancel } from "./end";
import type { Held } from "./hold";
import { termsOf } from "./terms";
import { unpause } from "./pause";

const day = 24 * 60 * 60;

/** What the clock does, by the name that its agenda has for it. */
const deedsOf: Record<Deed, (tx: TxCtx, held: Held) => Promise<unknown>> = {
  cancel: cancelAtEnd,
  expire,
  end_trial: endTrial,
  unpause,
  lapse,
  end_access: endAccess,
  dun,
  end_dunning: endDunning,
  renew,
  tell,
  bill_late: billLate,
};

/** What is not done for a customer that is archived: its subscription ends instead. */
const goesOn: Deed[] = ["end_trial", "unpause", "dun", "renew"];

/** Do what is due of a subscription. */
export async function runDeed(
  tx: TxCtx,
  deed: Deed,
  held: Held,
): Promise<unknown> {
  const isLeft = held.customer.status === "archived" && goesOn.includes(deed);
  return isLeft ? endArchived(tx, held) : deedsOf[deed](tx, held);
}

/** Whoever is archived is billed what was used so far, and nothing more. */
async function endArchived(tx: TxCtx, held: Held): Promise<Sub> {
  const { periodEnd } = held.sub;
  const at = periodEnd < held.now ? periodEnd : held.now;
  const outcome = await planCancel(tx, held, endsNow("other"), at);
  return end(tx, held, outcome, "The customer is archived");
}

const endsNow = (reason: "other" | "not_paid") =>
  ({ when: "now", reason, credit_unused: false }) as const;

async function cancelAtEnd(tx: TxCtx, held: Held): Promise<Sub> {
  const { sub, now } = held;
  const at = sub.cancelAt ?? now;
  const outcome = await planCancel(tx, held, endsNow("other"), at);
  const { cancelReason, cancelComment } = sub;
  const next = { ...outcome.next, cancelReason, cancelComment };
  await closeScheduled(tx, sub.id, "cancel", "applied", now);
  return end(tx, held, { ...outcome, next }, cancelComment ?? cancelReason);
}

async function expire(tx: TxCtx, held: Held): Promise<Sub> {
  const { sub, version, now } = held;
  const next: Sub = {
    ...ended(sub, now),
    status: follows(sub, "payment_window_ended"),
  };
  const outcome = { next, version, bill: null, effectiveAt: now };
  return end(tx, held, outcome, "The first payment did not come");
}

async function endTrial(tx: TxCtx, held: Held): Promise<Sub> {
  const sub: Sub = { ...held.sub, status: follows(held.sub, "trial_ended") };
  const outcome = await planAdvance(tx, { ...held, sub }, null);
  const told = { kind: "trial_end", name: "subscription.trial_ended" } as const;
  return advance(tx, held, outcome, told);
}

async function renew(tx: TxCtx, held: Held): Promise<Sub> {
  const sub: Sub = { ...held.sub, status: follows(held.sub, "period_ended") };
  const outcome = await planAdvance(tx, { ...held, sub }, null);
  const told = { kind: "renew", name: "subscription.renewed" } as const;
  return advance(tx, held, outcome, told);
}

/** The due date of an invoice has come: unless it was paid, the subscription is past due. */
async function lapse(tx: TxCtx, held: Held): Promise<Sub> {
  const { sub, now } = held;
  const open = await openOf(tx, sub.id);
  const first = open[0]?.dueAt ?? null;
  if (first && first <= now) return fallPastDue(tx, held);
  return rewrite(tx, { ...sub, paymentDueAt: first });
}

/** A payment failed, or did not come: access goes on for the grace days, and dunning begins. */
export async function fallPastDue(
  tx: TxCtx,
  { sub, version, now }: Held,
): Promise<Sub> {
  const status = follows(sub, "payment_failed");
  if (status === sub.status) return sub;
  const { subscriptions } = await settings(tx);
  const next: Sub = {
    ...{ ...sub, status, paymentDueAt: null, dunningStep: 0 },
    pastDueAt: now,
    hasAccess: sub.hasAccess && subscriptions.grace_days > 0,
    graceUntil: addSeconds(now, subscriptions.grace_days * day),
  };
  return commit(tx, sub, next, {
    kind: "past_due",
    name: "subscription.past_due",
    now,
    before: termsOf(sub, version.plan.name),
    more: { grace_until: next.graceUntil?.toISOString() ?? null },
  });
}

async function endAccess(tx: TxCtx, { sub, now }: Held): Promise<Sub> {
  return commit(
    tx,
    sub,
    { ...sub, hasAccess: false },
    { kind: "access_end", name: "subscription.access_ended", now },
  );
}

async function dun(tx: TxCtx, { sub, now }: Held): Promise<Sub> {
  const dunned = dunningDays[sub.dunningStep] ?? null;
  const after = await commit(
    tx,
    sub,
    { ...sub, dunningStep: sub.dunningStep + 1 },
    {
      kind: "dunning",
      name: "subscription.dunning",
      now,
      reason: `Day ${dunned}`,
      more: { day: dunned, step: sub.dunningStep + 1 },
    },
  );
  if (!isInvoiced(sub)) await tryAgain(tx, sub);
  return after;
}

async function tryAgain(tx: TxCtx, sub: Sub): Promise<void> {
  for (const { id } of await openOf(tx, sub.id)) {
    // Whose bank took a payment back is asked, and not charged once more.
    if (await hasLostDispute(tx, id)) continue;
    try {
      await collect(tx, id);
    } catch (error) {
      // A try of it is under way.
      if (!(error instanceof DomainError && error.code === "CONFLICT"))
        throw error;
    }
  }
}

async function endDunning(tx: TxCtx, held: Held): Promise<Sub> {
  const { sub, version, now } = held;
  const { subscriptions } = await settings(tx);
  if (subscriptions.dunning_end === "canceled") {
    const outcome = await planCancel(tx, held, endsNow("not_paid"), now);
    return end(tx, held, outcome, "not_paid");
  }
  const next: Sub = {
    ...{ ...sub, status: follows(sub, "dunning_ended_unpaid") },
    ...{ hasAccess: false, graceUntil: null },
  };
  return commit(tx, sub, next, {
    kind: "unpaid",
    name: "subscription.unpaid",
    now,
    before: termsOf(sub, version.plan.name),
  });
}

/** Tell people that a trial or a period is about to end; no change of the subscription itself. */
async function tell(tx: TxCtx, { sub, version }: Held): Promise<Sub> {
  await emit(tx, {
    name: isOnTrial(sub)
      ? "subscription.trial_ending"
      : "subscription.renewal_due",
    payload: {
      subscription_id: sub.id,
      customer_id: sub.customerId,
      plan: version.plan.name,
      at: sub.periodEnd.toISOString(),
    },
  });
  return rewrite(tx, { ...sub, toldOf: sub.periodEnd });
}

function follows(sub: Sub, event: SubscriptionEvent): Sub["status"] {
  const status = nextStatus(sub.status, event);
  if (!status)
    throw new Error(`${sub.id} is ${sub.status}: there is no ${event} for it.`);
  return status;
}
