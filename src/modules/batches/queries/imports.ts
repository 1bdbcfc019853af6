import type { Actor, Ctx, TxCtx } from "@/platform/context";
import type { Prisma } from "@/platform/db/generated/client";
import { insertRows } from "@/platform/db/rows";
import type { CustomerInput } from "@/modules/customers/contract";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Import, LineError } from "../contract/import";
import type { ImportLine } from "../import-file";
import { actorFields, toActor } from "./actor";

export type StoredImport = Omit<
  Import,
  "id" | "errors" | "error_count" | "ignored_columns"
> & { id: string; actor: Actor; request_id: string };

export async function insertImport(
  tx: TxCtx,
  id: string,
  lines: ImportLine[],
): Promise<StoredImport> {
  const now = tx.now();
  const row = await tx.db.import.create({
    data: {
      id: toUuid(id),
      status: "running",
      total: lines.length,
      ...actorFields(tx.actor),
      request_id: tx.requestId,
      created_at: now,
      worked_at: now,
    },
  });
  await insertRows(
    tx,
    "import_rows",
    lines.map(({ line, input }) => ({
      ...{ import_id: toUuid(id), line, input, result: "waiting" },
    })),
  );
  return toImport(row);
}

export async function findImport(
  ctx: Ctx,
  id: string,
): Promise<StoredImport | null> {
  const row = await ctx.db.import.findUnique({ where: { id: toUuid(id) } });
  return row && toImport(row);
}

/** The import, locked until the transaction ends. */
export async function lockImport(
  tx: TxCtx,
  id: string,
): Promise<StoredImport | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM imports WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findImport(tx, id);
}

export async function setImportStatus(
  tx: TxCtx,
  id: string,
  status: StoredImport["status"],
): Promise<StoredImport> {
  const now = tx.now();
  const isOver = status === "done" || status === "undone";
  const row = await tx.db.import.update({
    where: { id: toUuid(id) },
    data: { status, worked_at: now, finished_at: isOver ? now : null },
  });
  return toImport(row);
}

/** Lines of an import that are to be worked on: waiting ones, or made ones to undo. */
export async function findLines(
  ctx: Ctx,
  id: string,
  result: "waiting" | "made",
  take: number,
): Promise<number[]> {
  const rows = await ctx.db.importRow.findMany({
    where: { import_id: toUuid(id), result },
    orderBy: { line: "asc" },
    select: { line: true },
    take,
  });
  return rows.map(({ line }) => line);
}

/** A line that is still to be worked on; its row is then this transaction's. */
export async function claimLine(
  tx: TxCtx,
  id: string,
  line: number,
  result: "waiting" | "made",
): Promise<{ input: CustomerInput; customerId: string | null } | null> {
  const [row] = await tx.db.$queryRaw<
    { input: unknown; customer_id: string | null }[]
  >`
    SELECT input, customer_id FROM import_rows
    WHERE import_id = ${toUuid(id)}::uuid AND line = ${line} AND result = ${result}
    FOR UPDATE SKIP LOCKED`;
  return row
    ? {
        input: row.input as CustomerInput, // Safe: written by insertImport.
        customerId: row.customer_id && fromUuid("cus", row.customer_id),
      }
    : null;
}

type LineResult = "made" | "refused" | "removed" | "kept";

/** Say what became of a line that was claimed. */
export async function setLine(
  tx: TxCtx,
  id: string,
  line: number,
  {
    result,
    customerId,
    reason = null,
  }: { result: LineResult; customerId?: string; reason?: string | null },
): Promise<void> {
  const import_id = toUuid(id);
  await tx.db.$executeRaw`
    UPDATE import_rows SET result = ${result}, reason = ${reason}, input = NULL,
      customer_id = coalesce(${customerId ? toUuid(customerId) : null}::uuid, customer_id)
    WHERE import_id = ${import_id}::uuid AND line = ${line}`;
  await tx.db.import.update({
    where: { id: import_id },
    data: { [result]: { increment: 1 }, worked_at: tx.now() },
  });
}

/** Lines that were refused or kept, with why, after a line. */
export async function findLineErrors(
  ctx: Ctx,
  id: string,
  after: number,
  take: number,
): Promise<LineError[]> {
  const rows = await ctx.db.importRow.findMany({
    where: {
      import_id: toUuid(id),
      result: { in: ["refused", "kept"] },
      line: { gt: after },
    },
    orderBy: { line: "asc" },
    take,
  });
  return rows.map(({ line, reason }) => ({
    ...{ line, field: null, message: reason ?? "" },
  }));
}

/** Imports that nobody has worked on since an instant and that are not done. */
export async function findStuckImports(
  ctx: Ctx,
  since: Date,
): Promise<string[]> {
  const rows = await ctx.db.import.findMany({
    where: { status: { in: ["running", "undoing"] }, worked_at: { lt: since } },
    select: { id: true },
    take: 100,
  });
  return rows.map(({ id }) => fromUuid("imp", id));
}

/** Forget imports that were done before an instant. */
export async function deleteImports(ctx: Ctx, before: Date): Promise<number> {
  const where = {
    status: { in: ["done", "undone"] },
    worked_at: { lt: before },
  };
  return (await ctx.db.import.deleteMany({ where })).count;
}

function toImport(row: Prisma.ImportGetPayload<object>): StoredImport {
  return {
    id: fromUuid("imp", row.id),
    status: row.status as Import["status"], // Safe: a CHECK constraint.
    total: row.total,
    made: row.made,
    refused: row.refused,
    removed: row.removed,
    kept: row.kept,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at && row.finished_at.toISOString(),
    actor: toActor(row),
    request_id: row.request_id,
  };
}
