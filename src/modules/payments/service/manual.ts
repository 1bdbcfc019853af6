import { billingNow, holdCustomer } from "@/modules/customers";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, invalid } from "@/shared/errors";
import { newId } from "@/shared/ids";
import { formatMoney } from "@/shared/money";
import type { Payment, PaymentInput } from "../contract";
import { findPayment, insertPayment } from "../queries/payments";
import type { StoredPayment } from "../queries/row";
import { invoiceAt } from "./invoice-at";
import { withName } from "./read";
import { settle } from "./settle";

/**
 * Record money that was received by hand: cash, a transfer, mobile money, a check. It pays the
 * invoices named as far as they are due, and the rest is credit. Needs billing:write; throws
 * NOT_FOUND, VALIDATION_FAILED, CONFLICT when an invoice cannot be paid.
 */
export async function receivePayment(
  ctx: Ctx,
  input: PaymentInput,
): Promise<Payment> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) =>
    withName(tx, await recordManual(tx, input)),
  );
}

/** The same in the caller's transaction; the caller has authorised. */
export async function recordManual(
  tx: TxCtx,
  input: PaymentInput,
): Promise<StoredPayment> {
  const customer = await holdCustomer(tx, input.customer_id);
  const now = await billingNow(tx, customer.id);
  const paidAt = input.paid_at ? new Date(input.paid_at) : now;
  if (paidAt > now)
    throw invalid([
      { field: "body.paid_at", message: "must not lie in the future" },
    ]);
  const invoiceIds = [...new Set(input.invoice_ids ?? [])];
  for (const id of invoiceIds) await assertPayable(tx, id, input);
  const id = newId("pay");
  await insertPayment(tx, {
    id,
    customerId: customer.id,
    status: "succeeded",
    currency: input.amount.currency,
    minor: BigInt(input.amount.amount),
    provider: "manual",
    method: input.method,
    invoiceId: invoiceIds[0] ?? null,
    reference: input.reference ?? null,
    note: input.note ?? null,
  });
  const payment = await findPayment(tx, id);
  if (!payment) throw new Error(`${id} was not written.`);
  return settle(tx, payment, invoiceIds, paidAt);
}

async function assertPayable(
  tx: TxCtx,
  id: string,
  { customer_id, amount }: PaymentInput,
): Promise<void> {
  const invoice = await invoiceAt(tx, id);
  if (invoice.customer_id !== customer_id)
    throw invalid([
      {
        field: "body.invoice_ids",
        message: `${id} is not an invoice of this customer`,
      },
    ]);
  if (invoice.currency !== amount.currency)
    throw invalid([
      {
        field: "body.amount.currency",
        message: `must be that of the invoice, ${invoice.currency}`,
      },
    ]);
  if (!["open", "uncollectible"].includes(invoice.status))
    throw new DomainError(
      "CONFLICT",
      `${invoice.number ?? "This draft"} is ${invoice.status}, with ${formatMoney(invoice.due)} due, so there is nothing to pay. Leave it out to keep the money as credit.`,
      { invoice_id: id, status: invoice.status },
    );
}
