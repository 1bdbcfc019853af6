import { route } from "@/http/route";
import * as usage from "@/modules/usage";
import { upkeepApi } from "@/modules/usage/contract/upkeep";

export const POST = route(upkeepApi.retention, (ctx) =>
  usage.runRetention(ctx),
);
