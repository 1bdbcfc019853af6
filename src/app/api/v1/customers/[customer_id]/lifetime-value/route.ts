import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { lifetimeApi } from "@/modules/customers/contract/lifetime";

export const GET = route(lifetimeApi.get, (ctx, { params }) =>
  customers.getLifetimeValue(ctx, params.customer_id),
);
