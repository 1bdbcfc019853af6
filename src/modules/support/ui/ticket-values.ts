import type { TicketInput } from "../contract";

/** A new ticket as it is typed. */
export type TicketValues = {
  subject: string;
  body: string;
  priority: TicketInput["priority"];
  category: TicketInput["category"];
};

export const emptyTicket: TicketValues = {
  ...{ subject: "", body: "", priority: "normal", category: "general" },
};

export const ticketLabels = {
  subject: "Subject",
  body: "Message",
  priority: "Priority",
  category: "Category",
};
