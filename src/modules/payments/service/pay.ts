import { holdCustomer } from "@/modules/customers";
import { applyCredit } from "@/modules/invoices";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError } from "@/shared/errors";
import type { PayInput, PayResult } from "../contract";
import { invoiceAt } from "./invoice-at";
import { chargeable, collect } from "./collect";
import { recordManual } from "./manual";
import { withName } from "./read";
import type { StoredPayment } from "../queries/row";

/**
 * Pay an invoice from its customer's credit, by money that was received (staff only), or by
 * charging the default method, which a job does a moment later. Needs billing:write; throws
 * NOT_FOUND, FORBIDDEN, CONFLICT when it cannot be paid so.
 */
export async function payInvoice(
  ctx: Ctx,
  id: string,
  input: PayInput,
): Promise<PayResult> {
  authorize(ctx, "billing:write");
  if (input.by === "manual" && ctx.actor.kind === "customer")
    throw new DomainError(
      "FORBIDDEN",
      "Money that was received is recorded by our team. Pay from credit, or by your default method.",
    );
  return transaction(ctx, async (tx) => {
    const { customer_id } = await invoiceAt(tx, id);
    await holdCustomer(tx, customer_id);
    const payment = await pay(tx, id, input);
    const invoice = await invoiceAt(tx, id);
    return {
      invoice_id: id,
      invoice_status: invoice.status,
      due: invoice.due,
      payment: payment && (await withName(tx, payment)),
    };
  });
}

async function pay(
  tx: TxCtx,
  id: string,
  input: PayInput,
): Promise<StoredPayment | null> {
  const invoice = await invoiceAt(tx, id);
  switch (input.by) {
    case "credit":
      await applyCredit(tx, id);
      return null;
    case "manual":
      return recordManual(tx, {
        customer_id: invoice.customer_id,
        amount: input.amount ?? invoice.due,
        invoice_ids: [id],
        // Safe: the contract asks for it.
        method: input.method ?? "other",
        reference: input.reference,
        note: input.note,
        paid_at: input.paid_at,
      });
    case "default_method":
      if (!(await chargeable(tx, invoice.customer_id)))
        throw new DomainError(
          "CONFLICT",
          "There is no default payment method that can be charged. Add one, or pay another way.",
        );
      return collect(tx, id);
    default:
      return input.by satisfies never;
  }
}
