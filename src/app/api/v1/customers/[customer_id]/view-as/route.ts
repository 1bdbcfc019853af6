import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { viewAsApi } from "@/modules/customers/contract/people";

export const POST = route(viewAsApi.start, (ctx, { params, body }) =>
  customers.viewAs(ctx, params.customer_id, body),
);
