import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { membersApi } from "@/modules/customers/contract/people";

export const GET = route(membersApi.list, (ctx, { params }) =>
  customers.listPeople(ctx, params.customer_id),
);
