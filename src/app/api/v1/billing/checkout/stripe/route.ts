import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { checkoutApi } from "@/modules/payments/contract/checkout";

export const POST = route(checkoutApi.stripe, (ctx, { body }) =>
  payments.checkOut(ctx, "stripe", body),
);
