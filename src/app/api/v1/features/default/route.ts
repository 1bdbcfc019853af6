import { route } from "@/http/route";
import * as limits from "@/modules/limits";
import { featuresApi } from "@/modules/limits/contract/features";

export const GET = route(featuresApi.getDefault, (ctx) =>
  limits.getDefaultFeatures(ctx),
);
export const PUT = route(featuresApi.setDefault, (ctx, { body }) =>
  limits.setDefaultFeatures(ctx, body),
);
