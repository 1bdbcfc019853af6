import { record } from "@/modules/audit";
import { holdCurrency, holdCustomer } from "@/modules/customers";
import { addJob } from "@/platform/add-job";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { fromUuid, newId } from "@/shared/ids";
import type { HostedName } from "../contract/parts";
import { ProviderError } from "../provider";
import { findMethod, findMethods, type StoredMethod } from "../queries/methods";
import { findPayment, findUnderWay, insertPayment } from "../queries/payments";
import { findRefundRow } from "../queries/refunds";
import type { StoredPayment } from "../queries/row";
import { invoiceAt } from "./invoice-at";
import { externalIdOf } from "./external";
import { applyFact, applyProviderPayment } from "./facts";
import { markUnpaid } from "./failed";
import { chargesSaved, findProvider } from "./providers";
import { endRefund, holdRefund } from "./refunds";

/** The job that charges a payment that was written. */
export const chargeTask = "payments_charge";

/**
 * Charge what is due of an invoice to its customer's default method: here the payment is written,
 * and a job asks the provider once the caller's transaction is committed. Null, with the event
 * `payment.failed`, when there is no method to charge. Throws CONFLICT while another try of the
 * same invoice is under way, or nothing is due. The caller has authorised.
 */
export async function collect(
  tx: TxCtx,
  invoiceId: string,
): Promise<StoredPayment | null> {
  const { customer_id } = await invoiceAt(tx, invoiceId);
  await holdCurrency(tx, customer_id);
  const invoice = await invoiceAt(tx, invoiceId);
  const isPayable = ["open", "uncollectible"].includes(invoice.status);
  if (!isPayable || invoice.due.amount <= 0)
    throw new DomainError(
      "CONFLICT",
      `${invoice.number ?? "This draft"} is ${invoice.status}: there is nothing to charge.`,
      { status: invoice.status },
    );
  const other = await findUnderWay(tx, invoiceId);
  if (other)
    throw new DomainError(
      "CONFLICT",
      "A payment of this invoice is under way. Wait until it has come in, or has failed.",
      { payment_id: other.id, status: other.status },
    );
  const method = await chargeable(tx, customer_id);
  if (!method) {
    await emit(tx, {
      name: "payment.failed",
      payload: {
        payment_id: null,
        customer_id,
        invoice_id: invoiceId,
        provider: null,
        failure_code: "no_payment_method",
        is_on_page: false,
      },
    });
    return null;
  }
  const id = newId("pay");
  await insertPayment(tx, {
    id,
    customerId: customer_id,
    status: "pending",
    currency: invoice.due.currency,
    minor: BigInt(invoice.due.amount),
    provider: method.provider,
    method: method.kind,
    paymentMethodId: method.id,
    invoiceId,
  });
  const payment = await findPayment(tx, id);
  if (!payment) throw new Error(`${id} was not written.`);
  await addJob(tx, chargeTask, { payment_id: id, customer_id });
  await record(tx, {
    action: "payment.started",
    target: { kind: "payment", id },
    customerId: customer_id,
    after: {
      invoice_id: invoiceId,
      amount: payment.amount,
      provider: method.provider,
      payment_method_id: method.id,
    },
  });
  return markUnpaid(tx, payment, "pending", null);
}

/** Whether a customer has a default method that can be charged; the caller has authorised. */
export async function canCharge(
  ctx: Ctx,
  customerId: string,
): Promise<boolean> {
  return (await chargeable(ctx, customerId)) !== null;
}

/** The method that would be charged, if there is one that can be. */
export async function chargeable(
  ctx: Ctx,
  customerId: string,
): Promise<StoredMethod | null> {
  const [first] = await findMethods(ctx, customerId);
  const isUsable =
    first?.is_default && !first.is_expired && chargesSaved(first.provider);
  return isUsable ? first : null;
}

/** Ask the provider for the money of a payment that was written. The provider answers twice alike. */
export async function charge(ctx: Ctx, paymentId: string): Promise<void> {
  const payment = await findPayment(ctx, paymentId);
  if (payment?.status !== "pending" || !payment.payment_method_id) return;
  const { customer_id, invoice_id, amount } = payment;
  const provider = await findProvider(payment.provider as HostedName); // Safe: no manual one has a method.
  const method = await findMethod(ctx, payment.payment_method_id);
  if (!provider || !method || !invoice_id)
    return fail(ctx, payment, {
      code: "method_gone",
      message: "The payment method was removed before it was charged.",
    });
  const invoice = await invoiceAt(ctx, invoice_id);
  try {
    const charged = await provider.charge(ctx, {
      paymentId,
      externalId: await externalIdOf(ctx, provider, customer_id),
      customerId: customer_id,
      invoiceId: invoice_id,
      providerMethodId: method.provider_method_id,
      minor: BigInt(amount.amount),
      currency: amount.currency,
      description: `Invoice ${invoice.number ?? ""}`.trim(),
    });
    await transaction(ctx, (tx) =>
      applyProviderPayment(tx, provider.name, charged),
    );
  } catch (error) {
    // What may still have gone through is asked for again, with the same id.
    if (!(error instanceof ProviderError && error.isFinal)) throw error;
    await fail(ctx, payment, { code: "refused", message: error.message });
  }
}

async function fail(
  ctx: Ctx,
  { id, customer_id }: StoredPayment,
  failure: { code: string; message: string },
): Promise<void> {
  await transaction(ctx, async (tx) => {
    await holdCustomer(tx, customer_id);
    const payment = await findPayment(tx, id);
    if (payment?.status === "pending")
      await markUnpaid(tx, payment, "failed", failure);
  });
}

/** Ask the provider to give back what a refund says. It answers twice alike. */
export async function sendRefund(ctx: Ctx, refundId: string): Promise<void> {
  const row = await findRefundRow(ctx, { id: refundId });
  if (row?.status !== "pending") return;
  const payment = await findPayment(ctx, fromUuid("pay", row.payment_id));
  const provider =
    payment && (await findProvider(payment.provider as HostedName)); // Safe: manual ones are never pending.
  if (!provider || !payment.provider_payment_id)
    throw new Error("The provider of this payment is not set up any more.");
  try {
    const fact = await provider.refund(ctx, {
      refundId,
      providerPaymentId: payment.provider_payment_id,
      minor: row.amount_minor,
      currency: row.currency,
      reason: row.reason,
    });
    await transaction(ctx, (tx) => applyFact(tx, provider.name, fact));
  } catch (error) {
    if (!(error instanceof ProviderError && error.isFinal)) throw error;
    await transaction(ctx, async (tx) => {
      const held = await holdRefund(tx, { id: refundId });
      if (held) await endRefund(tx, held, "failed", null, error.message);
    });
  }
}
