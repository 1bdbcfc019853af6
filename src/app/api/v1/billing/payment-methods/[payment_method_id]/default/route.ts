import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentMethodsApi } from "@/modules/payments/contract/methods";

export const PUT = route(paymentMethodsApi.makeDefault, (ctx, { params }) =>
  payments.makeDefaultMethod(ctx, params.payment_method_id),
);
