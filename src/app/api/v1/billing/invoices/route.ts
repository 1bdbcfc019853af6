import { route } from "@/http/route";
import { listInvoices } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const GET = route(invoicesApi.listOwn, (ctx, { query }) =>
  listInvoices(ctx, query),
);
