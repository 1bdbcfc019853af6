import { route } from "@/http/route";
import { rateTicket } from "@/modules/support";
import { ticketOutcomeApi } from "@/modules/support/contract/outcome";

export const POST = route(ticketOutcomeApi.rate, (ctx, { params, body }) =>
  rateTicket(ctx, params.ticket_id, body),
);
