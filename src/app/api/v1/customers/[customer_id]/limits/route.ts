import { route } from "@/http/route";
import * as limits from "@/modules/limits";
import { limitsApi } from "@/modules/limits/contract";

export const GET = route(limitsApi.get, (ctx, { params }) =>
  limits.getCustomerLimits(ctx, params.customer_id),
);
export const PUT = route(limitsApi.set, (ctx, { params, body }) =>
  limits.setCustomerLimits(ctx, params.customer_id, body),
);
