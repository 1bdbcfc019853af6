import * as z from "zod";
import { idOf } from "@/shared/ids";
import { ticketCategories, ticketPriorities, ticketStatuses } from "./kinds";

export { ticketCategories, ticketPriorities, ticketStatuses };

export const TicketStatus = z.enum(ticketStatuses).meta({
  description:
    "open: we owe an answer; pending: the customer does; on_hold: somebody else does; resolved: a reply opens it again; closed: over",
});
export type TicketStatus = z.output<typeof TicketStatus>;

/** The statuses of tickets that are not over. */
export const liveStatuses = ["open", "pending", "on_hold"] as const;

export const TicketPriority = z.enum(ticketPriorities);
export type TicketPriority = z.output<typeof TicketPriority>;

export const TicketCategory = z.enum(ticketCategories);
export type TicketCategory = z.output<typeof TicketCategory>;

/** What a ticket can be about, by the prefix of its id. */
export const aboutKinds = {
  ivc: "invoice",
  key: "key",
  lic: "license",
  sub: "subscription",
  tnt: "tenant",
} as const;
export type AboutKind = (typeof aboutKinds)[keyof typeof aboutKinds];

export const AboutId = z
  .union([idOf("ivc"), idOf("key"), idOf("lic"), idOf("sub"), idOf("tnt")], {
    error:
      "must be the id of an invoice, a key, a license, a subscription or a tenant",
  })
  .meta({
    description:
      "the invoice, key, license, subscription or tenant it is about",
  });

export const authorKinds = ["customer", "staff", "service", "system"] as const;
export const Author = z.object({
  kind: z.enum(authorKinds),
  id: z.string().nullable(),
  name: z.string().meta({
    description: "of our people, a customer sees the company’s name",
  }),
});
export type Author = z.output<typeof Author>;

export const sides = ["customer", "staff"] as const;
export type Side = (typeof sides)[number];

export const TicketId = z.object({ ticket_id: idOf("tkt") });
