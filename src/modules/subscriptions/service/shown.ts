import { customerNames } from "@/modules/customers";
import { versionNames } from "@/modules/plans";
import type { Ctx } from "@/platform/context";
import { money } from "@/shared/money";
import type { Subscription, SubscriptionChange } from "../contract/parts";
import { findScheduled } from "../queries/changes";
import { isBilledElsewhere, priceOfPeriod, type Sub } from "../subscription";

/** Subscriptions with the names of what they are of. */
export async function shownAll(ctx: Ctx, subs: Sub[]): Promise<Subscription[]> {
  const [customers, versions, scheduled] = await Promise.all([
    customerNames(
      ctx,
      subs.map(({ customerId }) => customerId),
    ),
    versionNames(
      ctx,
      subs.map(({ planVersionId }) => planVersionId),
    ),
    findScheduled(
      ctx,
      subs.map(({ id }) => id),
    ),
  ]);
  return subs.map((sub) => ({
    ...toSubscription(sub, scheduled.get(sub.id) ?? null),
    customer_name: customers.get(sub.customerId) ?? "–",
    plan: versions.get(sub.planVersionId)?.plan ?? {
      ...{ id: "", code: "", name: "–" },
    },
    plan_version: versions.get(sub.planVersionId)?.number ?? 0,
  }));
}

export async function shown(ctx: Ctx, sub: Sub): Promise<Subscription> {
  const [one] = await shownAll(ctx, [sub]);
  if (!one) throw new Error(`${sub.id} was lost.`);
  return one;
}

const iso = (at: Date | null) => at && at.toISOString();

/** A subscription without the names, as the audit log keeps it too. */
export function toSubscription(
  sub: Sub,
  scheduled_change: SubscriptionChange | null,
): Omit<Subscription, "customer_name" | "plan" | "plan_version"> {
  return {
    id: sub.id,
    customer_id: sub.customerId,
    plan_version_id: sub.planVersionId,
    status: sub.status,
    has_access: sub.hasAccess,
    quantity: sub.quantity,
    interval: sub.interval,
    unit_amount: money(sub.unitMinor, sub.currency),
    amount: money(priceOfPeriod(sub), sub.currency),
    provider: sub.provider,
    is_billed_by_provider: isBilledElsewhere(sub),
    coupon_id: sub.couponId,
    coupon_until: iso(sub.couponUntil),
    time_zone: sub.timeZone,
    anchor_at: sub.anchorAt.toISOString(),
    period_number: sub.periodNumber,
    current_period_start: sub.periodStart.toISOString(),
    current_period_end: sub.periodEnd.toISOString(),
    trial_end: iso(sub.trialEnd),
    cancel_at: iso(sub.cancelAt),
    cancel_reason: sub.cancelReason,
    cancel_comment: sub.cancelComment,
    canceled_at: iso(sub.canceledAt),
    ended_at: iso(sub.endedAt),
    paused_at: iso(sub.pausedAt),
    resumes_at: iso(sub.resumesAt),
    payment_due_at: iso(sub.paymentDueAt),
    past_due_at: iso(sub.pastDueAt),
    grace_until: iso(sub.graceUntil),
    scheduled_change,
    metadata: sub.metadata,
    created_at: sub.createdAt.toISOString(),
    updated_at: sub.updatedAt.toISOString(),
  };
}
