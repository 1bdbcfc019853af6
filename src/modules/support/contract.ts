import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { countParam, FlagParam, searchText, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";
import { AttachmentIds, MessageText, TicketMessage } from "./contract/messages";
import {
  AboutId,
  Author,
  sides,
  TicketCategory,
  TicketId,
  TicketPriority,
  TicketStatus,
} from "./contract/parts";

const subject = text(200).regex(/^[^\p{Cc}]*$/u, { error: "must be one line" });
const moment = z.iso.datetime().nullable();

/** Something that a customer needs help with. */
export const Ticket = z
  .object({
    id: idOf("tkt"),
    number: z.number().int().meta({ description: "what people call it by" }),
    customer_id: idOf("cus"),
    customer_name: z.string(),
    subject: z.string(),
    status: TicketStatus,
    priority: TicketPriority,
    category: TicketCategory,
    assignee: z
      .object({ id: idOf("usr"), name: z.string() })
      .nullable()
      .meta({
        description: "the member of staff who sees to it; staff only",
      }),
    opened_by: Author,
    about_id: AboutId.nullable(),
    last_message_at: z.iso.datetime(),
    last_message_by: z.enum(sides),
    response_due_at: moment.meta({
      description: "until when an answer is owed; null when none is",
    }),
    is_overdue: z.boolean(),
    was_late: z.boolean().meta({
      description: "whether an answer of ours came after it was due",
    }),
    first_responded_at: moment,
    resolved_at: moment,
    closed_at: moment,
    merged_into_id: idOf("tkt").nullable().meta({
      description: "the ticket that has its messages now",
    }),
    satisfaction: z
      .object({
        score: z.number().int().min(1).max(5),
        comment: z.string().nullable(),
        rated_at: z.iso.datetime(),
      })
      .nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Ticket" });
export type Ticket = z.output<typeof Ticket>;

/** A ticket with what was said last in it. */
export const TicketDetail = Ticket.extend({
  messages: z.array(TicketMessage).meta({
    description: "the last hundred, oldest first",
  }),
  has_earlier: z.boolean().meta({
    description: "whether there are more, which the list of messages has",
  }),
}).meta({ id: "TicketDetail" });
export type TicketDetail = z.output<typeof TicketDetail>;

export const TicketInput = z
  .strictObject({
    customer_id: idOf("cus").optional().meta({
      description: "whose it is; a customer’s people may leave it out",
    }),
    subject,
    body: MessageText,
    priority: TicketPriority.default("normal"),
    category: TicketCategory.default("general"),
    about_id: AboutId.optional(),
    attachment_ids: AttachmentIds.optional(),
  })
  .meta({ id: "TicketInput" });
export type TicketInput = z.output<typeof TicketInput>;

export const TicketPatch = z
  .strictObject({
    message: MessageText.optional().meta({ description: "an answer" }),
    subject: subject.optional(),
    category: TicketCategory.optional(),
    priority: TicketPriority.optional().meta({ description: "staff only" }),
    status: TicketStatus.optional().meta({ description: "staff only" }),
    assignee_id: idOf("usr").nullish().meta({ description: "staff only" }),
    about_id: AboutId.nullish(),
  })
  .meta({ id: "TicketPatch" });
export type TicketPatch = z.output<typeof TicketPatch>;

export const TicketQuery = z.strictObject({
  ...pageFields,
  customer_id: idOf("cus").optional(),
  status: TicketStatus.optional(),
  is_live: FlagParam.optional().meta({
    description: "true: neither resolved nor closed; false: either",
  }),
  priority: TicketPriority.optional(),
  category: TicketCategory.optional(),
  assignee: z
    .union([idOf("usr"), z.enum(["me", "nobody"])], {
      error: "must be the id of a member of staff, me, or nobody",
    })
    .optional(),
  is_overdue: FlagParam.optional().meta({
    description: "true: an answer was due by now",
  }),
  search: searchText(100).optional().meta({
    description: "a number, or a part of the subject",
  }),
});
export type TicketQuery = z.output<typeof TicketQuery>;

export const AssignInput = z.strictObject({
  assignee_id: idOf("usr").nullable(),
});
const Times = z.object({
  count: z.number().int(),
  average_seconds: z.number().int().nullable(),
  median_seconds: z.number().int().nullable(),
  p90_seconds: z.number().int().nullable(),
});
const counted = <K extends string>(names: z.ZodType<K, K>) =>
  z.record(names, z.number().int());

export const TicketStats = z
  .object({
    total: z.number().int(),
    open: z.number().int().meta({ description: "neither resolved nor closed" }),
    unassigned: z.number().int().nullable(),
    overdue: z.number().int(),
    by_status: counted(TicketStatus),
    by_priority: counted(TicketPriority).meta({ description: "of open ones" }),
    by_category: counted(TicketCategory).meta({ description: "of open ones" }),
    days: z.number().int().meta({ description: "what follows is of so many" }),
    opened: z.number().int(),
    first_response: Times,
    resolution: Times,
    answered_late: z.number().int(),
    satisfaction: z.object({
      count: z.number().int(),
      average: z.number().nullable().meta({ description: "1 to 5" }),
    }),
  })
  .meta({ id: "TicketStats" });
export type TicketStats = z.output<typeof TicketStats>;

export const StatsQuery = z.strictObject({
  days: countParam(1, 90).default(30),
});

const everyone = ["staff", "service", "customer"] as const;
const readers = { audience: everyone, permission: "support:read" } as const;
const verb = {
  method: "POST",
  audience: everyone,
  permission: "support:write",
  versioned: true,
  params: TicketId,
  response: Ticket,
  errors: ["NOT_FOUND", "CONFLICT"],
} as const;
const staffVerb = { ...verb, audience: ["staff", "service"] } as const;

export const supportApi = {
  list: endpoint({
    id: "support.list",
    method: "GET",
    path: "/v1/support",
    summary: "List tickets, the latest message first",
    ...readers,
    query: TicketQuery,
    response: pageOf(Ticket),
  }),
  open: endpoint({
    id: "support.open",
    capability: "tickets",
    method: "POST",
    path: "/v1/support",
    summary: "Open a ticket",
    audience: everyone,
    permission: "support:write",
    limit: "tickets",
    status: 201,
    body: TicketInput,
    response: TicketDetail,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: {
      customer_id: "cus_01jd0000000000000000000000",
      subject: "Calls are refused since noon",
      body: "Every call answers **429**, although we are within our plan.",
      category: "technical",
      priority: "high",
    },
  }),
  stats: endpoint({
    id: "support.stats",
    method: "GET",
    path: "/v1/support/stats",
    summary: "Count tickets, and the times of answers",
    description: "A customer’s people get those of their own tickets.",
    ...readers,
    query: StatsQuery,
    response: TicketStats,
  }),
  get: endpoint({
    id: "support.get",
    method: "GET",
    path: "/v1/support/{ticket_id}",
    summary: "Get a ticket with its messages",
    versioned: true,
    ...readers,
    params: TicketId,
    response: TicketDetail,
    errors: ["NOT_FOUND"],
  }),
  update: endpoint({
    ...verb,
    id: "support.update",
    method: "PUT",
    path: "/v1/support/{ticket_id}",
    summary: "Change a ticket, or answer in it",
    description: "Fields that are left out stay.",
    body: TicketPatch,
    response: TicketDetail,
    example: { message: "It happens from two of our machines only." },
  }),
  close: endpoint({
    ...verb,
    id: "support.close",
    path: "/v1/support/{ticket_id}/close",
    summary: "Close a ticket",
  }),
  reopen: endpoint({
    ...verb,
    id: "support.reopen",
    path: "/v1/support/{ticket_id}/reopen",
    summary: "Open a ticket again that was resolved or closed",
  }),
  assign: endpoint({
    ...staffVerb,
    id: "support.assign",
    path: "/v1/support/{ticket_id}/assign",
    summary: "Give a ticket to a member of staff, or to nobody",
    body: AssignInput,
    example: { assignee_id: null },
  }),
  listOfCustomer: endpoint({
    id: "support.listOfCustomer",
    method: "GET",
    path: "/v1/customers/{customer_id}/tickets",
    summary: "List a customer's tickets",
    audience: ["staff", "service"],
    permission: "support:read",
    params: CustomerId,
    query: TicketQuery.omit({ customer_id: true }),
    response: pageOf(Ticket),
    errors: ["NOT_FOUND"],
  }),
};
