import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { ownCustomersApi } from "@/modules/customers/contract/people";

export const GET = route(ownCustomersApi.list, (ctx) =>
  customers.listOwnCustomers(ctx),
);
