import { FileAnswer, route } from "@/http/route";
import * as usage from "@/modules/usage";
import { usageLogApi } from "@/modules/usage/contract/log";

export const GET = route(
  usageLogApi.export,
  async (ctx, { query }) => new FileAnswer(await usage.exportUsage(ctx, query)),
);
