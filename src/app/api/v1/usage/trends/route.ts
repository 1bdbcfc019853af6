import { route } from "@/http/route";
import * as usage from "@/modules/usage";
import { usageApi } from "@/modules/usage/contract";

export const GET = route(usageApi.trends, (ctx, { query }) =>
  usage.usageTrends(ctx, query),
);
