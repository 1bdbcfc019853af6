import { route } from "@/http/route";
import { addMessage, listMessages } from "@/modules/support";
import { ticketMessagesApi } from "@/modules/support/contract/messages";

export const GET = route(ticketMessagesApi.list, (ctx, { params, query }) =>
  listMessages(ctx, params.ticket_id, query),
);
export const POST = route(ticketMessagesApi.add, (ctx, { params, body }) =>
  addMessage(ctx, params.ticket_id, body),
);
