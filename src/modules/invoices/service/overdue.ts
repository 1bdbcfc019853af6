import { changeTotals } from "@/modules/customers";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { findLate } from "../queries/list";
import { updateInvoice } from "../queries/invoices";
import { hold } from "./held";

/**
 * Mark the open invoices whose due date has passed, count them at their customers, and have their
 * customers reminded; each once, however often this runs.
 */
export async function findOverdue(ctx: Ctx): Promise<void> {
  for (;;) {
    const ids = await findLate(ctx, 200);
    for (const id of ids) await markOverdue(ctx, id);
    if (ids.length < 200) return;
  }
}

async function markOverdue(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const { row, customer, now } = await hold(tx, id);
    // Somebody may have paid or marked it since it was found.
    if (row.status !== "open" || row.overdue_at) return;
    const invoice = await updateInvoice(tx, {
      id,
      data: { overdue_at: now },
    });
    await changeTotals(tx, customer.id, { invoices_overdue: 1 });
    await emit(tx, {
      name: "invoice.overdue",
      payload: {
        invoice_id: id,
        customer_id: customer.id,
        subscription_id: invoice.subscription_id,
      },
    });
  });
}
