import { getInvoice } from "@/modules/invoices";
import type { Invoice } from "@/modules/invoices/contract";
import { owned, type Ctx } from "@/platform/context";
import { asSystem } from "./external";

/**
 * The invoice that a payment is about; the caller has authorised. Who may pay need not hold the
 * permission to read all invoices, but a customer's people only ever find their own.
 */
export async function invoiceAt(ctx: Ctx, id: string): Promise<Invoice> {
  return getInvoice(owned(ctx) ? ctx : asSystem(ctx), id);
}
