import { route } from "@/http/route";
import * as limits from "@/modules/limits";
import { limitsApi } from "@/modules/limits/contract";

export const GET = route(limitsApi.getDefault, (ctx) =>
  limits.getDefaultLimits(ctx),
);
export const PUT = route(limitsApi.setDefault, (ctx, { body }) =>
  limits.setDefaultLimits(ctx, body),
);
