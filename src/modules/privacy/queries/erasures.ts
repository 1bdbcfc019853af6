import type { Ctx, TxCtx } from "@/platform/context";
import { Prisma } from "@/platform/db/generated/client";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { Erasure } from "../contract";
import type { Subjects } from "./tables";

/** What is asked to be erased, from when on, and by whom. */
export type NewErasure = {
  customerId: string;
  status: "scheduled" | "waiting";
  dueAt: Date;
  by: Erasure["asked_by"] & { id: string | null };
};

export type StoredErasure = Omit<Erasure, "steps_total"> & {
  subjects: Subjects | null;
};

const open = { in: ["scheduled", "waiting", "running"] };

export async function insertErasure(
  tx: TxCtx,
  { customerId, status, dueAt, by }: NewErasure,
): Promise<StoredErasure> {
  const row = await tx.db.erasure.create({
    data: {
      id: toUuid(newId("era")),
      customer_id: toUuid(customerId),
      status,
      asked_by_kind: by.kind,
      asked_by_id: by.id && toUuid(by.id),
      asked_by_name: by.name,
      due_at: dueAt,
      created_at: tx.now(),
      worked_at: tx.now(),
    },
  });
  return toErasure(row);
}

/** The erasure of a customer that is wanted or under way. */
export async function findOpenErasure(
  ctx: Ctx,
  customerId: string,
): Promise<StoredErasure | null> {
  const row = await ctx.db.erasure.findFirst({
    where: { customer_id: toUuid(customerId), status: open },
  });
  return row && toErasure(row);
}

/** The same, or else the last one. */
export async function findErasureOf(
  ctx: Ctx,
  customerId: string,
): Promise<StoredErasure | null> {
  const found = await findOpenErasure(ctx, customerId);
  if (found) return found;
  const row = await ctx.db.erasure.findFirst({
    where: { customer_id: toUuid(customerId) },
    orderBy: { created_at: "desc" },
  });
  return row && toErasure(row);
}

export async function findErasure(
  ctx: Ctx,
  id: string,
): Promise<StoredErasure | null> {
  const row = await ctx.db.erasure.findUnique({ where: { id: toUuid(id) } });
  return row && toErasure(row);
}

/** Those that are to go on: due, and worked on by nobody since. */
export async function findDue(ctx: Ctx, since: Date): Promise<StoredErasure[]> {
  const rows = await ctx.db.erasure.findMany({
    where: {
      OR: [
        { status: "scheduled", due_at: { lte: ctx.now() } },
        { status: { in: ["waiting", "running"] }, worked_at: { lt: since } },
      ],
    },
    orderBy: { worked_at: "asc" },
    take: 100,
  });
  return rows.map(toErasure);
}

/** Those that are done, the first one first. */
export async function listDone(
  ctx: Ctx,
): Promise<{ customer_id: string; erased_at: string }[]> {
  const rows = await ctx.db.erasure.findMany({
    where: { status: "done" },
    orderBy: { finished_at: "asc" },
    select: { customer_id: true, finished_at: true },
  });
  return rows.flatMap(({ customer_id, finished_at }) =>
    finished_at
      ? [
          {
            customer_id: fromUuid("cus", customer_id),
            erased_at: finished_at.toISOString(),
          },
        ]
      : [],
  );
}

export type ErasureChange = Partial<{
  status: Erasure["status"];
  steps_done: number;
  subjects: Subjects | null;
  waits_for: string | null;
  started_at: Date;
  finished_at: Date;
}>;

export async function updateErasure(
  ctx: Ctx,
  id: string,
  { subjects, ...change }: ErasureChange,
): Promise<void> {
  await ctx.db.erasure.update({
    where: { id: toUuid(id) },
    data: {
      ...change,
      ...(subjects !== undefined && { subjects: subjects ?? Prisma.DbNull }),
      worked_at: ctx.now(),
    },
  });
}

/** Forget who asked, where that was one of the customer's own people, and what was waited for. */
export async function forgetAskers(
  tx: TxCtx,
  customerId: string,
): Promise<void> {
  const customer_id = toUuid(customerId);
  await tx.db.erasure.updateMany({
    where: { customer_id },
    data: { waits_for: null, subjects: Prisma.DbNull },
  });
  await tx.db.erasure.updateMany({
    where: { customer_id, asked_by_kind: "customer" },
    data: { asked_by_id: null, asked_by_name: "one of its people" },
  });
}

type Row = Prisma.ErasureGetPayload<object>;

function toErasure(row: Row): StoredErasure {
  return {
    id: fromUuid("era", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    status: row.status as Erasure["status"], // Safe, as below: CHECK constraints.
    asked_by: {
      kind: row.asked_by_kind as Erasure["asked_by"]["kind"],
      name: row.asked_by_name,
    },
    due_at: row.due_at.toISOString(),
    steps_done: row.steps_done,
    waits_for: row.waits_for,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at && row.finished_at.toISOString(),
    subjects: row.subjects as Subjects | null, // Safe: updateErasure wrote them.
  };
}
