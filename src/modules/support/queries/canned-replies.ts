import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { CannedReply, CannedReplyInput } from "../contract/canned-replies";

export async function findCannedReplies(ctx: Ctx): Promise<CannedReply[]> {
  const rows = await ctx.db.cannedReply.findMany({
    orderBy: { name: "asc" },
    take: 500,
  });
  return rows.map(toReply);
}

export async function findCannedReply(
  ctx: Ctx,
  id: string,
): Promise<CannedReply | null> {
  const where = { id: toUuid(id) };
  const row = await ctx.db.cannedReply.findUnique({ where });
  return row && toReply(row);
}

/** The same, locked until the transaction ends. */
export async function lockCannedReply(
  tx: TxCtx,
  id: string,
): Promise<CannedReply | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM canned_replies WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findCannedReply(tx, id);
}

/** Write a reply; null when another one has the name. */
export async function insertCannedReply(
  tx: TxCtx,
  { name, body }: CannedReplyInput,
): Promise<CannedReply | null> {
  const [row] = await tx.db.cannedReply.createManyAndReturn({
    data: [
      {
        ...{ id: toUuid(newId("cnd")), name, body },
        ...{ created_at: tx.now(), updated_at: tx.now() },
      },
    ],
    skipDuplicates: true,
  });
  return row ? toReply(row) : null;
}

/** Whether a reply other than `id` has the name. */
export async function isNameTaken(
  tx: TxCtx,
  name: string,
  id: string,
): Promise<boolean> {
  const where = { name, id: { not: toUuid(id) } };
  return (await tx.db.cannedReply.count({ where })) > 0;
}

export async function updateCannedReply(
  tx: TxCtx,
  id: string,
  { name, body }: CannedReplyInput,
): Promise<CannedReply> {
  const row = await tx.db.cannedReply.update({
    where: { id: toUuid(id) },
    data: { name, body, updated_at: tx.now() },
  });
  return toReply(row);
}

export async function deleteCannedReply(tx: TxCtx, id: string): Promise<void> {
  await tx.db.cannedReply.delete({ where: { id: toUuid(id) } });
}

function toReply(row: Prisma.CannedReplyGetPayload<object>): CannedReply {
  return {
    id: fromUuid("cnd", row.id),
    name: row.name,
    body: row.body,
    text: null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
