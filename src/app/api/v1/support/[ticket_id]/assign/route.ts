import { route } from "@/http/route";
import { assignTicket } from "@/modules/support";
import { supportApi } from "@/modules/support/contract";

export const POST = route(supportApi.assign, (ctx, { params, body }) =>
  assignTicket(ctx, params.ticket_id, body),
);
