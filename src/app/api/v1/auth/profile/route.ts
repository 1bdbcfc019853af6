import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { accountsApi } from "@/modules/identity/contract/accounts";

export const GET = route(accountsApi.profile, (ctx) =>
  identity.getProfile(ctx),
);
export const PUT = route(accountsApi.updateProfile, (ctx, { body }) =>
  identity.updateProfile(ctx, body),
);
