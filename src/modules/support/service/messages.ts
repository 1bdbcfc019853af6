import { assertUnchanged } from "@/modules/audit";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { toCursorPage } from "@/shared/page";
import type {
  MessageQuery,
  TicketMessage,
  TicketMessageInput,
} from "../contract/messages";
import type { Author, TicketStatus } from "../contract/parts";
import {
  countMessages,
  findMessages,
  findMessage,
  insertMessage,
} from "../queries/messages";
import {
  findTicket,
  lockTicket,
  updateTicket,
  type StoredTicket,
  type TicketChange,
} from "../queries/tickets";
import { attach } from "./attachments";
import { changeBy, changeTo, refuseMerged, since } from "./progress";
import { authorOf, isOfUs, sideOf, veiled } from "./shown";
import { toldOfTicket } from "./told";

const mostMessages = 500;

/** What was said in a ticket, newest first. Needs support:read; throws NOT_FOUND. */
export async function listMessages(
  ctx: Ctx,
  ticketId: string,
  { cursor, limit }: MessageQuery,
) {
  authorize(ctx, "support:read");
  const ticket = await findTicket(ctx, ticketId, owned(ctx));
  if (!ticket) throw notFound("ticket");
  const rows = await findMessages(ctx, ticketId, {
    before: cursor,
    limit,
    withInternal: isOfUs(ctx),
  });
  return toCursorPage(await veiled(ctx, rows), limit);
}

/**
 * Answer in a ticket, or note something among staff. An answer of the customer opens it again.
 * Needs support:write; throws NOT_FOUND, CONFLICT, VALIDATION_FAILED.
 */
export async function addMessage(
  ctx: Ctx,
  ticketId: string,
  input: TicketMessageInput,
): Promise<TicketMessage> {
  authorize(ctx, "support:write");
  refuseForCustomers(ctx, "is_internal", input.is_internal);
  refuseForCustomers(ctx, "status", input.status);
  return transaction(ctx, async (tx) => {
    const before = await lockTicket(tx, ticketId, owned(tx));
    if (!before) throw notFound("ticket");
    await assertUnchanged(tx, "ticket", before);
    const { id } = await say(tx, before, {
      author: authorOf(tx),
      body: input.body,
      isInternal: input.is_internal ?? false,
      status: input.status,
      attachmentIds: input.attachment_ids ?? [],
      mailId: null,
    });
    const written = await findMessage(tx, id);
    const [message] = written ? await veiled(tx, [written]) : [];
    if (!message) throw new Error("A message that was written is gone");
    return message;
  });
}

/** Something said, whoever by and however it came. */
export type Said = {
  author: Author;
  body: string;
  isInternal: boolean;
  /** what the ticket becomes with it */
  status: TicketStatus | undefined;
  attachmentIds: string[];
  mailId: string | null;
};

/**
 * Write a message into a ticket that is locked, with all that follows for the ticket. The caller
 * has authorised. Throws CONFLICT when nothing can be said in it.
 */
export async function say(
  tx: TxCtx,
  before: StoredTicket,
  said: Said,
): Promise<{ id: string; ticket: StoredTicket }> {
  refuseMerged(before);
  if ((await countMessages(tx, before.id, mostMessages)) >= mostMessages)
    throw new DomainError(
      "CONFLICT",
      `Ticket #${before.number} has ${mostMessages} messages. Open a new one.`,
    );
  const { author, isInternal, body, mailId } = said;
  const side = sideOf(author);
  const id = await insertMessage(tx, {
    ...{ ticketId: before.id, author, side, isInternal, body, mailId },
  });
  await attach(tx, id, author, said.attachmentIds);
  const answered = isInternal ? {} : await changeOfAnswer(tx, before, side);
  const between = { ...before, status: answered.status ?? before.status };
  const chosen = said.status ? await changeTo(tx, between, said.status) : {};
  const after = await updateTicket(tx, before.id, { ...answered, ...chosen });
  await toldOfTicket(tx, nameOf(side, isInternal), before, after, {
    message_id: id,
  });
  return { id, ticket: after };
}

/** Throws VALIDATION_FAILED when a customer's person gives what is for staff. */
export function refuseForCustomers(
  ctx: Ctx,
  field: string,
  value: unknown,
): void {
  if (value === undefined || isOfUs(ctx)) return;
  const message = "can be set by our team only: leave it out";
  throw invalid([{ field: `body.${field}`, message }]);
}

async function changeOfAnswer(
  tx: TxCtx,
  ticket: StoredTicket,
  side: "customer" | "staff",
): Promise<TicketChange> {
  const now = tx.now();
  const last = { last_message_at: now, last_message_by: side };
  if (side === "customer")
    return { ...last, ...(await changeBy(tx, ticket, "customer_replies")) };
  const isAsked = ticket.response_due_at !== null;
  const isFirst =
    !ticket.first_responded_at &&
    (isAsked || ticket.opened_by.kind !== "staff");
  return {
    ...last,
    ...(await changeBy(tx, ticket, "staff_answers")),
    response_due_at: null,
    ...(ticket.is_overdue && { was_late: true }),
    ...(isFirst && {
      first_responded_at: now,
      first_response_seconds: since(ticket, now),
    }),
  };
}

function nameOf(side: "customer" | "staff", isInternal: boolean) {
  if (isInternal) return "ticket.noted";
  return side === "staff" ? "ticket.answered" : "ticket.replied";
}
