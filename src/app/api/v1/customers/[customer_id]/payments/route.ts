import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentsApi } from "@/modules/payments/contract";

export const GET = route(paymentsApi.listOfCustomer, (ctx, { params, query }) =>
  payments.listCustomerPayments(ctx, params.customer_id, query),
);
