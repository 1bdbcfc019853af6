import { route } from "@/http/route";
import { changeTicket, getTicket } from "@/modules/support";
import { supportApi } from "@/modules/support/contract";

export const GET = route(supportApi.get, (ctx, { params }) =>
  getTicket(ctx, params.ticket_id),
);
export const PUT = route(supportApi.update, (ctx, { params, body }) =>
  changeTicket(ctx, params.ticket_id, body),
);
