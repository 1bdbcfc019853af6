import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { externalLoginsApi } from "@/modules/identity/contract/external-logins";

export const GET = route(externalLoginsApi.list, (ctx) =>
  identity.listExternalLogins(ctx),
);
