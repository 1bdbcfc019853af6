import { route } from "@/http/route";
import { listTickets, openTicket } from "@/modules/support";
import { supportApi } from "@/modules/support/contract";

export const GET = route(supportApi.list, (ctx, { query }) =>
  listTickets(ctx, query),
);
export const POST = route(supportApi.open, (ctx, { body }) =>
  openTicket(ctx, body),
);
