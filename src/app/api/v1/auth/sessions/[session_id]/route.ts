import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { sessionsApi } from "@/modules/identity/contract/sessions";

export const DELETE = route(sessionsApi.revoke, (ctx, { params }) =>
  identity.revokeOwnSession(ctx, params.session_id),
);
