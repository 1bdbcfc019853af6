import { route } from "@/http/route";
import { createCoupon, listCoupons } from "@/modules/invoices";
import { couponsApi } from "@/modules/invoices/contract/coupons";

export const GET = route(couponsApi.list, (ctx, { query }) =>
  listCoupons(ctx, query),
);
export const POST = route(couponsApi.create, (ctx, { body }) =>
  createCoupon(ctx, body),
);
