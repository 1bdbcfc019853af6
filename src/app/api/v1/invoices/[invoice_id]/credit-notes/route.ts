import { route } from "@/http/route";
import { creditInvoice } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const POST = route(invoicesApi.credit, (ctx, { params, body }) =>
  creditInvoice(ctx, params.invoice_id, body),
);
