import { route } from "@/http/route";
import * as limits from "@/modules/limits";
import { featuresApi } from "@/modules/limits/contract/features";

export const GET = route(featuresApi.get, (ctx, { params }) =>
  limits.getCustomerFeatures(ctx, params.customer_id),
);
export const PUT = route(featuresApi.set, (ctx, { params, body }) =>
  limits.setCustomerFeatures(ctx, params.customer_id, body),
);
