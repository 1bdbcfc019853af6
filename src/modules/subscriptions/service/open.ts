import { billingNow, getBuyer, holdCustomer } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { redeemable, redeemCoupon } from "@/modules/invoices";
import type { Coupon } from "@/modules/invoices/contract/coupons";
import { assertOnline } from "@/modules/payments";
import { settings } from "@/modules/settings";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import { baseFee } from "../bill";
import type { SubscriptionInput } from "../contract/inputs";
import type { Preview, Subscription } from "../contract/parts";
import { periodAt } from "../period";
import { hasHadAny } from "../queries/subscriptions";
import { priceOfPeriod, type Sub } from "../subscription";
import { blank } from "./blank";
import { commit } from "./commit";
import type { Bill } from "./issue";
import { charge, previewOf, settleBill, type Outcome } from "./outcome";
import { shown } from "./shown";
import { couponUntil, discountOf, sellable, termsOf, unitPrice } from "./terms";

const hour = 60 * 60;
const day = 24 * hour;

/**
 * Open a subscription: its first period is billed at once, or when its trial ends. Needs
 * billing:write; throws NOT_FOUND, CONFLICT.
 */
export async function openSubscription(
  ctx: Ctx,
  input: SubscriptionInput,
): Promise<Subscription> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const customer = await holdCustomer(tx, input.customer_id);
    const currency = input.currency ?? customer.currency;
    const coupon = input.coupon
      ? await redeemCoupon(tx, input.coupon, currency)
      : null;
    const now = await billingNow(tx, customer.id);
    const outcome = await planOpening(tx, input, customer, coupon, now);
    return shown(tx, await open(tx, outcome, input, now));
  });
}

/** What opening a subscription would cost. Needs billing:read; throws NOT_FOUND, CONFLICT. */
export async function previewOpening(
  ctx: Ctx,
  input: SubscriptionInput,
): Promise<Preview> {
  authorize(ctx, "billing:read");
  const customer = await getBuyer(ctx, input.customer_id);
  const currency = input.currency ?? customer.currency;
  const coupon = input.coupon
    ? await redeemable(ctx, input.coupon, currency)
    : null;
  const now = await billingNow(ctx, customer.id);
  const outcome = await planOpening(ctx, input, customer, coupon, now);
  const discount = coupon && discountOf(coupon);
  const shown = await previewOf(ctx, null, outcome, now, discount);
  const isDue = (shown.now?.due.amount ?? 0) > 0;
  return isDue && awaitsPayment(ctx, input)
    ? { ...shown, status: "incomplete" }
    : shown;
}

async function open(
  tx: TxCtx,
  outcome: Outcome,
  input: SubscriptionInput,
  now: Date,
): Promise<Sub> {
  const { next: first, version } = outcome;
  const { next, issued } = await settleBill(tx, outcome, now);
  const waits = issued?.isOpen === true && awaitsPayment(tx, input);
  const { subscriptions } = await settings(tx);
  const opened: Sub = waits
    ? {
        ...first,
        status: "incomplete",
        hasAccess: false,
        paymentDueAt: addSeconds(
          now,
          subscriptions.payment_window_hours * hour,
        ),
      }
    : next;
  const sub = await commit(tx, null, opened, {
    kind: "create",
    name: "subscription.created",
    now,
    after: termsOf(opened, version.plan.name),
    issued,
  });
  await charge(tx, sub, issued);
  return sub;
}

async function planOpening(
  ctx: Ctx,
  input: SubscriptionInput,
  customer: Customer,
  coupon: Coupon | null,
  now: Date,
): Promise<Outcome> {
  const version = await sellable(ctx, input.plan_version_id);
  if (input.provider !== "manual") assertOnline(input.provider);
  const currency = input.currency ?? customer.currency;
  const unitMinor = unitPrice(version, currency, input.interval);
  const start = input.starts_at ? new Date(input.starts_at) : now;
  const trialDays = await trialDaysOf(ctx, input, version.trial_days);
  const trialEnd = trialDays > 0 ? addSeconds(start, trialDays * day) : null;
  const anchorAt = trialEnd ?? start;
  const { interval } = input;
  const timeZone = customer.time_zone;
  const period = trialEnd
    ? { start, end: trialEnd }
    : periodAt({ at: anchorAt, timeZone, interval }, 0);
  assertStart(start, period.end, now);
  const next: Sub = {
    ...blank(now),
    customerId: customer.id,
    planVersionId: version.id,
    status: trialEnd ? "trialing" : "active",
    quantity: input.quantity,
    ...{ currency, interval, unitMinor, anchorAt, timeZone, trialEnd },
    provider: input.provider,
    couponId: coupon?.id ?? null,
    couponUntil:
      coupon && couponUntil(coupon, { anchorAt, timeZone, interval }),
    periodStart: period.start,
    periodEnd: period.end,
    metadata: input.metadata,
  };
  return {
    next,
    version,
    effectiveAt: start,
    bill: trialEnd ? null : firstBill(next, version.plan.name, coupon),
  };
}

function firstBill(
  sub: Sub,
  planName: string,
  coupon: Coupon | null,
): Bill | null {
  if (priceOfPeriod(sub) === 0n) return null;
  const period = { start: sub.periodStart, end: sub.periodEnd };
  return {
    reason: "subscription_create",
    lines: baseFee({ sub, planName }, period),
    discount: coupon && discountOf(coupon),
    period,
    key: `period:${sub.periodNumber}`,
    billed: [],
  };
}

function awaitsPayment(ctx: Ctx, input: SubscriptionInput): boolean {
  if (ctx.actor.kind === "customer") return true;
  return input.awaits_payment ?? input.provider !== "manual";
}

/** A trial is given once, unless staff say so. */
async function trialDaysOf(
  ctx: Ctx,
  { trial_days, customer_id }: SubscriptionInput,
  ofPlan: number,
): Promise<number> {
  if (trial_days !== undefined) return trial_days;
  return (await hasHadAny(ctx, customer_id)) ? 0 : ofPlan;
}

function assertStart(start: Date, end: Date, now: Date): void {
  if (start <= now && end > now) return;
  throw new DomainError(
    "CONFLICT",
    start > now
      ? "A subscription cannot begin later than now. Give it a trial until then."
      : "The first period would have ended already. Begin it at most one period back.",
    { starts_at: start.toISOString() },
  );
}
