import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { twoFactorApi } from "@/modules/identity/contract/sessions";

export const POST = route(twoFactorApi.enroll, (ctx, { body }) =>
  identity.enrollTwoFactor(ctx, body),
);
