import { customerNames } from "@/modules/customers";
import type { Ctx } from "@/platform/context";
import { isPayable, type Invoice } from "../contract/invoice";
import { findInvoice } from "../queries/invoices";
import { toInvoice, type StoredInvoice } from "../queries/row";
import type { Held } from "./held";
import { payUrl } from "./pay-token";

/** An invoice with its customer's name, and the link by which it is paid. */
export async function withNames(
  ctx: Ctx,
  invoice: StoredInvoice,
): Promise<Invoice> {
  const names = await customerNames(ctx, [invoice.customer_id]);
  return {
    ...invoice,
    customer_name: names.get(invoice.customer_id) ?? "–",
    pay_url: isPayable(invoice.status) ? payUrl(invoice.id, ctx.now()) : null,
  };
}

/** The invoice as it stands in the transaction that holds it. */
export async function shown(ctx: Ctx, { row }: Held): Promise<Invoice> {
  return withNames(ctx, toInvoice(row, ctx.now()));
}

/** The same, read anew. */
export async function reread(ctx: Ctx, id: string): Promise<Invoice> {
  const invoice = await findInvoice(ctx, id);
  if (!invoice) throw new Error(`${id} is gone.`);
  return withNames(ctx, invoice);
}
