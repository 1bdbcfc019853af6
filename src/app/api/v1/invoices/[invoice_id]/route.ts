import { route } from "@/http/route";
import { changeInvoice, getInvoice, removeInvoice } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const GET = route(invoicesApi.get, (ctx, { params }) =>
  getInvoice(ctx, params.invoice_id),
);
export const PATCH = route(invoicesApi.update, (ctx, { params, body }) =>
  changeInvoice(ctx, params.invoice_id, body),
);
export const DELETE = route(invoicesApi.remove, (ctx, { params }) =>
  removeInvoice(ctx, params.invoice_id),
);
