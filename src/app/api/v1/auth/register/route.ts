import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { registrationApi } from "@/modules/customers/contract/people";

export const POST = route(registrationApi.register, (ctx, { body }) =>
  customers.registerCustomer(ctx, body),
);
