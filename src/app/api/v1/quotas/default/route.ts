import { route } from "@/http/route";
import * as limits from "@/modules/limits";
import { quotasApi } from "@/modules/limits/contract/quotas";

export const GET = route(quotasApi.getDefault, (ctx) =>
  limits.getDefaultQuotas(ctx),
);
export const PUT = route(quotasApi.setDefault, (ctx, { body }) =>
  limits.setDefaultQuotas(ctx, body),
);
