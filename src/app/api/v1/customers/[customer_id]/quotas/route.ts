import { route } from "@/http/route";
import * as limits from "@/modules/limits";
import { quotasApi } from "@/modules/limits/contract/quotas";

export const GET = route(quotasApi.get, (ctx, { params }) =>
  limits.getCustomerQuotas(ctx, params.customer_id),
);
export const PUT = route(quotasApi.set, (ctx, { params, body }) =>
  limits.setCustomerQuotas(ctx, params.customer_id, body),
);
