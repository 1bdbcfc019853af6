import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { registrationApi } from "@/modules/customers/contract/people";

export const POST = route(registrationApi.verifyEmail, (ctx, { body }) =>
  customers.verifyEmail(ctx, body),
);
