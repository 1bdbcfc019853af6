import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentMethodsApi } from "@/modules/payments/contract/methods";

export const GET = route(paymentMethodsApi.listOfCustomer, (ctx, { params }) =>
  payments.listMethods(ctx, params.customer_id),
);
