import { sql } from "@/platform/db";
import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import type { Limits, WindowUsage } from "./contract";

/** The subject whose policy holds for every customer without one. */
const defaultSubject = "00000000-0000-0000-0000-000000000000";

/** The policies of subjects, by public id; subjects without one are absent. */
export async function findPolicies(
  ctx: Ctx,
  subjects: string[],
): Promise<Map<string, Limits>> {
  const ids = new Map(subjects.map((subject) => [toUuid(subject), subject]));
  const rows = await ctx.db.limitPolicy.findMany({
    where: { subject_id: { in: [...ids.keys()] } },
  });
  return new Map(
    rows.map((row) => [ids.get(row.subject_id) ?? "", toLimits(row)]),
  );
}

export async function findDefaultLimits(ctx: Ctx): Promise<Limits> {
  return toLimits(
    await ctx.db.limitPolicy.findUniqueOrThrow({
      where: { subject_id: defaultSubject },
    }),
  );
}

export async function upsertPolicy(
  tx: TxCtx,
  subject_kind: "customer" | "key",
  subject: string,
  limits: Limits,
): Promise<void> {
  const subject_id = toUuid(subject);
  await tx.db.limitPolicy.upsert({
    where: { subject_id },
    create: { subject_id, subject_kind, ...limits, created_at: tx.now() },
    update: limits,
  });
}

export async function deletePolicy(tx: TxCtx, subject: string): Promise<void> {
  const where = { subject_id: toUuid(subject) };
  await tx.db.limitPolicy.deleteMany({ where });
}

/** Remove what is kept of a subject that is gone: its policy and its counters. */
export async function deleteSubject(ctx: Ctx, subject: string): Promise<void> {
  const where = { subject_id: toUuid(subject) };
  await ctx.db.limitPolicy.deleteMany({ where });
  await ctx.db.limitCounter.deleteMany({ where });
}

type UsageRow = { subject_id: string; used: string[] };

/** What subjects used of each window by now, by public id. Writes nothing. */
export async function findUsage(
  subjects: string[],
): Promise<Map<string, WindowUsage>> {
  const ids = new Map(subjects.map((subject) => [toUuid(subject), subject]));
  const rows = await sql<UsageRow>(
    "access_usage",
    "SELECT subject_id, used FROM access_usage($1::uuid[])",
    [[...ids.keys()]],
  );
  return new Map(
    rows.map(({ subject_id, used }) => [
      ids.get(subject_id) ?? "",
      toWindowUsage(used),
    ]),
  );
}

function toWindowUsage(used: string[]): WindowUsage {
  const [second = 0, minute = 0, hour = 0, day = 0, month = 0] =
    used.map(Number);
  return { second, minute, hour, day, month };
}

type Row = Prisma.LimitPolicyGetPayload<object>;

function toLimits(row: Row): Limits {
  return {
    per_second: row.per_second,
    per_minute: row.per_minute,
    per_hour: row.per_hour,
    per_day: row.per_day,
    // Safe: the contract takes no greater number in.
    per_month: row.per_month === null ? null : Number(row.per_month),
  };
}
