import { customerNames, holdCustomer } from "@/modules/customers";
import { getInvoice } from "@/modules/invoices";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { newId, toUuid } from "@/shared/ids";
import type { HostedName } from "../contract/parts";
import { laterStatus } from "../payment-status";
import type {
  Fact,
  ProviderNotice,
  ProviderPayment,
  ProviderRefund,
} from "../provider";
import { closeCheckout, findCheckout } from "../queries/checkouts";
import { findCustomerOf, findKnownMethod } from "../queries/methods";
import {
  findPaymentRow,
  insertPayment,
  updatePayment,
} from "../queries/payments";
import { toPayment, type StoredPayment } from "../queries/row";
import { applyDispute } from "./disputes";
import { forgetCustomer, keepMethod } from "./methods";
import { markUnpaid } from "./failed";
import { begin, endRefund, holdRefund, keepFailed } from "./refunds";
import { settle } from "./settle";

/**
 * Let what a provider says of its objects hold here too, in the caller's transaction. It may come
 * twice and in any order: what is known already, or newer, stays. Null, or why it concerns nobody.
 */
export async function applyFact(
  tx: TxCtx,
  provider: HostedName,
  fact: Fact,
): Promise<string | null> {
  switch (fact.kind) {
    case "payment":
      return applyProviderPayment(tx, provider, fact);
    case "refund":
      return applyRefund(tx, provider, fact);
    case "dispute":
      return applyDispute(tx, provider, fact);
    case "method":
      return keepMethod(tx, provider, fact);
    case "checkout":
      return applyCheckout(tx, provider, fact.providerSessionId, fact.status);
    case "notice":
      return tellNotice(tx, provider, fact);
    case "customer_gone":
      return forgetCustomer(tx, provider, fact.externalId);
    default:
      return fact satisfies never;
  }
}

/** The same for one payment: it is written when it is new, and takes effect when it has succeeded. */
export async function applyProviderPayment(
  tx: TxCtx,
  provider: HostedName,
  fact: ProviderPayment,
): Promise<string | null> {
  const customerId = await customerOf(tx, provider, fact);
  if (!customerId) return "The payment is of no customer here.";
  await holdCustomer(tx, customerId);
  const method = fact.providerMethodId
    ? await findKnownMethod(tx, provider, fact.providerMethodId)
    : null;
  const known =
    (await findKnown(tx, provider, customerId, fact)) ??
    (await write(tx, provider, customerId, fact));
  const status = laterStatus(known.status, fact.status);
  const isNew = known.created;
  if (status === known.status && !isNew) return null;
  const payment = await updatePayment(tx, known.id, {
    provider_payment_id: fact.providerPaymentId,
    method: fact.method,
    ...(method && { payment_method_id: toUuid(method.id) }),
    // What came counts, should it differ from what was asked for.
    ...(status === "succeeded" && { amount_minor: fact.minor }),
  });
  if (status !== "succeeded") {
    await markUnpaid(tx, payment, status, fact.failure);
    return null;
  }
  const invoices = payment.invoice_id ? [payment.invoice_id] : [];
  const paidAt = fact.paidAt ?? tx.now();
  await settle(tx, payment, invoices, paidAt, fact.isBilledThere);
  return null;
}

type Known = StoredPayment & { created: boolean };

async function findKnown(
  tx: TxCtx,
  provider: HostedName,
  customerId: string,
  fact: ProviderPayment,
): Promise<Known | null> {
  const row =
    (await findPaymentRow(tx, {
      provider,
      provider_payment_id: fact.providerPaymentId,
    })) ??
    (fact.paymentId && (await findPaymentRow(tx, { id: fact.paymentId })));
  if (!row) return null;
  const payment = toPayment(row);
  const isOurs =
    payment.provider === provider && payment.customer_id === customerId;
  // Whatever a provider's metadata says, it never touches the payment of somebody else.
  return isOurs ? { ...payment, created: false } : null;
}

