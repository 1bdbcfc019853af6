import { call } from "@/client/call";
import {
  supportApi,
  type Ticket,
  type TicketInput,
  type TicketPatch,
} from "../contract";
import { attachmentsApi } from "../contract/attachments";
import {
  ticketMessagesApi,
  type TicketMessageInput,
} from "../contract/messages";
import { ticketOutcomeApi } from "../contract/outcome";

// Imported when it is needed: the pages are lighter without the contract.

/** What the form of a new ticket has to fulfil. */
export const ticketSchema = supportApi.open.body;

/** Opens a ticket, with files. */
export async function openTicket(
  body: TicketInput,
  files: readonly File[] = [],
) {
  const attachment_ids = await uploadAll(files);
  return call(supportApi.open, { body: { ...body, attachment_ids } });
}

/** Writes a message into a ticket, with files. */
export async function reply(
  ticket_id: string,
  body: TicketMessageInput,
  files: readonly File[],
) {
  const attachment_ids = await uploadAll(files);
  return call(ticketMessagesApi.add, {
    params: { ticket_id },
    body: { ...body, attachment_ids },
  });
}

/** Changes what a ticket is, or who sees to it. */
export function update(ticket: Ticket, body: TicketPatch) {
  const params = { ticket_id: ticket.id };
  return call(supportApi.update, { params, body }, { ifMatch: ticket });
}

/** Closes a ticket, or opens it again. */
export function turn(ticket_id: string, verb: "close" | "reopen") {
  return call(supportApi[verb], { params: { ticket_id } });
}

/** Says how well one was helped, from 1 to 5. */
export function rate(ticket_id: string, score: number, comment: string | null) {
  return call(ticketOutcomeApi.rate, {
    params: { ticket_id },
    body: { score, comment },
  });
}

/** The fifty messages before one. */
export function earlier(ticket_id: string, cursor: string) {
  return call(ticketMessagesApi.list, {
    params: { ticket_id },
    query: { cursor, limit: 50 },
  });
}

/** Uploads files; what `attachment_ids` of a message then names. */
async function uploadAll(files: readonly File[]): Promise<string[]> {
  const ids: string[] = [];
  for (const file of files) {
    const query = { name: file.name.slice(-200) || "file" };
    const { id } = await call(attachmentsApi.upload, { query }, { file });
    ids.push(id);
  }
  return ids;
}
