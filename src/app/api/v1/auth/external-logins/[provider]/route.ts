import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { externalLoginsApi } from "@/modules/identity/contract/external-logins";

export const DELETE = route(externalLoginsApi.unlink, (ctx, { params }) =>
  identity.unlinkExternalLogin(ctx, params.provider),
);
