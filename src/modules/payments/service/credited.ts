import { holdCustomer } from "@/modules/customers";
import type { TxCtx } from "@/platform/context";
import { newId } from "@/shared/ids";
import { findPaying } from "../queries/payments";
import type { StoredPayment } from "../queries/row";
import { begin, firstState, least, leftOf } from "./refunds";

/**
 * Give back what a credit note says is to be refunded, of the payments of its invoice, the last one
 * first. What of them went back before is not given twice.
 */
export async function refundCreditNote(
  tx: TxCtx,
  payload: Record<string, unknown>,
): Promise<void> {
  const invoiceId = String(payload["invoice_id"]);
  let rest = BigInt(String(payload["refund_minor"]));
  if (rest === 0n) return;
  await holdCustomer(tx, String(payload["customer_id"]));
  for (const payment of (await findPaying(tx, invoiceId)).toReversed()) {
    const minor = least(rest, paidOf(payment, invoiceId));
    if (minor === 0n) continue;
    await begin(tx, payment, {
      id: newId("rfd"),
      minor,
      reason: `Credit note ${String(payload["number"])}`,
      status: firstState(payment),
      creditNoteId: String(payload["credit_note_id"]),
    });
    rest -= minor;
  }
}

/** What of a payment paid the invoice, is no credit, and can still be given back. */
function paidOf(payment: StoredPayment, invoiceId: string): bigint {
  const paid = payment.allocations
    .filter(({ invoice_id }) => invoice_id === invoiceId)
    .reduce((sum, { pays }) => sum + pays.amount, 0);
  const left = leftOf(payment).amount - payment.credited.amount;
  return least(BigInt(paid), BigInt(left));
}
