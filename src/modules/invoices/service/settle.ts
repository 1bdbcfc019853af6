import { record } from "@/modules/audit";
import { changeTotals } from "@/modules/customers";
import { post } from "@/modules/ledger";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { fromUuid } from "@/shared/ids";
import { formatMoney, money } from "@/shared/money";
import type { PaymentStatus } from "../contract";
import { updateInvoice } from "../queries/invoices";
import type { StoredInvoice } from "../queries/row";
import { assertStatus, hold, type Held } from "./held";

/**
 * Let a payment pay so many minor units of an invoice, in the caller's transaction. The payments
 * module books the money (cash against receivable) and keeps the allocation; here the invoice,
 * and what depends on it, follow. What was written off is recovered. Throws NOT_FOUND, CONFLICT
 * when it is not due, or less than that is.
 */
export async function applyPayment(
  tx: TxCtx,
  invoiceId: string,
  paymentId: string,
  minor: bigint,
): Promise<StoredInvoice> {
  const held = await hold(tx, invoiceId);
  assertStatus(held, ["open", "uncollectible"], "paid");
  const { row } = held;
  if (minor <= 0n || minor > row.due_minor)
    throw new DomainError(
      "CONFLICT",
      `Only ${formatMoney(money(row.due_minor, row.currency))} of ${row.number} is due. Give that much at most; the rest becomes credit.`,
      { due: money(row.due_minor, row.currency) },
    );
  if (row.status === "uncollectible") await recover(tx, held, minor);
  return lower(tx, held, { paid_minor: row.paid_minor + minor }, paymentId);
}

/** Say how an invoice's payment goes: tried, failed, given back in part or whole, or kept after all. */
export async function setPaymentStatus(
  tx: TxCtx,
  invoiceId: string,
  status: Extract<
    PaymentStatus,
    "unpaid" | "pending" | "failed" | "paid" | "partially_refunded" | "refunded"
  >,
): Promise<StoredInvoice> {
  const { row } = await hold(tx, invoiceId);
  // Of a part that is paid it stays said while more of it is tried.
  const isBack = status === "refunded" || status === "partially_refunded";
  const isPart = !isBack && row.paid_minor > 0n;
  const isWhole = status === "paid" && row.due_minor === 0n;
  const payment_status = isPart && !isWhole ? "partially_paid" : status;
  return updateInvoice(tx, { id: invoiceId, data: { payment_status } });
}

/** Write what lowers the debt; what is due follows, and the end of it. */
export async function lower(
  tx: TxCtx,
  { row, customer, now }: Held,
  change:
    | { paid_minor: bigint }
    | { credited_minor: bigint; returned_minor: bigint }
    | { credit_minor: bigint },
  paymentId: string | null,
): Promise<StoredInvoice> {
  const due = dueOf({ ...row, ...change });
  const ends = due === 0n && row.status !== "paid";
  const invoice = await updateInvoice(tx, {
    id: fromUuid("ivc", row.id),
    data: {
      ...change,
      due_minor: due,
      ...(paymentId && {
        payment_status: due === 0n ? "paid" : "partially_paid",
      }),
      ...(ends && { status: "paid", payment_status: "paid", paid_at: now }),
    },
  });
  if (ends && row.status === "open")
    await changeTotals(tx, customer.id, noLongerOpen(row));
  if (!paymentId && !ends) return invoice;
  const { id, customer_id, subscription_id, reason } = invoice;
  const name = ends ? "invoice.paid" : "invoice.partially_paid";
  await record(tx, {
    action: name,
    target: { kind: "invoice", id },
    customerId: customer_id,
    before: { status: row.status, due: money(row.due_minor, row.currency) },
    after: { status: invoice.status, due: invoice.due, payment_id: paymentId },
  });
  await emit(tx, {
    name,
    payload: {
      invoice_id: id,
      customer_id,
      subscription_id,
      reason,
      payment_id: paymentId,
    },
  });
  return invoice;
}

/** What is due of an invoice by its sums: never less than nothing, of a negative total too. */
export function dueOf(
  sums: Pick<Held["row"], "total_minor" | "credit_minor" | "paid_minor"> &
    Pick<Held["row"], "credited_minor" | "returned_minor">,
): bigint {
  const lowered = sums.credit_minor + sums.paid_minor + sums.credited_minor;
  const rest = sums.total_minor - lowered + sums.returned_minor;
  return rest > 0n ? rest : 0n;
}

/** What an open invoice that ends takes off its customer's totals. */
export function noLongerOpen({ overdue_at }: Held["row"]) {
  return {
    invoices_outstanding: -1,
    ...(overdue_at && { invoices_overdue: -1 }),
  };
}

async function recover(tx: TxCtx, { row }: Held, minor: bigint): Promise<void> {
  await post(tx, {
    kind: "write_off",
    reason: `Recovered of ${row.number}, which was written off`,
    customerId: fromUuid("cus", row.customer_id),
    currency: row.currency,
    invoiceId: fromUuid("ivc", row.id),
    entries: [
      { account: "receivable", minor },
      { account: "bad_debt", minor: -minor },
    ],
  });
}
