import { route } from "@/http/route";
import * as usage from "@/modules/usage";
import { usageApi } from "@/modules/usage/contract";

export const GET = route(usageApi.own, (ctx, { query }) =>
  usage.summarizeOwnUsage(ctx, query),
);
