import { setPaymentStatus } from "@/modules/invoices";
import type { TxCtx } from "@/platform/context";
import { findPaying } from "../queries/payments";
import type { StoredPayment } from "../queries/row";

/** Have the invoices that a payment paid say how much of what paid them went back. */
export async function tellInvoices(
  tx: TxCtx,
  { allocations }: StoredPayment,
): Promise<void> {
  for (const { invoice_id } of allocations) {
    const payments = await findPaying(tx, invoice_id);
    const isBack = payments.some((one) => keptOf(one) < allottedOf(one));
    const isAll = payments.every((one) => keptOf(one) <= 0);
    const part = isBack ? "partially_refunded" : "paid";
    await setPaymentStatus(tx, invoice_id, isAll ? "refunded" : part);
  }
}

// What of a payment is neither given back nor credit. A refund on its way may yet fail.
function keptOf({ amount, credited, refunds }: StoredPayment): number {
  const back = refunds
    .filter(({ status }) => status === "succeeded")
    .reduce((sum, refund) => sum + refund.amount.amount, 0);
  return amount.amount - back - credited.amount;
}

function allottedOf({ allocations }: StoredPayment): number {
  return allocations.reduce((sum, { amount }) => sum + amount.amount, 0);
}
