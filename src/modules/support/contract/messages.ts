import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { searchText } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields, cursorPageOf } from "@/shared/page";
import { mostFiles } from "./kinds";
import { Author, TicketId, TicketStatus } from "./parts";

const maxBody = 20_000;

/** Markdown as somebody wrote it: line ends and spaces inside are kept. */
export const MessageText = searchText(maxBody)
  .min(1)
  .meta({ description: "markdown, at most 20,000 characters" });

export const TicketAttachment = z
  .object({
    id: idOf("att"),
    name: z.string(),
    type: z.string().meta({ description: "as its bytes say" }),
    size_bytes: z.number().int(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "TicketAttachment" });
export type TicketAttachment = z.output<typeof TicketAttachment>;

/** What was said in a ticket. */
export const TicketMessage = z
  .object({
    id: idOf("tkm"),
    ticket_id: idOf("tkt"),
    author: Author,
    is_internal: z.boolean().meta({
      description: "a note among staff, which the customer never sees",
    }),
    body: z.string(),
    source: z.enum(["app", "mail"]),
    attachments: z.array(TicketAttachment),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "TicketMessage" });
export type TicketMessage = z.output<typeof TicketMessage>;

/** Files that were uploaded by the same caller and belong to no message yet. */
export const AttachmentIds = z
  .array(idOf("att"))
  .max(mostFiles)
  .refine((ids) => new Set(ids).size === ids.length, {
    error: "must name each file once",
  })
  .meta({ description: "files of the caller’s own, uploaded before" });

export const TicketMessageInput = z
  .strictObject({
    body: MessageText,
    is_internal: z.boolean().optional().meta({ description: "staff only" }),
    status: TicketStatus.exclude(["closed"]).optional().meta({
      description: "what the ticket becomes with it; staff only",
    }),
    attachment_ids: AttachmentIds.optional(),
  })
  .meta({ id: "TicketMessageInput" });
export type TicketMessageInput = z.output<typeof TicketMessageInput>;

export const MessageQuery = z.strictObject(cursorFields(idOf("tkm")));
export type MessageQuery = z.output<typeof MessageQuery>;

const everyone = ["staff", "service", "customer"] as const;

export const ticketMessagesApi = {
  list: endpoint({
    id: "ticketMessages.list",
    method: "GET",
    path: "/v1/support/{ticket_id}/messages",
    summary: "List what was said in a ticket, newest first",
    audience: everyone,
    permission: "support:read",
    params: TicketId,
    query: MessageQuery,
    response: cursorPageOf(TicketMessage),
    errors: ["NOT_FOUND"],
  }),
  add: endpoint({
    id: "ticketMessages.add",
    method: "POST",
    path: "/v1/support/{ticket_id}/messages",
    summary: "Answer in a ticket, or note something among staff",
    description:
      "An answer of the customer opens a ticket again that was resolved or closed; one of ours waits for the customer.",
    audience: everyone,
    permission: "support:write",
    status: 201,
    params: TicketId,
    body: TicketMessageInput,
    response: TicketMessage,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { body: "Thank you, that **works** now." },
  }),
};
