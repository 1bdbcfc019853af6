import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { twoFactorApi } from "@/modules/identity/contract/sessions";

export const POST = route(twoFactorApi.confirm, (ctx, { body }) =>
  identity.turnOnTwoFactor(ctx, body),
);
