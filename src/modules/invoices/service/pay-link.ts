import type { Ctx } from "@/platform/context";
import { notFound } from "@/shared/errors";
import { isPayable, type PayView } from "../contract/invoice";
import { findInvoice } from "../queries/invoices";
import { invoiceOfToken } from "./pay-token";
import { withNames } from "./shown";

/** What the holder of a pay link may see. Throws NOT_FOUND, GONE. */
export async function getPayView(ctx: Ctx, token: string): Promise<PayView> {
  const id = invoiceOfToken(token, ctx.now());
  const invoice = await findInvoice(ctx, id);
  if (!invoice?.number) throw notFound("pay link");
  const { customer_name } = await withNames(ctx, invoice);
  return {
    ...invoice,
    number: invoice.number,
    buyer_name: invoice.buyer?.name ?? customer_name,
    is_payable: isPayable(invoice.status),
  };
}
