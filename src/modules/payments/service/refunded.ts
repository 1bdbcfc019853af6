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
    const isBack = payments.some((one) => refundedOf(one) > 0);
    const isAll = payments.every(
      (one) => refundedOf(one) === one.amount.amount,
    );
    const part = isBack ? "partially_refunded" : "paid";
    await setPaymentStatus(tx, invoice_id, isAll ? "refunded" : part);
  }
}

// What is still on its way may yet fail.
function refundedOf({ refunds }: StoredPayment): number {
  return refunds
    .filter(({ status }) => status === "succeeded")
    .reduce((sum, { amount }) => sum + amount.amount, 0);
}
