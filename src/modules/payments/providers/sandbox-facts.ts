import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type {
  Fact,
  ProviderMethod,
  ProviderPayment,
  ProviderRefund,
} from "../provider";
import {
  findThing,
  lockThing,
  updateThing,
  type SandboxThing,
} from "../queries/sandbox";

/** What a thing of the sandbox is now, by its id. */
export async function factOf(ctx: Ctx, id: string): Promise<Fact | null> {
  const payment = await findThing(ctx, "payment", id);
  if (payment) return paymentFact(payment);
  const method = await findThing(ctx, "method", id);
  if (method) return methodFact(method);
  const session = await findThing(ctx, "session", id);
  if (session)
    return {
      kind: "checkout",
      providerSessionId: id,
      status:
        session.data.state === "authenticating" ? "open" : session.data.state,
    };
  const refund = await findThing(ctx, "refund", id);
  return refund && refundFact(refund);
}

export function paymentFact({
  id,
  customer,
  data,
}: SandboxThing<"payment">): ProviderPayment {
  return {
    kind: "payment",
    providerPaymentId: id,
    paymentId: data.payment_id,
    invoiceId: data.invoice_id,
    customerId: data.customer_id,
    externalId: customer,
    isBilledThere: false,
    status: data.status,
    minor: BigInt(data.minor),
    currency: data.currency,
    method: "card",
    providerMethodId: data.method_id,
    failure: data.failure,
    paidAt: data.paid_at === null ? null : new Date(data.paid_at),
  };
}

export function refundFact({
  id,
  data,
}: SandboxThing<"refund">): ProviderRefund {
  return {
    kind: "refund",
    providerRefundId: id,
    providerPaymentId: data.payment,
    refundId: data.refund_id,
    status: data.status,
    minor: BigInt(data.minor),
    currency: data.currency,
    reason: data.reason,
    failureMessage: null,
  };
}

function methodFact({
  id,
  customer,
  data,
}: SandboxThing<"method">): ProviderMethod {
  return {
    kind: "method",
    providerMethodId: id,
    externalId: customer,
    type: "card",
    brand: data.brand,
    lastFour: data.last_four,
    expiresMonth: data.expires_month,
    expiresYear: data.expires_year,
    isAttached: data.is_attached,
  };
}

/** A refund of the sandbox goes through when its event is sent. */
export async function passRefund(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const refund = await lockThing(tx, "refund", id);
    if (refund?.data.status === "pending")
      await updateThing(tx, refund, { ...refund.data, status: "succeeded" });
  });
}
