import { record } from "@/modules/audit";
import { changeTotals, holdCustomer } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { applyPayment, nextReceiptNumber } from "@/modules/invoices";
import { post } from "@/modules/ledger";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { insertAllocation, updatePayment } from "../queries/payments";
import type { StoredPayment } from "../queries/row";
import { invoiceAt } from "./invoice-at";

/**
 * A payment's money is in: it pays the invoices, in their order, as far as they are due; the rest
 * is the customer's credit. Once only: the caller holds the customer, and the payment has not
 * succeeded yet. Each invoice is looked at as it is now, so one that was paid meanwhile is passed.
 * What paid an invoice of the provider's own (`isBilledThere`) is revenue, and no credit.
 */
export async function settle(
  tx: TxCtx,
  payment: StoredPayment,
  invoiceIds: string[],
  paidAt: Date,
  isBilledThere = false,
): Promise<StoredPayment> {
  const customer = await holdCustomer(tx, payment.customer_id);
  const total = BigInt(payment.amount.amount);
  let left = total;
  for (const id of invoiceIds) left -= await allocate(tx, payment, id, left);
  const settled = await updatePayment(tx, payment.id, {
    status: "succeeded",
    failure_code: null,
    failure_message: null,
    unallocated_minor: isBilledThere ? 0n : left,
    paid_at: paidAt,
    receipt_number: await nextReceiptNumber(tx, customer.id),
  });
  const rest = isBilledThere ? "revenue" : "customer_credit";
  await book(tx, settled, total, { account: rest, minor: left });
  await count(tx, customer, payment, total, paidAt);
  await told(tx, payment, settled);
  return settled;
}

async function allocate(
  tx: TxCtx,
  { id, customer_id, amount }: StoredPayment,
  invoiceId: string,
  left: bigint,
): Promise<bigint> {
  const invoice = await invoiceAt(tx, invoiceId);
  const isPayable =
    ["open", "uncollectible"].includes(invoice.status) &&
    invoice.customer_id === customer_id &&
    invoice.currency === amount.currency;
  const due = isPayable ? BigInt(invoice.due.amount) : 0n;
  const part = due < left ? due : left;
  if (part <= 0n) return 0n;
  await insertAllocation(tx, id, invoiceId, part);
  await applyPayment(tx, invoiceId, id, part);
  return part;
}

async function book(
  tx: TxCtx,
  payment: StoredPayment,
  total: bigint,
  rest: { account: "customer_credit" | "revenue"; minor: bigint },
): Promise<void> {
  await post(tx, {
    kind: "payment",
    reason: `Payment ${payment.receipt_number}`,
    customerId: payment.customer_id,
    currency: payment.amount.currency,
    invoiceId: payment.allocations[0]?.invoice_id ?? null,
    paymentId: payment.id,
    onceKey: `${payment.id}:succeeded`,
    entries: [
      { account: "cash", minor: total },
      { account: "receivable", minor: rest.minor - total },
      { account: rest.account, minor: -rest.minor },
    ],
  });
}

async function count(
  tx: TxCtx,
  customer: Customer,
  { amount }: StoredPayment,
  total: bigint,
  paidAt: Date,
): Promise<void> {
  const last = customer.last_payment_at;
  const isLatest = last === null || new Date(last) < paidAt;
  const isCounted = customer.currency === amount.currency;
  await changeTotals(tx, customer.id, {
    // The totals are in the customer's own currency.
    ...(isCounted && { revenue_minor: total }),
    ...(isLatest && { last_payment_at: paidAt }),
  });
}

async function told(
  tx: TxCtx,
  before: StoredPayment,
  after: StoredPayment,
): Promise<void> {
  const { id, customer_id } = after;
  await record(tx, {
    action: "payment.succeeded",
    target: { kind: "payment", id },
    customerId: customer_id,
    before: { status: before.status },
    after: {
      status: after.status,
      amount: after.amount,
      provider: after.provider,
      method: after.method,
      receipt_number: after.receipt_number,
      credited: after.credited,
      invoices: after.allocations.map(({ invoice_id }) => invoice_id),
    },
  });
  await emit(tx, {
    name: "payment.succeeded",
    payload: {
      payment_id: id,
      customer_id,
      invoice_id: after.invoice_id ?? after.allocations[0]?.invoice_id ?? null,
      provider: after.provider,
    },
  });
}
