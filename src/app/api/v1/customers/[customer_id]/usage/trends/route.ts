import { route } from "@/http/route";
import * as usage from "@/modules/usage";
import { usageApi } from "@/modules/usage/contract";

export const GET = route(usageApi.customerTrends, (ctx, { params, query }) =>
  usage.usageTrends(ctx, { ...query, customer_id: params.customer_id }),
);
