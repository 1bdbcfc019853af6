import { route } from "@/http/route";
import { ticketStats } from "@/modules/support";
import { supportApi } from "@/modules/support/contract";

export const GET = route(supportApi.stats, (ctx, { query }) =>
  ticketStats(ctx, query),
);
