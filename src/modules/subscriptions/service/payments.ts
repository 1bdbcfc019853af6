import { getInvoice, openOf, voidInvoice } from "@/modules/invoices";
import type { TxCtx } from "@/platform/context";
import type { SubscriptionChange, Terms } from "../contract/parts";
import {
  findBilledChange,
  findLastChange,
  markFailed,
} from "../queries/changes";
import { nextStatus } from "../status";
import { isBilledElsewhere, isInvoiced, type Sub } from "../subscription";
import { advance, planAdvance } from "./advance";
import type { Undo } from "./change";
import { commit, rewrite } from "./commit";
import { fallPastDue } from "./deeds";
import { hold, type Held } from "./hold";
import { earlier } from "./outcome";
import { termsOf } from "./terms";

/**
 * Something of a subscription was paid, or is not due any more: when nothing is left to pay, it goes
 * on. It may come twice, and of what was paid long ago.
 */
export async function onPaid(
  tx: TxCtx,
  subscriptionId: string,
  isMoney: boolean,
): Promise<void> {
  const held = await hold(tx, subscriptionId);
  const { sub } = held;
  if (isBilledElsewhere(sub)) return;
  const open = await openOf(tx, sub.id);
  const first = open.reduce<Date | null>(
    (soonest, { dueAt }) => earlier(soonest, dueAt),
    null,
  );
  switch (sub.status) {
    case "incomplete":
      if (isMoney && open.length === 0) await reactivate(tx, held);
      return;
    case "past_due":
    case "unpaid":
      if (open.length === 0) await reactivate(tx, held);
      return;
    case "active":
    case "paused":
      // What it waits for was what is paid now: the next due date counts.
      if (sub.paymentDueAt) await rewrite(tx, { ...sub, paymentDueAt: first });
      return;
    case "trialing":
    case "canceled":
    case "incomplete_expired":
      return;
    default:
      return sub.status satisfies never;
  }
}

/** Access is back. Where the period is over, or was never billed, a new one begins now. */
async function reactivate(tx: TxCtx, held: Held): Promise<void> {
  const { sub, version, now } = held;
  const status = nextStatus(sub.status, "payment_succeeded");
  if (!status) throw new Error(`${sub.id} cannot be paid: ${sub.status}`);
  const running: Sub = {
    ...{ ...sub, status, hasAccess: true, paymentDueAt: null },
    ...{ pastDueAt: null, graceUntil: null, dunningStep: 0 },
  };
  const isNew = sub.status === "incomplete";
  const told = {
    kind: "activate",
    name: isNew ? "subscription.activated" : "subscription.reactivated",
  } as const;
  if (sub.periodEnd <= now) {
    const outcome = await planAdvance(tx, { sub: running, version }, now);
    await advance(tx, held, outcome, told);
    return;
  }
  await commit(tx, sub, running, {
    ...told,
    now,
    after: termsOf(running, version.plan.name),
  });
}

/** A charge of an invoice failed: its change is taken back, or the subscription is past due. */
export async function onFailed(tx: TxCtx, invoiceId: string): Promise<void> {
  const seen = await getInvoice(tx, invoiceId);
  if (!seen.subscription_id) return;
  const held = await hold(tx, seen.subscription_id);
  const { sub } = held;
  const invoice = await getInvoice(tx, invoiceId);
  // Paid meanwhile, another way; or of what people pay by a date, whose day has not come.
  if (invoice.status !== "open" || isBilledElsewhere(sub)) return;
  if (isInvoiced(sub)) return;
  const change = await findBilledChange(tx, sub.id, invoiceId);
  const last = change && (await findLastChange(tx, sub.id));
  const isLast = change !== null && last?.id === change.id;
  if (isLast && invoice.paid.amount === 0) return takeBack(tx, held, change);
  if (sub.status === "active") await fallPastDue(tx, held);
}

/** What paid an invoice was taken back by the payer's bank: the subscription is past due. */
export async function onTakenBack(tx: TxCtx, invoiceId: string): Promise<void> {
  const { subscription_id } = await getInvoice(tx, invoiceId);
  if (!subscription_id) return;
  const held = await hold(tx, subscription_id);
  const { status } = await getInvoice(tx, invoiceId);
  // Paid meanwhile, or written off.
  if (status !== "open" || isBilledElsewhere(held.sub)) return;
  if (held.sub.status === "active") await fallPastDue(tx, held);
}

async function takeBack(
  tx: TxCtx,
  { sub, version, now }: Held,
  change: SubscriptionChange,
): Promise<void> {
  const before = change.before as (Terms & { undo: Undo }) | null; // Safe: changeNow() wrote it.
  if (!before || !change.invoice_id) return;
  await voidInvoice(tx, change.invoice_id, "The payment failed");
  await markFailed(tx, change.id, now);
  const { undo } = before;
  const restored: Sub = {
    ...sub,
    planVersionId: before.plan_version_id,
    interval: before.interval,
    quantity: before.quantity,
    unitMinor: BigInt(undo.unit_minor),
    anchorAt: new Date(undo.anchor_at),
    // The numbers of periods that were billed are not given again, though the bill is void.
    periodStart: new Date(undo.period_start),
    periodEnd: new Date(undo.period_end),
  };
  await commit(tx, sub, restored, {
    kind: "roll_back",
    name: "subscription.change_failed",
    now,
    before: termsOf(sub, version.plan.name),
    after: termsOf(restored, before.plan_name),
    reason: "The payment failed",
    more: { invoice_id: change.invoice_id },
  });
}
