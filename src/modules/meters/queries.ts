import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import type { Meter, MeterInput, MeterQuery } from "./contract";

/** Null when another meter has the name. */
export async function insertMeter(
  tx: TxCtx,
  meter: MeterInput,
): Promise<Meter | null> {
  const id = toUuid(newId("mtr"));
  const { count } = await tx.db.meter.createMany({
    data: { id, ...meter, created_at: tx.now(), updated_at: tx.now() },
    skipDuplicates: true,
  });
  return count === 0 ? null : findMeter(tx, fromUuid("mtr", id));
}

export async function updateMeter(
  tx: TxCtx,
  id: string,
  data: Partial<MeterInput> & { archived_at?: Date | null },
): Promise<Meter> {
  const where = { id: toUuid(id) };
  const row = await tx.db.meter.update({
    where,
    data: { ...data, updated_at: tx.now() },
  });
  return toMeter(row, await findUsed(tx, [row.id]));
}

export async function findMeter(ctx: Ctx, id: string): Promise<Meter | null> {
  const row = await ctx.db.meter.findUnique({ where: { id: toUuid(id) } });
  return row && toMeter(row, await findUsed(ctx, [row.id]));
}

/** The same, locked until the transaction ends. */
export async function lockMeter(tx: TxCtx, id: string): Promise<Meter | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM meters WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findMeter(tx, id);
}

export async function findMeterByName(
  ctx: Ctx,
  name: string,
): Promise<Meter | null> {
  const row = await ctx.db.meter.findUnique({ where: { name } });
  return row && toMeter(row, await findUsed(ctx, [row.id]));
}

/** One page: those that came with the app last. */
export async function findMeters(
  ctx: Ctx,
  query: MeterQuery,
): Promise<{ items: Meter[]; total: number }> {
  const where = toWhere(query);
  const [rows, total] = await Promise.all([
    ctx.db.meter.findMany({
      where,
      orderBy: [{ is_system: "asc" }, { title: "asc" }, { name: "asc" }],
      ...pageWindow(query),
    }),
    ctx.db.meter.count({ where }),
  ]);
  const used = await findUsed(
    ctx,
    rows.map(({ id }) => id),
  );
  return { items: rows.map((row) => toMeter(row, used)), total };
}

/** What identifies every meter there is, archived ones too. */
export async function findAllMeters(ctx: Ctx) {
  const rows = await ctx.db.meter.findMany({
    select: {
      id: true,
      name: true,
      title: true,
      unit: true,
      archived_at: true,
    },
    orderBy: [{ is_system: "asc" }, { title: "asc" }, { name: "asc" }],
  });
  return rows.map(({ id, archived_at, ...row }) => ({
    ...row,
    id: fromUuid("mtr", id),
    isArchived: archived_at !== null,
  }));
}

// Of these meters, those of which anything was counted: one look at the index for each.
async function findUsed(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM unnest(${ids}::uuid[]) id
    WHERE EXISTS (SELECT FROM meter_usage u WHERE u.meter_id::text = id::text)`;
  return new Set(rows.map(({ id }) => id));
}

function toWhere({
  search,
  include_archived,
}: MeterQuery): Prisma.MeterWhereInput {
  // A typed % or _ means itself.
  const contains = search?.replace(/[\\%_]/g, "\\$&");
  return {
    ...(!include_archived && { archived_at: null }),
    ...(contains && {
      OR: [
        { name: { contains, mode: "insensitive" } },
        { title: { contains, mode: "insensitive" } },
      ],
    }),
  };
}

type Row = Prisma.MeterGetPayload<object>;

function toMeter(row: Row, used: Set<string>): Meter {
  return {
    id: fromUuid("mtr", row.id),
    name: row.name,
    title: row.title,
    unit: row.unit,
    // Safe: CHECK constraints allow no others.
    aggregation: row.aggregation as Meter["aggregation"],
    field: row.field as Meter["field"],
    property: row.property,
    event_meter: row.event_meter,
    provider: row.provider,
    model: row.model,
    is_system: row.is_system,
    is_used: used.has(row.id),
    archived_at: row.archived_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
