import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { identityApi } from "@/modules/identity/contract";

export const GET = route(identityApi.listServiceTokens, (ctx) =>
  identity.listServiceTokens(ctx),
);
export const POST = route(identityApi.issueServiceToken, (ctx, { body }) =>
  identity.issueServiceToken(ctx, body),
);
