import { route } from "@/http/route";
import { issueInvoice } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const POST = route(invoicesApi.finalize, (ctx, { params }) =>
  issueInvoice(ctx, params.invoice_id),
);
