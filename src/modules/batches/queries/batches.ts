import type { Actor, Ctx, TxCtx } from "@/platform/context";
import type { Prisma } from "@/platform/db/generated/client";
import { insertOnceBy } from "@/platform/db/rows";
import { fromUuid, toUuid } from "@/shared/ids";
import { actorFields, toActor } from "./actor";
import type {
  Batch,
  BatchAction,
  BatchInput,
  BatchQuery,
  BatchResult,
} from "../contract";

/** What an action is done with. */
export type Params = Pick<BatchInput, "tags" | "reason" | "subject" | "text">;

/** A batch with what its job needs. */
export type StoredBatch = Batch & {
  params: Params;
  selection: unknown;
  /** the customer found last, while they are being found */
  found_to: string | null;
  actor: Actor;
  request_id: string;
};

export type NewBatch = {
  id: string;
  action: BatchAction;
  params: Params;
  selection: unknown;
};

export async function insertBatch(
  tx: TxCtx,
  { id, action, params, selection }: NewBatch,
): Promise<StoredBatch> {
  const now = tx.now();
  const row = await tx.db.batch.create({
    data: {
      id: toUuid(id),
      action,
      params,
      status: selection === null ? "running" : "preparing",
      // Safe: filters as JSON has them.
      ...(selection !== null && {
        selection: selection as Prisma.InputJsonValue,
      }),
      ...actorFields(tx.actor),
      request_id: tx.requestId,
      created_at: now,
      worked_at: now,
    },
  });
  return toBatch(row);
}

export async function findBatch(
  ctx: Ctx,
  id: string,
): Promise<StoredBatch | null> {
  const row = await ctx.db.batch.findUnique({ where: { id: toUuid(id) } });
  return row && toBatch(row);
}

/** The batch, locked until the transaction ends; null while another job holds it, and when it is gone. */
export async function claimBatch(
  tx: TxCtx,
  id: string,
): Promise<StoredBatch | null> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM batches WHERE id = ${toUuid(id)}::uuid FOR UPDATE SKIP LOCKED`;
  return rows.length > 0 ? findBatch(tx, id) : null;
}

/** Put customers into a batch, each once, and say how far the finding has come. */
export async function addItems(
  tx: TxCtx,
  id: string,
  customerIds: string[],
  isAll: boolean,
): Promise<void> {
  const batch_id = toUuid(id);
  const uuids = customerIds.map(toUuid);
  const added = await insertOnceBy(
    tx,
    "batch_items",
    uuids.map((customer_id) => ({ batch_id, customer_id, result: "waiting" })),
  );
  await tx.db.batch.update({
    where: { id: batch_id },
    data: {
      total: { increment: added },
      found_to: uuids.at(-1) ?? null,
      worked_at: tx.now(),
      ...(isAll && { status: "running" }),
    },
  });
}

/** Customers of a batch that wait, from the least id on. */
export async function findWaiting(
  ctx: Ctx,
  id: string,
  take: number,
): Promise<string[]> {
  const rows = await ctx.db.batchItem.findMany({
    where: { batch_id: toUuid(id), result: "waiting" },
    orderBy: { customer_id: "asc" },
    select: { customer_id: true },
    take,
  });
  return rows.map((row) => fromUuid("cus", row.customer_id));
}

/** Whether a customer of a batch waits still; its row is then this transaction's. */
export async function claimItem(
  tx: TxCtx,
  id: string,
  customerId: string,
): Promise<boolean> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM batch_items
    WHERE batch_id = ${toUuid(id)}::uuid AND customer_id = ${toUuid(customerId)}::uuid AND result = 'waiting'
    FOR UPDATE SKIP LOCKED`;
  return rows.length > 0;
}

/** Say what became of a customer that was claimed. */
export async function setResult(
  tx: TxCtx,
  id: string,
  customerId: string,
  result: Exclude<BatchResult, "waiting">,
  reason: string | null = null,
): Promise<void> {
  const batch_id = toUuid(id);
  const customer_id = toUuid(customerId);
  await tx.db.batchItem.update({
    where: { batch_id_customer_id: { batch_id, customer_id } },
    data: { result, reason },
  });
  await tx.db.batch.update({
    where: { id: batch_id },
    data: { [result]: { increment: 1 }, worked_at: tx.now() },
  });
}

/** Say that a batch is done. */
export async function finishBatch(tx: TxCtx, id: string): Promise<void> {
  const now = tx.now();
  await tx.db.batch.update({
    where: { id: toUuid(id) },
    data: { status: "done", finished_at: now, worked_at: now },
  });
}

/** Batches that nobody has worked on since an instant and that are not done. */
export async function findStuck(ctx: Ctx, since: Date): Promise<string[]> {
  const rows = await ctx.db.batch.findMany({
    where: {
      status: { in: ["preparing", "running"] },
      worked_at: { lt: since },
    },
    select: { id: true },
    take: 100,
  });
  return rows.map(({ id }) => fromUuid("bch", id));
}

/** Forget batches that were done before an instant; the answer counts them. */
export async function deleteBatches(ctx: Ctx, before: Date): Promise<number> {
  const where = { status: "done", worked_at: { lt: before } };
  return (await ctx.db.batch.deleteMany({ where })).count;
}

/** What became of the customers of a batch, by customer id. */
export async function findItems(
  ctx: Ctx,
  id: string,
  { cursor, result }: BatchQuery,
  take: number,
) {
  const rows = await ctx.db.batchItem.findMany({
    where: {
      batch_id: toUuid(id),
      ...(result && { result }),
      ...(cursor && { customer_id: { gt: toUuid(cursor) } }),
    },
    orderBy: { customer_id: "asc" },
    take,
  });
  return rows.map((row) => ({
    id: fromUuid("cus", row.customer_id),
    result: row.result as BatchResult, // Safe: a CHECK constraint.
    reason: row.reason,
  }));
}

function toBatch(row: Prisma.BatchGetPayload<object>): StoredBatch {
  const params = row.params as Params; // Safe: written by insertBatch.
  return {
    id: fromUuid("bch", row.id),
    action: row.action as BatchAction, // Safe: a CHECK constraint, as below.
    status: row.status as Batch["status"],
    tags: params.tags ?? null,
    reason: params.reason ?? null,
    subject: params.subject ?? null,
    total: row.total,
    done: row.done,
    unchanged: row.unchanged,
    refused: row.refused,
    created_by: { kind: row.actor_kind, name: row.actor_name },
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at && row.finished_at.toISOString(),
    params,
    selection: row.selection,
    found_to: row.found_to && fromUuid("cus", row.found_to),
    actor: toActor(row),
    request_id: row.request_id,
  };
}
