import type { SoldVersion } from "@/modules/plans";
import { billingNow } from "@/modules/customers";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { money } from "@/shared/money";
import { addSeconds } from "@/shared/time";
import { netOf } from "../bill";
import type { Preview, Terms } from "../contract/parts";
import { hasEnded } from "../status";
import {
  isInvoiced,
  nextPeriod,
  priceOfPeriod,
  type Sub,
} from "../subscription";
import type { Held } from "./hold";
import { charge, issue, quoteOf, type Bill, type Issued } from "./issue";
import { discountAt, termsOf } from "./terms";

/** What a verb comes to: what becomes of the subscription, and what is billed with it. */
export type Outcome = {
  next: Sub;
  version: SoldVersion;
  bill: Bill | null;
  effectiveAt: Date;
};

/** Show what a verb comes to, with the money, without writing anything. */
export async function previewOf(
  ctx: Ctx,
  before: Terms | null,
  { next, version, bill, effectiveAt }: Outcome,
  at: Date,
  discount?: Bill["discount"],
): Promise<Preview> {
  return {
    at: at.toISOString(),
    effective_at: effectiveAt.toISOString(),
    status: next.status,
    before,
    after: hasEnded(next.status) ? null : termsOf(next, version.plan.name),
    now: bill && (await quoteOf(ctx, next, bill)),
    next: await nextBill(ctx, next, discount),
  };
}

async function nextBill(
  ctx: Ctx,
  sub: Sub,
  discount: Bill["discount"] | undefined,
): Promise<Preview["next"]> {
  const isOver = hasEnded(sub.status) || sub.cancelAt !== null;
  if (isOver || sub.status === "paused" || sub.status === "unpaid") return null;
  const at = sub.periodEnd;
  const isLowered =
    discount !== undefined && (!sub.couponUntil || at < sub.couponUntil);
  const lowered = isLowered ? discount : await discountAt(ctx, sub, at);
  return {
    at: nextPeriod(sub).start.toISOString(),
    amount: money(netOf(priceOfPeriod(sub), lowered), sub.currency),
  };
}

/** Issue and charge what a verb bills, and let the subscription say until when it must be paid. */
export async function settleBill(
  tx: TxCtx,
  { next, bill }: Pick<Outcome, "next" | "bill">,
  now: Date,
): Promise<{ next: Sub; issued: Issued | null }> {
  const issued = bill && (await issue(tx, next, bill, now));
  if (!issued?.isOpen || !isInvoiced(next)) return { next, issued };
  return {
    next: { ...next, paymentDueAt: earlier(next.paymentDueAt, issued.dueAt) },
    issued,
  };
}

export { charge };

const hour = 60 * 60;

/**
 * The instant that a change is reckoned for: now, or that of a preview of the last hour, so that the
 * money is what was shown. Throws CONFLICT for an older one, or one of another period.
 */
export async function instantOf(
  ctx: Ctx,
  { sub, now }: Pick<Held, "sub" | "now">,
  shownAt: string | undefined,
): Promise<Date> {
  if (!shownAt) return now;
  const at = new Date(shownAt);
  const latest = await billingNow(ctx, sub.customerId);
  if (at >= addSeconds(now, -hour) && at <= latest && at >= sub.periodStart)
    return at;
  throw new DomainError(
    "CONFLICT",
    "The preview is too old, so the money is not as it was shown. Preview the change again.",
    { at: now.toISOString() },
  );
}

export function earlier(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}
