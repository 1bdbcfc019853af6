import { route } from "@/http/route";
import * as keys from "@/modules/keys";
import { keysApi } from "@/modules/keys/contract";

export const GET = route(keysApi.list, (ctx, { query }) =>
  keys.listKeys(ctx, query),
);
export const POST = route(keysApi.issue, (ctx, { body }) =>
  keys.issueKey(ctx, body),
);
