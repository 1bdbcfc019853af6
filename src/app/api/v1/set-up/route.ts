import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { identityApi } from "@/modules/identity/contract";

export const POST = route(identityApi.setUp, (ctx, { body }) =>
  identity.setUpOwner(ctx, body),
);
