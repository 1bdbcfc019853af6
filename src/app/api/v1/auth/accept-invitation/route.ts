import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { invitationsApi } from "@/modules/identity/contract/members";

export const POST = route(invitationsApi.accept, (ctx, { body }) =>
  identity.acceptInvitation(ctx, body),
);
