import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentMethodsApi } from "@/modules/payments/contract/methods";

export const DELETE = route(paymentMethodsApi.remove, (ctx, { params }) =>
  payments.removeMethod(ctx, params.payment_method_id),
);
