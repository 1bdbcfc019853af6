import { route } from "@/http/route";
import * as usage from "@/modules/usage";
import { upkeepApi } from "@/modules/usage/contract/upkeep";

export const GET = route(upkeepApi.previewRetention, (ctx) =>
  usage.previewRetention(ctx),
);
