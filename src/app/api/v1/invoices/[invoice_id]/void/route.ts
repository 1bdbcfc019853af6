import { route } from "@/http/route";
import { voidOpenInvoice } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const POST = route(invoicesApi.void, (ctx, { params, body }) =>
  voidOpenInvoice(ctx, params.invoice_id, body.reason),
);
