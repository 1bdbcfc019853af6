import { route } from "@/http/route";
import * as usage from "@/modules/usage";
import { usageOfBillingApi } from "@/modules/usage/contract/billing";

export const GET = route(usageOfBillingApi.own, (ctx, { query }) =>
  usage.summarizeOwnUsage(ctx, query),
);
