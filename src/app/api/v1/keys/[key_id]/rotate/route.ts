import { route } from "@/http/route";
import * as keys from "@/modules/keys";
import { keysApi } from "@/modules/keys/contract";

export const POST = route(keysApi.rotate, (ctx, { params, body }) =>
  keys.rotateKey(ctx, params.key_id, body),
);
