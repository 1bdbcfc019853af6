import { route } from "@/http/route";
import * as usage from "@/modules/usage";
import { usageLogApi } from "@/modules/usage/contract/log";

export { ingest as POST } from "@/http/hot";
export const GET = route(usageLogApi.list, (ctx, { query }) =>
  usage.listUsageEvents(ctx, query),
);
