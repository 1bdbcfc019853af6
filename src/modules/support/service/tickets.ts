import { getVisibleCustomer, holdCustomer } from "@/modules/customers";
import { authorize, owned, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { invalid, notFound } from "@/shared/errors";
import { toPage } from "@/shared/page";
import type { TicketDetail, TicketInput, TicketQuery } from "../contract";
import { findMessages, insertMessage } from "../queries/messages";
import { findTickets } from "../queries/list";
import {
  findTicket,
  insertTicket,
  type StoredTicket,
} from "../queries/tickets";
import { assertAbout } from "./about";
import { attach } from "./attachments";
import { dueFrom } from "./progress";
import { authorOf, isOfUs, veiled, withName, withNames } from "./shown";
import { toldOfTicket } from "./told";

const messagesShown = 100;

/** Tickets that the actor may see, the latest message first. Needs support:read; throws NOT_FOUND. */
export async function listTickets(ctx: Ctx, query: TicketQuery) {
  authorize(ctx, "support:read");
  const wanted = query.customer_id ?? owned(ctx);
  if (wanted) await getVisibleCustomer(ctx, wanted);
  const filter = { ...query, assigneeId: assigneeOf(ctx, query.assignee) };
  const { items, total } = await findTickets(ctx, wanted, filter);
  return toPage(query, await withNames(ctx, items), total, total <= 10_000);
}

/** A ticket with what was said last. Needs support:read; throws NOT_FOUND. */
export async function getTicket(ctx: Ctx, id: string): Promise<TicketDetail> {
  authorize(ctx, "support:read");
  const ticket = await findTicket(ctx, id, owned(ctx));
  if (!ticket) throw notFound("ticket");
  return detailOf(ctx, ticket);
}

/**
 * Open a ticket, by a customer's person for their own customer, or by us for any. Needs
 * support:write; throws NOT_FOUND, VALIDATION_FAILED.
 */
export async function openTicket(
  ctx: Ctx,
  input: TicketInput,
): Promise<TicketDetail> {
  authorize(ctx, "support:write", "tickets");
  const customerId = input.customer_id ?? owned(ctx);
  if (!customerId)
    throw invalid([
      {
        field: "body.customer_id",
        message: "is needed: say whose ticket it is",
      },
    ]);
  await getVisibleCustomer(ctx, customerId);
  return transaction(ctx, async (tx) => {
    await holdCustomer(tx, customerId);
    if (input.about_id) await assertAbout(tx, customerId, input.about_id);
    const author = authorOf(tx);
    // One instant for both: an answer is owed from it.
    const now = tx.now();
    // What a service opens, somebody of the customer's has asked it for.
    const side = author.kind === "staff" ? "staff" : "customer";
    const ticket = await insertTicket(tx, {
      customerId,
      subject: input.subject,
      priority: input.priority,
      category: input.category,
      aboutId: input.about_id ?? null,
      openedBy: author,
      side,
      responseDueAt:
        side === "customer"
          ? await dueFrom(tx, customerId, input.priority, now)
          : null,
      now,
    });
    const message_id = await insertMessage(tx, {
      ...{ ticketId: ticket.id, author, side, body: input.body },
      ...{ isInternal: false, mailId: null },
    });
    await attach(tx, message_id, author, input.attachment_ids ?? []);
    await toldOfTicket(tx, "ticket.opened", null, ticket, { message_id, side });
    return detailOf(tx, ticket);
  });
}

/** A ticket that was read, as the actor may see it. */
export async function detailOf(
  ctx: Ctx,
  ticket: StoredTicket,
): Promise<TicketDetail> {
  const seen = { limit: messagesShown, withInternal: isOfUs(ctx) };
  const [named, rows] = await Promise.all([
    withName(ctx, ticket),
    findMessages(ctx, ticket.id, seen),
  ]);
  const messages = await veiled(ctx, rows.slice(0, messagesShown));
  return {
    ...named,
    messages: messages.reverse(),
    has_earlier: rows.length > messagesShown,
  };
}

// Who sees to a ticket is nothing that a customer may ask.
function assigneeOf(
  ctx: Ctx,
  assignee: TicketQuery["assignee"],
): string | null | undefined {
  if (assignee === undefined || !isOfUs(ctx)) return undefined;
  if (assignee === "nobody") return null;
  if (assignee !== "me") return assignee;
  if (ctx.actor.kind === "staff") return ctx.actor.userId;
  throw invalid([
    { field: "query.assignee", message: "me is for people; give an id" },
  ]);
}
