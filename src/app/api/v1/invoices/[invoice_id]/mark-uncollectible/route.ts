import { route } from "@/http/route";
import { writeOffInvoice } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const POST = route(
  invoicesApi.markUncollectible,
  (ctx, { params, body }) =>
    writeOffInvoice(ctx, params.invoice_id, body.reason),
);
