import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { TicketMessage } from "../contract/messages";
import type { Author, Side } from "../contract/parts";
import { attachmentShape, toAttachment } from "./attachments";
import { toAuthor } from "./tickets";

export type NewMessage = {
  ticketId: string;
  author: Author;
  side: Side;
  isInternal: boolean;
  body: string;
  /** of one that came by mail */
  mailId: string | null;
};

const include = {
  attachments: { select: attachmentShape, orderBy: { id: "asc" } },
} satisfies Prisma.TicketMessageInclude;

export async function insertMessage(
  tx: TxCtx,
  message: NewMessage,
): Promise<string> {
  const { author } = message;
  const id = newId("tkm");
  await tx.db.ticketMessage.create({
    data: {
      id: toUuid(id),
      ticket_id: toUuid(message.ticketId),
      author_kind: author.kind,
      author_id: author.id && toUuid(author.id),
      author_name: author.name,
      side: message.side,
      is_internal: message.isInternal,
      body: message.body,
      source: message.mailId === null ? "app" : "mail",
      mail_id: message.mailId,
      created_at: tx.now(),
    },
  });
  return id;
}

/** One more than asked for, newest first; internal ones only where they may be seen. */
export async function findMessages(
  ctx: Ctx,
  ticketId: string,
  seen: { before?: string | undefined; limit: number; withInternal: boolean },
): Promise<TicketMessage[]> {
  const rows = await ctx.db.ticketMessage.findMany({
    where: {
      ticket_id: toUuid(ticketId),
      ...(!seen.withInternal && { is_internal: false }),
      ...(seen.before && { id: { lt: toUuid(seen.before) } }),
    },
    include,
    orderBy: { id: "desc" },
    take: seen.limit + 1,
  });
  return rows.map(toMessage);
}

export async function findMessage(
  ctx: Ctx,
  id: string,
): Promise<TicketMessage | null> {
  const where = { id: toUuid(id) };
  const row = await ctx.db.ticketMessage.findUnique({ where, include });
  return row && toMessage(row);
}

/** The customer's people who wrote in a ticket. */
export async function findAuthors(
  ctx: Ctx,
  ticketId: string,
): Promise<Set<string>> {
  const rows = await ctx.db.ticketMessage.findMany({
    where: { ticket_id: toUuid(ticketId), author_kind: "customer" },
    select: { author_id: true },
    distinct: ["author_id"],
  });
  return new Set(
    rows.flatMap(({ author_id }) =>
      author_id ? [fromUuid("usr", author_id)] : [],
    ),
  );
}

/** Give a ticket's messages to another one. */
export async function moveMessages(
  tx: TxCtx,
  from: string,
  to: string,
): Promise<void> {
  await tx.db.ticketMessage.updateMany({
    where: { ticket_id: toUuid(from) },
    data: { ticket_id: toUuid(to) },
  });
}

/** Whether a mail was taken already. */
export async function isTaken(tx: TxCtx, mailId: string): Promise<boolean> {
  const where = { mail_id: mailId };
  return (await tx.db.ticketMessage.count({ where })) > 0;
}

/** How many messages a ticket has, counted to `most`. */
export async function countMessages(
  tx: TxCtx,
  ticketId: string,
  most: number,
): Promise<number> {
  const where = { ticket_id: toUuid(ticketId) };
  return tx.db.ticketMessage.count({ where, take: most });
}

type Row = Prisma.TicketMessageGetPayload<{ include: typeof include }>;

function toMessage(row: Row): TicketMessage {
  return {
    id: fromUuid("tkm", row.id),
    ticket_id: fromUuid("tkt", row.ticket_id),
    author: toAuthor(row.author_kind, row.author_id, row.author_name),
    is_internal: row.is_internal,
    body: row.body,
    source: row.source === "mail" ? "mail" : "app",
    attachments: row.attachments.map(toAttachment),
    created_at: row.created_at.toISOString(),
  };
}
