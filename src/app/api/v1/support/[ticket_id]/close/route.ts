import { route } from "@/http/route";
import { closeTicket } from "@/modules/support";
import { supportApi } from "@/modules/support/contract";

export const POST = route(supportApi.close, (ctx, { params }) =>
  closeTicket(ctx, params.ticket_id),
);
