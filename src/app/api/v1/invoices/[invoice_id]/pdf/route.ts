import { FileAnswer, route } from "@/http/route";
import { downloadInvoice } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const GET = route(
  invoicesApi.pdf,
  async (ctx, { params }) =>
    new FileAnswer(await downloadInvoice(ctx, params.invoice_id)),
);
