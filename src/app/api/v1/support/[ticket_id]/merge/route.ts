import { route } from "@/http/route";
import { mergeTicket } from "@/modules/support";
import { ticketOutcomeApi } from "@/modules/support/contract/outcome";

export const POST = route(ticketOutcomeApi.merge, (ctx, { params, body }) =>
  mergeTicket(ctx, params.ticket_id, body),
);
