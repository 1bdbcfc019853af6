import { route } from "@/http/route";
import * as keys from "@/modules/keys";
import { keyQuotasApi } from "@/modules/keys/contract/quotas";

export const GET = route(keyQuotasApi.get, (ctx, { params }) =>
  keys.getKeyQuotas(ctx, params.key_id),
);
export const PUT = route(keyQuotasApi.set, (ctx, { params, body }) =>
  keys.changeKeyQuotas(ctx, params.key_id, body),
);
