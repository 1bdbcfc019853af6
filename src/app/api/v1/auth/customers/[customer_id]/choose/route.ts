import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { ownCustomersApi } from "@/modules/customers/contract/people";

export const POST = route(ownCustomersApi.choose, (ctx, { params }) =>
  customers.chooseOwnCustomer(ctx, params.customer_id),
);
