import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { checkoutApi } from "@/modules/payments/contract/checkout";

export const GET = route(checkoutApi.progress, (ctx, { params }) =>
  payments.checkoutProgress(ctx, params.checkout_id),
);
