import { customerNames } from "@/modules/customers";
import { staffContacts } from "@/modules/identity";
import { settings } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import { staffRoles } from "@/shared/permissions";
import type { Ticket } from "../contract";
import type { TicketMessage } from "../contract/messages";
import type { Author, Side } from "../contract/parts";
import type { StoredTicket } from "../queries/tickets";

/** Who an actor is as the author of a message. */
export function authorOf({ actor }: Ctx): Author {
  switch (actor.kind) {
    case "staff":
    case "customer":
      return { kind: actor.kind, id: actor.userId, name: actor.name };
    case "service":
      return { kind: "service", id: actor.tokenId, name: actor.name };
    case "system":
    case "public":
      return { kind: "system", id: null, name: actor.name };
    default:
      return actor satisfies never;
  }
}

/** Whose side an author is on. */
export function sideOf({ kind }: Author): Side {
  return kind === "customer" ? "customer" : "staff";
}

/** Whether the actor is one of us, who see what is said among staff. */
export function isOfUs({ actor }: Ctx): boolean {
  return actor.kind !== "customer" && actor.kind !== "public";
}

/**
 * Tickets with the names of their customers and of who sees to them, in two reads however many
 * there are. A customer's people do not learn which of us they talk to.
 */
export async function withNames(
  ctx: Ctx,
  tickets: StoredTicket[],
): Promise<Ticket[]> {
  const isAssigned = tickets.some(({ assignee_id }) => assignee_id);
  const [names, team, veil] = await Promise.all([
    customerNames(
      ctx,
      tickets.map(({ customer_id }) => customer_id),
    ),
    isAssigned && isOfUs(ctx) ? staffContacts(ctx, [...staffRoles]) : [],
    veilFor(ctx),
  ]);
  const staff = new Map(team.map(({ id, name }) => [id, name]));
  return tickets.map(({ assignee_id: id, ...ticket }) => ({
    ...ticket,
    customer_name: names.get(ticket.customer_id) ?? "",
    opened_by: veil(ticket.opened_by),
    assignee:
      id && isOfUs(ctx)
        ? { id, name: staff.get(id) ?? "Somebody who left" }
        : null,
  }));
}

/** The same for one. */
export async function withName(
  ctx: Ctx,
  ticket: StoredTicket,
): Promise<Ticket> {
  const [named] = await withNames(ctx, [ticket]);
  if (!named) throw new Error("Expected one ticket");
  return named;
}

/** Messages as the actor may see them. */
export async function veiled(
  ctx: Ctx,
  messages: TicketMessage[],
): Promise<TicketMessage[]> {
  const veil = await veilFor(ctx);
  return messages.map((message) => ({
    ...message,
    author: veil(message.author),
  }));
}

async function veilFor(ctx: Ctx): Promise<(author: Author) => Author> {
  if (isOfUs(ctx)) return (author) => author;
  const { company } = await settings(ctx);
  return (author) =>
    author.kind === "customer"
      ? author
      : { kind: "staff", id: null, name: company.name };
}
