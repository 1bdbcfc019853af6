import { customerBlockers } from "@/http/blockers";
import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { customersApi } from "@/modules/customers/contract";
import { customerCalls } from "@/modules/usage";

export const GET = route(customersApi.get, (ctx, { params }) =>
  customers.getCustomerWithCalls(ctx, params.customer_id, customerCalls),
);
export const PUT = route(customersApi.replace, (ctx, { params, body }) =>
  customers.changeCustomer(ctx, params.customer_id, body),
);
export const PATCH = route(customersApi.update, (ctx, { params, body }) =>
  customers.changeCustomer(ctx, params.customer_id, body),
);
export const DELETE = route(customersApi.remove, (ctx, { params }) =>
  customers.removeCustomer(ctx, params.customer_id, customerBlockers),
);
