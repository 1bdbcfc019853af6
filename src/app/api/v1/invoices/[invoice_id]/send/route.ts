import { route } from "@/http/route";
import { requestMail } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const POST = route(invoicesApi.send, (ctx, { params, body }) =>
  requestMail(ctx, params.invoice_id, body.to),
);
