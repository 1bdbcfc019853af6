import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { checkoutApi } from "@/modules/payments/contract/checkout";

export const POST = route(checkoutApi.sandbox, (ctx, { body }) =>
  payments.checkOut(ctx, "sandbox", body),
);
