import { route } from "@/http/route";
import { changeCoupon, removeCoupon } from "@/modules/invoices";
import { couponsApi } from "@/modules/invoices/contract/coupons";

export const PATCH = route(couponsApi.update, (ctx, { params, body }) =>
  changeCoupon(ctx, params.coupon_id, body),
);
export const DELETE = route(couponsApi.remove, (ctx, { params }) =>
  removeCoupon(ctx, params.coupon_id),
);
