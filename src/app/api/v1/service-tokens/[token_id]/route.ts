import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { identityApi } from "@/modules/identity/contract";

export const DELETE = route(identityApi.revokeServiceToken, (ctx, { params }) =>
  identity.revokeServiceToken(ctx, params.token_id),
);
