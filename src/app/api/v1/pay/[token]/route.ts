import { route } from "@/http/route";
import { checkOutByLink } from "@/modules/payments";
import { checkoutApi } from "@/modules/payments/contract/checkout";
import { getPayView } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const GET = route(invoicesApi.payView, (ctx, { params }) =>
  getPayView(ctx, params.token),
);

export const POST = route(checkoutApi.payLink, (ctx, { params, body }) =>
  checkOutByLink(ctx, params.token, body.provider),
);
