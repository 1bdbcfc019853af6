import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import type { Plan, PlanQuery } from "../contract";
import { toPlans, type Meters } from "./rows";

/** A row of plans to write. */
export type PlanData = {
  code: string;
  name: string;
  description: string;
  is_public: boolean;
  position: number;
};

/** False when another plan has the code. */
export async function insertPlan(
  tx: TxCtx,
  id: string,
  data: PlanData,
): Promise<boolean> {
  const { count } = await tx.db.plan.createMany({
    data: {
      id: toUuid(id),
      ...data,
      created_at: tx.now(),
      updated_at: tx.now(),
    },
    skipDuplicates: true,
  });
  return count > 0;
}

/** Also with nothing to change: the plan is then newer, since a version of it changed. */
export async function updatePlan(
  tx: TxCtx,
  id: string,
  data: Partial<PlanData> & {
    archived_at?: Date | null;
    current_version_id?: string;
  },
): Promise<void> {
  const { current_version_id: current, ...rest } = data;
  await tx.db.plan.update({
    where: { id: toUuid(id) },
    data: {
      ...rest,
      ...(current && { current_version_id: toUuid(current) }),
      updated_at: tx.now(),
    },
  });
}

/** Until the transaction ends, nobody else makes the plans to begin with. */
export async function lockStarters(tx: TxCtx): Promise<void> {
  await tx.db
    .$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('plan_starters', 0))::text`;
}

/** Until the transaction ends, nobody else changes this plan or its versions. */
export async function lockPlan(tx: TxCtx, id: string): Promise<void> {
  await tx.db
    .$queryRaw`SELECT 1 FROM plans WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
}

export async function findPlan(
  ctx: Ctx,
  where: { id: string } | { code: string },
  meters: Meters,
): Promise<Plan | null> {
  const row = await ctx.db.plan.findUnique({
    where: "id" in where ? { id: toUuid(where.id) } : where,
  });
  if (!row) return null;
  const [plan] = await toPlans(ctx, [row], meters);
  return plan ?? null;
}

/** The plan of this code, else of this name: one that is sold before others. */
export async function findPlanNamed(
  ctx: Ctx,
  named: string,
): Promise<string | null> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM plans WHERE code = ${named} OR name = ${named}
    ORDER BY code = ${named} DESC, archived_at IS NULL AND current_version_id IS NOT NULL DESC, id
    LIMIT 1`;
  return row ? fromUuid("pln", row.id) : null;
}

export async function findPlans(
  ctx: Ctx,
  query: PlanQuery,
  meters: Meters,
): Promise<{ items: Plan[]; total: number }> {
  const where = toWhere(query);
  const [rows, total] = await Promise.all([
    ctx.db.plan.findMany({
      where,
      orderBy: byPlace,
      ...pageWindow(query),
    }),
    ctx.db.plan.count({ where }),
  ]);
  return { items: await toPlans(ctx, rows, meters), total };
}

/** Those that customers may choose, in the order of the price page. */
export async function findOffered(ctx: Ctx, meters: Meters): Promise<Plan[]> {
  const rows = await ctx.db.plan.findMany({
    where: {
      is_public: true,
      archived_at: null,
      current_version_id: { not: null },
    },
    orderBy: byPlace,
  });
  return toPlans(ctx, rows, meters);
}

const byPlace = [
  { position: "asc" },
  { name: "asc" },
  { id: "asc" },
] as const satisfies Prisma.PlanOrderByWithRelationInput[];

function toWhere({ search, status }: PlanQuery): Prisma.PlanWhereInput {
  // A typed % or _ means itself.
  const contains = search?.replace(/[\\%_]/g, "\\$&");
  return {
    archived_at: status === "archived" ? { not: null } : null,
    ...(status === "draft" && { current_version_id: null }),
    ...(status === "active" && { current_version_id: { not: null } }),
    ...(contains && {
      OR: [
        { code: { contains, mode: "insensitive" } },
        { name: { contains, mode: "insensitive" } },
      ],
    }),
  };
}
