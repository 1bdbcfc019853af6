import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { twoFactorApi } from "@/modules/identity/contract/sessions";

export const POST = route(twoFactorApi.renewCodes, (ctx, { body }) =>
  identity.renewRecoveryCodes(ctx, body),
);
