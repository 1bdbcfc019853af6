import { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { timeOfUuid } from "@/shared/ids";
import type { SealedEntry, StoredEntry } from "../chain";

/** The last seal of the chain. */
export type Head = { seq: number; entryId: string; digest: Uint8Array };

export async function findHead(ctx: Ctx): Promise<Head | null> {
  const row = await ctx.db.auditSeal.findFirst({ orderBy: { seq: "desc" } });
  return (
    row && { seq: Number(row.seq), entryId: row.entry_id, digest: row.digest }
  );
}

/** When the newest entry that has a seal was written; null when none has. */
export async function newestSealed(ctx: Ctx): Promise<Date | null> {
  const row = await ctx.db.auditSeal.findFirst({
    orderBy: { entry_id: "desc" },
    select: { entry_id: true },
  });
  return row && timeOfUuid(row.entry_id);
}

/** Be the one sealer until the transaction ends; false when another is at it. */
export async function holdChain(tx: TxCtx): Promise<boolean> {
  const [row] = await tx.db.$queryRaw<
    { held: boolean }[]
  >`SELECT pg_try_advisory_xact_lock(hashtextextended('audit_seals', 0)) AS held`;
  return row?.held ?? false;
}

/** `last` is null when there are no entries after the id. */
export type Scan = { last: string | null; unsealed: string[] };

/** The next `take` entries after an id (null: from the first), and which of them no seal is for. */
export async function scanEntries(
  ctx: Ctx,
  after: string | null,
  take: number,
): Promise<Scan> {
  const where =
    after === null ? Prisma.empty : Prisma.sql`WHERE id > ${after}::uuid`;
  const rows = await ctx.db.$queryRaw<{ id: string; unsealed: boolean }[]>`
    SELECT e.id::text AS id, s.seq IS NULL AS unsealed
    FROM (SELECT id FROM audit_log ${where} ORDER BY id LIMIT ${take}) e
    LEFT JOIN audit_seals s ON s.entry_id = e.id
    ORDER BY e.id`;
  return {
    last: rows.at(-1)?.id ?? null,
    unsealed: rows.filter((row) => row.unsealed).map(({ id }) => id),
  };
}

/** Entries as they are stored, by UUID, in the order of their ids. */
export async function findStored(
  ctx: Ctx,
  ids: string[],
): Promise<StoredEntry[]> {
  if (ids.length === 0) return [];
  return ctx.db.auditEntry.findMany({
    where: { id: { in: ids } },
    orderBy: { id: "asc" },
  });
}

export async function insertSeals(tx: TxCtx, seals: Head[]): Promise<void> {
  await tx.db.auditSeal.createMany({
    data: seals.map(({ seq, entryId, digest }) => ({
      seq,
      entry_id: entryId,
      digest: new Uint8Array(digest),
    })),
  });
}

/** The next `take` seals after a place in the chain, each with its entry. */
export async function findSealed(
  ctx: Ctx,
  after: number,
  take: number,
): Promise<SealedEntry[]> {
  const seals = await ctx.db.auditSeal.findMany({
    where: { seq: { gt: after } },
    orderBy: { seq: "asc" },
    take,
  });
  const ids = seals.map(({ entry_id }) => entry_id);
  const entries = new Map(
    (await findStored(ctx, ids)).map((entry) => [entry.id, entry]),
  );
  return seals.map(({ seq, entry_id, digest }) => ({
    seq: Number(seq),
    entryId: entry_id,
    digest,
    entry: entries.get(entry_id) ?? null,
  }));
}
