import type {
  Adjustment,
  PaymentMethod,
  Subscription,
  Transaction,
} from "@paddle/paddle-node-sdk";
import type { PaymentState, RefundState } from "../contract/parts";
import type {
  ProviderDispute,
  ProviderMethod,
  ProviderNotice,
  ProviderPayment,
  ProviderRefund,
} from "../provider";
import { ourId } from "./our-id";
import { fromPaddle } from "./paddle-amounts";

/** What we gave along with an order, and Paddle keeps: texts. */
export function given(of: { customData: object | null }, name: string) {
  const value: unknown = Object.entries(of.customData ?? {}).find(
    ([key]) => key === name,
  )?.[1];
  return typeof value === "string" ? value : null;
}

/** Its methods are known by their customer's id, and their own. */
export const methodId = (customer: string, id: string) => `${customer}/${id}`;

export function paymentFact(transaction: Transaction): ProviderPayment {
  const { id, currencyCode, details, payments } = transaction;
  const [last] = payments;
  const paid = payments.find(({ capturedAt }) => capturedAt !== null) ?? last;
  const status = stateOf(transaction);
  const { customerId: there } = transaction;
  return {
    kind: "payment",
    providerPaymentId: id,
    paymentId: null,
    invoiceId: ourId("ivc", given(transaction, "invoice_id")),
    customerId: ourId("cus", given(transaction, "customer_id")),
    externalId: there,
    isBilledThere: transaction.subscriptionId !== null,
    status,
    minor: fromPaddle(details?.totals?.grandTotal ?? "0", currencyCode),
    currency: currencyCode,
    method: paid?.methodDetails?.type ?? "card",
    providerMethodId:
      there && paid?.paymentMethodId
        ? methodId(there, paid.paymentMethodId)
        : null,
    failure:
      status === "failed"
        ? {
            code: last?.errorCode ?? "declined",
            message: `Paddle says: ${(last?.errorCode ?? "declined").replaceAll("_", " ")}.`,
          }
        : null,
    paidAt:
      status === "succeeded"
        ? new Date(
            paid?.capturedAt ?? transaction.billedAt ?? transaction.updatedAt,
          )
        : null,
  };
}

/** Whether somebody has tried to pay it: a page that was only opened is no payment. */
export function isTried({ status, payments }: Transaction): boolean {
  return payments.length > 0 || !["draft", "ready", "billed"].includes(status);
}

function stateOf({ status, payments }: Transaction): PaymentState {
  if (status === "completed" || status === "paid") return "succeeded";
  if (status === "canceled") return "canceled";
  switch (payments[0]?.status) {
    case "error":
    case "dropped":
    case "canceled":
      return "failed";
    case "action_required":
      return "requires_action";
    default:
      return status === "past_due" ? "failed" : "pending";
  }
}

/** A refund's reason ends with our own id of it: Paddle keeps nothing else along with one. */
export const reasonWith = (reason: string, id: string) =>
  `${reason.slice(0, 400)} (${id})`;

export function refundFact(adjustment: Adjustment): ProviderRefund {
  const { id, transactionId, totals, currencyCode, status } = adjustment;
  const match = /^([^]*) \((rfd_\w+)\)$/.exec(adjustment.reason);
  const states: Record<Adjustment["status"], RefundState> = {
    pending_approval: "pending",
    approved: "succeeded",
    rejected: "failed",
    reversed: "canceled",
  };
  return {
    kind: "refund",
    providerRefundId: id,
    providerPaymentId: transactionId,
    refundId: ourId("rfd", match?.[2]),
    status: states[status],
    minor: fromPaddle(totals.total, currencyCode),
    currency: currencyCode,
    reason: match?.[1] ?? adjustment.reason,
    failureMessage:
      status === "rejected" ? "Paddle did not approve the refund." : null,
  };
}

export function methodFact(method: PaymentMethod): ProviderMethod {
  const { id, customerId, card, type } = method;
  return {
    kind: "method",
    providerMethodId: methodId(customerId, id),
    externalId: customerId,
    type,
    brand: card?.type ?? null,
    lastFour: card?.last4 ?? null,
    expiresMonth: card?.expiryMonth ?? null,
    expiresYear: card?.expiryYear ?? null,
    isAttached: true,
  };
}

export function subscriptionNotice(
  subscription: Subscription,
  readAt: Date,
): ProviderNotice {
  const { items, currencyCode, billingCycle, scheduledChange } = subscription;
  const [first] = items;
  const sum = items.reduce(
    (sum, { price, quantity }) =>
      sum + BigInt(price.unitPrice.amount) * BigInt(quantity),
    0n,
  );
  const of = (name: string) =>
    given(subscription, name) ?? (first ? given(first.price, name) : null);
  const isEnding = scheduledChange?.action === "cancel";
  const isKnown = ["month", "year"].includes(billingCycle.interval);
  const { status, canceledAt, currentBillingPeriod } = subscription;
  return {
    kind: "notice",
    name: "subscription_changed",
    externalId: subscription.customerId,
    customerId: ourId("cus", given(subscription, "customer_id")),
    payload: {
      provider_subscription_id: subscription.id,
      subscription_id: ourId("sub", given(subscription, "subscription_id")),
      plan_version_id: ourId("plv", of("plan_version_id")),
      plan_code: of("plan_code"),
      interval:
        isKnown && billingCycle.frequency === 1 ? billingCycle.interval : null,
      quantity: first?.quantity ?? null,
      currency: currencyCode,
      amount_minor: Number(fromPaddle(String(sum), currencyCode)),
      status,
      current_period_start: currentBillingPeriod?.startsAt ?? null,
      current_period_end: currentBillingPeriod?.endsAt ?? null,
      trial_end: first?.trialDates?.endsAt ?? null,
      cancel_at: isEnding ? scheduledChange.effectiveAt : null,
      canceled_at: canceledAt,
      ended_at: status === "canceled" ? canceledAt : null,
      read_at: readAt.toISOString(),
    },
  };
}

/**
 * The disputes of a transaction, out of all of its adjustments: a chargeback has taken the money, a
 * warning has not yet, and each of their reversals undoes the latest one before it.
 */
export function disputeFacts(adjustments: Adjustment[]): ProviderDispute[] {
  const facts: (ProviderDispute & { action: string })[] = [];
  const inOrder = adjustments.toSorted((a, b) =>
    a.createdAt < b.createdAt ? -1 : 1,
  );
  for (const one of inOrder) {
    const [action, isReverse] = one.action.split("_reverse");
    if (action !== "chargeback" && action !== "chargeback_warning") continue;
    if (isReverse === undefined) facts.push({ ...disputeFact(one), action });
    else {
      const undone = facts.findLast(
        (fact) => fact.action === action && fact.status !== "won",
      );
      if (undone) undone.status = "won";
    }
  }
  return facts;
}

function disputeFact(adjustment: Adjustment): ProviderDispute {
  const { id, transactionId, totals, currencyCode, action } = adjustment;
  const isOver = ["reversed", "rejected"].includes(adjustment.status);
  const status = action === "chargeback" ? "lost" : "open";
  return {
    kind: "dispute",
    providerDisputeId: id,
    providerPaymentId: transactionId,
    status: isOver ? "won" : status,
    minor: fromPaddle(totals.total, currencyCode),
    currency: currencyCode,
    reason: adjustment.reason,
  };
}
