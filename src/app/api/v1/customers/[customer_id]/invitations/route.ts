import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { membersApi } from "@/modules/customers/contract/people";

export const POST = route(membersApi.invite, (ctx, { params, body }) =>
  customers.invitePerson(ctx, params.customer_id, body),
);
