import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { accountsApi } from "@/modules/identity/contract/accounts";

export const POST = route(accountsApi.login, (ctx, { body }) =>
  identity.logIn(ctx, body),
);
