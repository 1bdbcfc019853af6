import { route } from "@/http/route";
import { listThings } from "@/modules/support";
import { ticketThingsApi } from "@/modules/support/contract/things";

export const GET = route(ticketThingsApi.list, (ctx, { query }) =>
  listThings(ctx, query),
);
