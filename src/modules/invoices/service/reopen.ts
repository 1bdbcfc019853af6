import { record } from "@/modules/audit";
import { changeTotals } from "@/modules/customers";
import { post } from "@/modules/ledger";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { fromUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import { updateInvoice } from "../queries/invoices";
import type { StoredInvoice } from "../queries/row";
import { assertStatus, hold, type Held } from "./held";
import { dueOf } from "./settle";

/**
 * So many minor units that a payment had paid of an invoice were taken back from us: they are due
 * again, in the caller's transaction. The payments module books the money (receivable against cash)
 * and keeps the allocation, as for `applyPayment`. What was written off stays so. Throws NOT_FOUND,
 * CONFLICT when the invoice is a draft or void.
 */
export async function reopenInvoice(
  tx: TxCtx,
  invoiceId: string,
  paymentId: string,
  minor: bigint,
): Promise<StoredInvoice> {
  const held = await hold(tx, invoiceId);
  assertStatus(held, ["paid", "open", "uncollectible"], "opened again");
  const { row, customer } = held;
  const paid_minor = row.paid_minor - minor;
  const isPaid = row.status === "paid";
  if (row.status === "uncollectible") await writeOff(tx, held, minor);
  const invoice = await updateInvoice(tx, {
    id: invoiceId,
    data: {
      paid_minor,
      due_minor: dueOf({ ...row, paid_minor }),
      payment_status: paid_minor > 0n ? "partially_paid" : "unpaid",
      // Whether it is late is found, counted and told anew.
      ...(isPaid && { status: "open", paid_at: null, overdue_at: null }),
    },
  });
  if (isPaid) await changeTotals(tx, customer.id, { invoices_outstanding: 1 });
  await record(tx, {
    action: "invoice.reopened",
    target: { kind: "invoice", id: invoiceId },
    customerId: customer.id,
    before: { status: row.status, due: money(row.due_minor, row.currency) },
    after: { status: invoice.status, due: invoice.due, payment_id: paymentId },
  });
  await emit(tx, {
    name: "invoice.reopened",
    payload: {
      invoice_id: invoiceId,
      customer_id: customer.id,
      subscription_id: invoice.subscription_id,
      payment_id: paymentId,
    },
  });
  return invoice;
}

async function writeOff(
  tx: TxCtx,
  { row }: Held,
  minor: bigint,
): Promise<void> {
  await post(tx, {
    kind: "write_off",
    reason: `Written off again: ${row.number}`,
    customerId: fromUuid("cus", row.customer_id),
    currency: row.currency,
    invoiceId: fromUuid("ivc", row.id),
    entries: [
      { account: "bad_debt", minor },
      { account: "receivable", minor: -minor },
    ],
  });
}