async function write(
  tx: TxCtx,
  provider: HostedName,
  customerId: string,
  fact: ProviderPayment,
): Promise<Known> {
  const id = newId("pay");
  await insertPayment(tx, {
    id,
    customerId,
    status: "pending",
    currency: fact.currency,
    minor: fact.minor,
    provider,
    providerPaymentId: fact.providerPaymentId,
    method: fact.method,
    invoiceId: await invoiceOf(tx, customerId, fact),
  });
  const row = await findPaymentRow(tx, { id });
  if (!row) throw new Error(`The payment ${fact.providerPaymentId} was lost.`);
  return { ...toPayment(row), created: true };
}

async function customerOf(
  tx: TxCtx,
  provider: HostedName,
  {
    customerId,
    externalId,
  }: Pick<ProviderPayment, "customerId" | "externalId">,
): Promise<string | null> {
  const known = externalId && (await findCustomerOf(tx, provider, externalId));
  if (known) return known;
  if (!customerId) return null;
  const names = await customerNames(tx, [customerId]);
  return names.has(customerId) ? customerId : null;
}

/** The invoice that a provider was told of, if it is one of this customer. */
async function invoiceOf(
  tx: TxCtx,
  customerId: string,
  { invoiceId }: ProviderPayment,
): Promise<string | null> {
  if (!invoiceId) return null;
  const invoice = await getInvoice(tx, invoiceId).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "NOT_FOUND") return null;
    throw error;
  });
  return invoice?.customer_id === customerId ? invoiceId : null;
}

async function tellNotice(
  tx: TxCtx,
  provider: HostedName,
  notice: ProviderNotice,
): Promise<string | null> {
  const customer_id = await customerOf(tx, provider, notice);
  if (!customer_id) return "It is about no customer here.";
  await emit(tx, {
    name: `provider.${notice.name}`,
    payload: { provider, ...notice.payload, customer_id },
  });
  return null;
}

async function applyRefund(
  tx: TxCtx,
  provider: HostedName,
  fact: ProviderRefund,
): Promise<string | null> {
  const { providerRefundId, status } = fact;
  const row =
    (await holdRefund(tx, { provider_refund_id: providerRefundId })) ??
    (fact.refundId ? await holdRefund(tx, { id: fact.refundId }) : null);
  if (row) {
    if (status !== "pending")
      await endRefund(tx, row, status, providerRefundId, fact.failureMessage);
    return null;
  }
  const found = await findPaymentRow(tx, {
    provider,
    provider_payment_id: fact.providerPaymentId,
  });
  if (!found) return "The refund is of no payment here.";
  const { customer_id } = toPayment(found);
  await holdCustomer(tx, customer_id);
  // Somebody else may have written it while this one waited.
  if (await holdRefund(tx, { provider_refund_id: providerRefundId }))
    return applyRefund(tx, provider, fact);
  const payment = await findPaymentRow(tx, {
    provider,
    provider_payment_id: fact.providerPaymentId,
  });
  if (payment?.status !== "succeeded")
    throw new Error("The payment that this refunds has not come in yet.");
  const refund = {
    ...{ id: newId("rfd"), minor: fact.minor, reason: fact.reason },
    ...{ status, providerRefundId },
  };
  if (status === "failed" || status === "canceled")
    await keepFailed(tx, toPayment(payment), refund, fact.failureMessage);
  else await begin(tx, toPayment(payment), refund);
  return null;
}

async function applyCheckout(
  tx: TxCtx,
  provider: HostedName,
  provider_session_id: string,
  status: "open" | "completed" | "expired",
): Promise<string | null> {
  const found = await findCheckout(tx, { provider, provider_session_id });
  if (!found) return "The checkout is none of this app.";
  if (status === "open") return null;
  if (await closeCheckout(tx, found.id, status))
    await emit(tx, {
      name: `checkout.${status}`,
      payload: {
        checkout_id: found.id,
        customer_id: found.customer_id,
        purpose: found.purpose,
        invoice_id: found.invoice_id,
        subscription_id: found.subscription_id,
      },
    });
  return null;
}
