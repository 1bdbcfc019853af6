import { route } from "@/http/route";
import { getPayView } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const GET = route(invoicesApi.payView, (ctx, { params }) =>
  getPayView(ctx, params.token),
);
