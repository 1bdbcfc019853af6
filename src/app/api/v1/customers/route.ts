import { furnishing } from "@/http/furnishing";
import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { customersApi } from "@/modules/customers/contract";

export const GET = route(customersApi.list, (ctx, { query }) =>
  customers.listCustomers(ctx, query),
);
export const POST = route(customersApi.create, (ctx, { body }) =>
  customers.openCustomer(ctx, body, furnishing),
);
