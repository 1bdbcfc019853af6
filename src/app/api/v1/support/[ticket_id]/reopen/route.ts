import { route } from "@/http/route";
import { reopenTicket } from "@/modules/support";
import { supportApi } from "@/modules/support/contract";

export const POST = route(supportApi.reopen, (ctx, { params }) =>
  reopenTicket(ctx, params.ticket_id),
);
