import { uniqueViolation } from "@/platform/db/failures";
import type { Ctx, TxCtx } from "@/platform/context";
import type { Prisma } from "@/platform/db/generated/client";
import { DomainError } from "@/shared/errors";
import { fromUuid, toUuid } from "@/shared/ids";
import type { CustomerFilters } from "../contract";
import type { Segment } from "../contract/segments";

/** The tags that customers have, those of most first. */
export async function findTags(ctx: Ctx, take: number) {
  return ctx.db.tag.findMany({
    where: { customers: { gt: 0 } },
    orderBy: [{ customers: "desc" }, { name: "asc" }],
    take,
  });
}

export async function findSegments(ctx: Ctx): Promise<Segment[]> {
  const rows = await ctx.db.segment.findMany({ orderBy: { name: "asc" } });
  return rows.map(toSegment);
}

export async function findSegment(
  ctx: Ctx,
  id: string,
): Promise<Segment | null> {
  const row = await ctx.db.segment.findUnique({ where: { id: toUuid(id) } });
  return row && toSegment(row);
}

/** The segment, locked until the transaction ends. */
export async function lockSegment(
  tx: TxCtx,
  id: string,
): Promise<Segment | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM segments WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findSegment(tx, id);
}

/** Throws CONFLICT when another segment has the name. */
export async function insertSegment(
  tx: TxCtx,
  id: string,
  { name, filters }: { name: string; filters: CustomerFilters },
): Promise<Segment> {
  const data = { id: toUuid(id), name, filters: plain(filters) };
  const row = await refuseTaken(
    tx.db.segment.create({ data: { ...data, created_at: tx.now() } }),
  );
  return toSegment(row);
}

/** Throws CONFLICT when another segment has the name. */
export async function updateSegment(
  tx: TxCtx,
  id: string,
  { name, filters }: { name?: string; filters?: CustomerFilters },
): Promise<Segment> {
  const data = {
    ...(name !== undefined && { name }),
    ...(filters && { filters: plain(filters) }),
  };
  const where = { id: toUuid(id) };
  return toSegment(await refuseTaken(tx.db.segment.update({ where, data })));
}

export async function deleteSegment(tx: TxCtx, id: string): Promise<void> {
  await tx.db.segment.delete({ where: { id: toUuid(id) } });
}

// Without what is undefined, which JSON cannot hold.
function plain(filters: CustomerFilters): Prisma.InputJsonObject {
  return Object.fromEntries(
    Object.entries(filters).filter(([, value]) => value !== undefined),
  );
}

function toSegment(row: Prisma.SegmentGetPayload<object>): Segment {
  return {
    id: fromUuid("seg", row.id),
    name: row.name,
    filters: row.filters as Segment["filters"], // Safe: written by the contract's schema.
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

async function refuseTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw new DomainError(
      "CONFLICT",
      "Another segment has this name. Choose another one, or change that segment.",
      { fields: [{ field: "name", message: "is used by another segment" }] },
    );
  }
}
