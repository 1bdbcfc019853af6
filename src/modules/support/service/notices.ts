import {
  customerContacts,
  staffContacts,
  type Contact,
} from "@/modules/identity";
import {
  customerNameOf,
  notify,
  plainName,
  type Cause,
} from "@/modules/notifications";
import type { NoticeName } from "@/modules/notifications/contract";
import type { TxCtx } from "@/platform/context";
import { customerRoles, type StaffRole } from "@/shared/permissions";
import { excerptOf } from "../excerpt";
import { findAuthors, findMessage } from "../queries/messages";
import { findTicket, type StoredTicket } from "../queries/tickets";
import { replyAddress } from "./reply-address";

const team: StaffRole[] = ["owner", "admin", "support"];

/** Something that happened in a ticket, as its event tells it. */
type Happened = { ticketId: string; messageId: string | null };

/** Tell who sees to tickets of one that was opened; who opened it knows. */
export async function tellOfOpened(
  tx: TxCtx,
  cause: Cause,
  happened: Happened,
): Promise<void> {
  const ticket = await findTicket(tx, happened.ticketId, null);
  if (!ticket) return;
  const to = await staffContacts(tx, team);
  await tellStaff(tx, cause, "ticket.opened", ticket, {
    to: to.filter(({ id }) => id !== ticket.opened_by.id),
    messageId: happened.messageId,
  });
}

/** Tell of a customer's reply: who sees to the ticket, or all who could. */
export async function tellOfReply(
  tx: TxCtx,
  cause: Cause,
  happened: Happened,
): Promise<void> {
  const ticket = await findTicket(tx, happened.ticketId, null);
  if (!ticket) return;
  const all = await staffContacts(tx, team);
  const own = all.filter(({ id }) => id === ticket.assignee_id);
  await tellStaff(tx, cause, "ticket.replied", ticket, {
    to: own.length > 0 ? own : all,
    messageId: happened.messageId,
  });
}

/** Tell somebody that a ticket was given to them. */
export async function tellOfAssignment(
  tx: TxCtx,
  cause: Cause,
  happened: Happened & { assigneeId: string },
): Promise<void> {
  const ticket = await findTicket(tx, happened.ticketId, null);
  if (!ticket) return;
  const all = await staffContacts(tx, team);
  const to = all.filter(({ id }) => id === happened.assigneeId);
  await tellStaff(tx, cause, "ticket.assigned", ticket, {
    ...{ to, messageId: null },
  });
}

/**
 * Tell a customer's people of our answer: those who wrote in the ticket, or its owners. What is
 * said among staff never comes here, and is passed over if it does.
 */
export async function tellOfAnswer(
  tx: TxCtx,
  cause: Cause,
  happened: Happened,
): Promise<void> {
  const ticket = await findTicket(tx, happened.ticketId, null);
  const said = await messageOf(tx, happened.messageId);
  if (!ticket || !said || said.is_internal) return;
  const { customer_id: customerId, number, subject } = ticket;
  await notify(tx, cause, {
    event: "ticket.answered",
    to: await peopleOf(tx, ticket),
    customerId,
    params: {
      number,
      subject: plainName(subject),
      excerpt: excerptOf(said.body),
    },
    href: `/portal/support/${ticket.id}`,
    replyTo: ({ email }) => replyAddress(ticket.id, email),
  });
}

async function tellStaff(
  tx: TxCtx,
  cause: Cause,
  event: NoticeName,
  { id, customer_id, number, subject }: StoredTicket,
  { to, messageId }: { to: Contact[]; messageId: string | null },
): Promise<void> {
  const said = await messageOf(tx, messageId);
  await notify(tx, cause, {
    ...{ event, to, customerId: null },
    params: {
      ...{ number, subject: plainName(subject) },
      customer: await customerNameOf(tx, customer_id),
      excerpt: said ? excerptOf(said.body) : "",
    },
    href: `/tickets/${id}`,
    replyTo: ({ email }) => replyAddress(id, email),
  });
}

async function messageOf(tx: TxCtx, id: string | null) {
  return id === null ? null : findMessage(tx, id);
}

async function peopleOf(tx: TxCtx, ticket: StoredTicket): Promise<Contact[]> {
  const [people, authors] = await Promise.all([
    customerContacts(tx, ticket.customer_id, [...customerRoles]),
    findAuthors(tx, ticket.id),
  ]);
  const wrote = people.filter(({ id }) => authors.has(id));
  if (wrote.length > 0) return wrote;
  return customerContacts(tx, ticket.customer_id, ["owner"]);
}
