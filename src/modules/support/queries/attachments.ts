import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { TicketAttachment } from "../contract/messages";
import type { Author } from "../contract/parts";

/** All of a file but its bytes. */
export const attachmentShape = {
  id: true,
  name: true,
  type: true,
  size_bytes: true,
  created_at: true,
} as const satisfies Prisma.AttachmentSelect;

export type NewAttachment = {
  by: Author;
  name: string;
  type: string;
  bytes: Uint8Array;
};

export async function insertAttachment(
  tx: TxCtx,
  { by, name, type, bytes }: NewAttachment,
): Promise<TicketAttachment> {
  const row = await tx.db.attachment.create({
    data: {
      id: toUuid(newId("att")),
      ...uploadedBy(by),
      ...{ name, type, size_bytes: bytes.byteLength },
      bytes: new Uint8Array(bytes),
      created_at: tx.now(),
    },
    select: attachmentShape,
  });
  return toAttachment(row);
}

/** How many files of an author wait for a message. */
export async function countUnsent(tx: TxCtx, by: Author): Promise<number> {
  const where = { ...uploadedBy(by), message_id: null };
  return tx.db.attachment.count({ where });
}

/** Give an author's waiting files to a message; the answer counts them. */
export async function attachTo(
  tx: TxCtx,
  messageId: string,
  by: Author,
  ids: string[],
): Promise<number> {
  const { count } = await tx.db.attachment.updateMany({
    where: {
      ...uploadedBy(by),
      id: { in: ids.map(toUuid) },
      message_id: null,
    },
    data: { message_id: toUuid(messageId) },
  });
  return count;
}

/** A file with its bytes: of a message in a ticket that may be seen, or one's own that waits. */
export async function findAttachment(
  ctx: Ctx,
  id: string,
  seen: { owner: string | null; withInternal: boolean; by: Author },
) {
  const ofTicket: Prisma.TicketMessageWhereInput = {
    ...(seen.owner && { ticket: { customer_id: toUuid(seen.owner) } }),
    ...(!seen.withInternal && { is_internal: false }),
  };
  return ctx.db.attachment.findFirst({
    where: {
      id: toUuid(id),
      OR: [
        { message: { is: ofTicket } },
        { message_id: null, ...uploadedBy(seen.by) },
      ],
    },
    select: { name: true, type: true, bytes: true },
  });
}

/** Forget files that no message came for; the answer counts them. */
export async function deleteUnsent(ctx: Ctx, before: Date): Promise<number> {
  const where = { message_id: null, created_at: { lt: before } };
  return (await ctx.db.attachment.deleteMany({ where })).count;
}

function uploadedBy({ kind, id }: Author) {
  return { uploaded_by_kind: kind, uploaded_by_id: id && toUuid(id) };
}

type Row = Prisma.AttachmentGetPayload<{ select: typeof attachmentShape }>;

export function toAttachment(row: Row): TicketAttachment {
  return {
    ...row,
    id: fromUuid("att", row.id),
    created_at: row.created_at.toISOString(),
  };
}
