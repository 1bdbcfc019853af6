import { route } from "@/http/route";
import { createInvoice, listInvoices } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const GET = route(invoicesApi.list, (ctx, { query }) =>
  listInvoices(ctx, query),
);
export const POST = route(invoicesApi.create, (ctx, { body }) =>
  createInvoice(ctx, body),
);
