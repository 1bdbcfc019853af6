import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { membersApi } from "@/modules/customers/contract/people";

export const PATCH = route(membersApi.setRole, (ctx, { params, body }) =>
  customers.setPersonRole(ctx, params.customer_id, params.user_id, body.role),
);
export const DELETE = route(membersApi.remove, (ctx, { params }) =>
  customers.removePerson(ctx, params.customer_id, params.user_id),
);
