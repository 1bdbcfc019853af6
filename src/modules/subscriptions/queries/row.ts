import type { Prisma } from "@/platform/db/generated/client";
import type { ProviderName } from "@/modules/payments/contract/parts";
import type { Interval } from "@/modules/plans/contract/terms";
import { fromUuid, toUuid } from "@/shared/ids";
import type {
  ChangeKind,
  Quote,
  SubscriptionChange,
  SubscriptionStatus,
  Terms,
} from "../contract/parts";
import type { Sub } from "../subscription";

export type SubRow = Prisma.SubscriptionGetPayload<object>;
export type ChangeRow = Prisma.SubscriptionChangeGetPayload<object>;

export function toSub(row: SubRow): Sub {
  return {
    id: fromUuid("sub", row.id),
    customerId: fromUuid("cus", row.customer_id),
    planVersionId: fromUuid("plv", row.plan_version_id),
    // Safe, as are interval and provider: CHECK constraints.
    status: row.status as SubscriptionStatus,
    hasAccess: row.has_access,
    quantity: row.quantity,
    currency: row.currency,
    interval: row.interval as Interval,
    unitMinor: row.amount_minor,
    provider: row.provider as ProviderName,
    providerSubscriptionId: row.provider_subscription_id,
    couponId: row.coupon_id && fromUuid("cpn", row.coupon_id),
    couponUntil: row.coupon_until,
    anchorAt: row.anchor_at,
    timeZone: row.time_zone,
    periodNumber: row.period_number,
    periodStart: row.current_period_start,
    periodEnd: row.current_period_end,
    trialEnd: row.trial_end,
    cancelAt: row.cancel_at,
    cancelReason: row.cancel_reason,
    cancelComment: row.cancel_comment,
    canceledAt: row.canceled_at,
    endedAt: row.ended_at,
    lateUntil: row.late_until,
    pausedAt: row.paused_at,
    resumesAt: row.resumes_at,
    paymentDueAt: row.payment_due_at,
    pastDueAt: row.past_due_at,
    graceUntil: row.grace_until,
    dunningStep: row.dunning_step,
    toldOf: row.told_of,
    metadata: row.metadata as Record<string, unknown>, // Safe: written as an object.
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** The columns of a subscription; the time at which the clock looks at it is reckoned apart. */
export function toColumns(sub: Sub, nextActionAt: Date | null) {
  return {
    customer_id: toUuid(sub.customerId),
    plan_version_id: toUuid(sub.planVersionId),
    status: sub.status,
    has_access: sub.hasAccess,
    quantity: sub.quantity,
    currency: sub.currency,
    interval: sub.interval,
    amount_minor: sub.unitMinor,
    provider: sub.provider,
    provider_subscription_id: sub.providerSubscriptionId,
    coupon_id: sub.couponId && toUuid(sub.couponId),
    coupon_until: sub.couponUntil,
    anchor_at: sub.anchorAt,
    time_zone: sub.timeZone,
    period_number: sub.periodNumber,
    current_period_start: sub.periodStart,
    current_period_end: sub.periodEnd,
    trial_end: sub.trialEnd,
    cancel_at: sub.cancelAt,
    cancel_reason: sub.cancelReason,
    cancel_comment: sub.cancelComment,
    canceled_at: sub.canceledAt,
    ended_at: sub.endedAt,
    late_until: sub.lateUntil,
    paused_at: sub.pausedAt,
    resumes_at: sub.resumesAt,
    payment_due_at: sub.paymentDueAt,
    past_due_at: sub.pastDueAt,
    grace_until: sub.graceUntil,
    dunning_step: sub.dunningStep,
    told_of: sub.toldOf,
    metadata: sub.metadata as Prisma.InputJsonObject, // Safe: it came as JSON.
    next_action_at: nextActionAt,
  } satisfies Prisma.SubscriptionUncheckedUpdateInput;
}

export function toChange(row: ChangeRow): SubscriptionChange {
  return {
    id: fromUuid("sch", row.id),
    // Safe, as are the next four: written by insertChange(), or CHECK constraints.
    kind: row.kind as ChangeKind,
    status: row.status as SubscriptionChange["status"],
    effective_at: row.effective_at.toISOString(),
    before: row.before as Terms | null,
    after: row.after as Terms | null,
    money: row.money as Quote | null,
    invoice_id: row.invoice_id && fromUuid("ivc", row.invoice_id),
    reason: row.reason,
    created_at: row.created_at.toISOString(),
    closed_at: row.closed_at?.toISOString() ?? null,
  };
}
