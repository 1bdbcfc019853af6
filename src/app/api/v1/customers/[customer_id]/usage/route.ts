import { route } from "@/http/route";
import * as usage from "@/modules/usage";
import { usageApi } from "@/modules/usage/contract";
import { readingsApi } from "@/modules/usage/contract/readings";

export const GET = route(usageApi.customer, (ctx, { params, query }) =>
  usage.summarizeUsage(ctx, params.customer_id, query),
);
export const PUT = route(readingsApi.record, (ctx, { params, body }) =>
  usage.recordUsageReading(ctx, params.customer_id, body),
);
