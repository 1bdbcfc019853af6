import type {
  ProviderCheckout,
  ProviderDispute,
  ProviderMethod,
  ProviderPayment,
  ProviderRefund,
} from "../provider";
import type {
  DisputeState,
  PaymentState,
  RefundState,
} from "../contract/parts";
import { ourId } from "./our-id";
import { fromStripe } from "./stripe-amounts";
import type { Stripe } from "./stripe-client";

/** Stripe names an object by its id, or gives it whole where that was asked for. */
export function idOf(of: string | { id: string } | null): string | null {
  return typeof of === "string" ? of : (of?.id ?? null);
}

/** An instant of Stripe, which counts in seconds. */
export const instant = (seconds: number): Date => new Date(seconds * 1000);

/** A PaymentIntent, whose latest charge was asked for along with it. */
export function paymentFact(
  intent: Stripe.PaymentIntent,
  isBilledThere = false,
): ProviderPayment {
  const isPaid = intent.status === "succeeded";
  const amount = isPaid ? intent.amount_received : intent.amount;
  const { latest_charge: charge, last_payment_error: error } = intent;
  const details = typeof charge === "string" ? null : charge;
  const type = details?.payment_method_details?.type;
  return {
    kind: "payment",
    providerPaymentId: intent.id,
    paymentId: ourId("pay", intent.metadata["payment_id"]),
    invoiceId: ourId("ivc", intent.metadata["invoice_id"]),
    customerId: ourId("cus", intent.metadata["customer_id"]),
    externalId: idOf(intent.customer),
    isBilledThere,
    status: stateOf(intent),
    ...fromStripe(amount, intent.currency),
    method: type ?? intent.payment_method_types[0] ?? "card",
    providerMethodId: idOf(intent.payment_method),
    failure:
      !isPaid && error
        ? {
            code: error.code ?? error.type,
            message: error.message ?? "The payment was declined.",
          }
        : null,
    paidAt: isPaid ? instant(details?.created ?? intent.created) : null,
  };
}

/** Whether somebody has tried to pay it: one that waits is no payment yet. */
export function isTried(intent: Stripe.PaymentIntent): boolean {
  const waits = ["requires_payment_method", "requires_confirmation"];
  return !waits.includes(intent.status) || intent.last_payment_error !== null;
}

function stateOf({
  status,
  last_payment_error,
}: Stripe.PaymentIntent): PaymentState {
  if (status === "requires_payment_method")
    return last_payment_error ? "failed" : "pending";
  // The others are on their way: processing, requires_capture, and what Stripe may add.
  const states = ["succeeded", "canceled", "requires_action"] as const;
  return states.find((state) => state === status) ?? "pending";
}

/** Null for a refund of a charge that no PaymentIntent made. */
export function refundFact(refund: Stripe.Refund): ProviderRefund | null {
  const payment = idOf(refund.payment_intent);
  if (!payment) return null;
  return {
    kind: "refund",
    providerRefundId: refund.id,
    providerPaymentId: payment,
    refundId: ourId("rfd", refund.metadata?.["refund_id"]),
    status: refundState(refund.status),
    ...fromStripe(refund.amount, refund.currency),
    reason: (
      refund.metadata?.["reason"] ??
      refund.reason ??
      "Refunded at Stripe"
    ).slice(0, 500),
    failureMessage: refund.failure_reason ?? null,
  };
}

function refundState(status: string | null): RefundState {
  const ends = ["succeeded", "failed", "canceled"] as const;
  return ends.find((end) => end === status) ?? "pending";
}

/** Null for a dispute of a charge that no PaymentIntent made. */
export function disputeFact(dispute: Stripe.Dispute): ProviderDispute | null {
  const payment = idOf(dispute.payment_intent);
  if (!payment) return null;
  return {
    kind: "dispute",
    providerDisputeId: dispute.id,
    providerPaymentId: payment,
    status: disputeState(dispute.status),
    ...fromStripe(dispute.amount, dispute.currency),
    reason: dispute.reason.replaceAll("_", " "),
  };
}

// An inquiry that is closed, and a dispute that was prevented, have taken nothing.
function disputeState(status: string): DisputeState {
  if (status === "lost") return "lost";
  return ["won", "warning_closed", "prevented"].includes(status)
    ? "won"
    : "open";
}

export function methodFact(
  method: Stripe.PaymentMethod,
  isDefault = false,
): ProviderMethod {
  const { card, us_bank_account, sepa_debit } = method;
  return {
    kind: "method",
    providerMethodId: method.id,
    externalId: idOf(method.customer),
    type: method.type,
    brand: card?.brand ?? us_bank_account?.bank_name ?? null,
    lastFour:
      card?.last4 ?? us_bank_account?.last4 ?? sepa_debit?.last4 ?? null,
    expiresMonth: card?.exp_month ?? null,
    expiresYear: card?.exp_year ?? null,
    isAttached: method.customer !== null,
    isDefault,
  };
}

export function checkoutFact(
  session: Stripe.Checkout.Session,
): ProviderCheckout {
  const { id, status } = session;
  const open = status === "expired" ? "expired" : "open";
  return {
    kind: "checkout",
    providerSessionId: id,
    status: status === "complete" ? "completed" : open,
  };
}
