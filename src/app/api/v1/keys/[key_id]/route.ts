import { route } from "@/http/route";
import * as keys from "@/modules/keys";
import { keysApi } from "@/modules/keys/contract";

export const GET = route(keysApi.get, (ctx, { params }) =>
  keys.getKey(ctx, params.key_id),
);
export const PATCH = route(keysApi.update, (ctx, { params, body }) =>
  keys.changeKey(ctx, params.key_id, body),
);
export const DELETE = route(keysApi.revoke, (ctx, { params }) =>
  keys.revokeKey(ctx, params.key_id),
);
