import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { customersApi } from "@/modules/customers/contract";

export const PUT = route(customersApi.setStatus, (ctx, { params, body }) =>
  customers.setCustomerStatus(ctx, params.customer_id, body),
);
