import type { TicketInput } from "../contract";

/** A new ticket as it is typed. */
export type TicketValues = {
  subject: string;
  body: string;
  priority: TicketInput["priority"];
  category: TicketInput["category"];
  about_id: string | null;
};

export const emptyTicket: TicketValues = {
  ...{ subject: "", body: "", priority: "normal", category: "general" },
  about_id: null,
};

export const ticketLabels = {
  subject: "Subject",
  body: "Message",
  priority: "Priority",
  category: "Category",
  about_id: "About",
};

/** What the endpoint gets for what was typed. */
export function toTicketBody({ about_id, ...typed }: TicketValues): object {
  return { ...typed, ...(about_id && { about_id }) };
}
