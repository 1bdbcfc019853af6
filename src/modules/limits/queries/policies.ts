import { sql } from "@/platform/db";
import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import { hasRedis } from "@/platform/redis";
import type { CustomerLimits, Limits, WindowUsage } from "../contract";
import { subjectUuid, type Subject } from "./subject";
import { takeWindows } from "./windows";

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

/** The limits of customers that have no others; null only in a database that lacks the row. */
export async function findDefaultLimits(ctx: Ctx): Promise<Limits | null> {
  const where = { subject_id: subjectUuid("default") };
  const row = await ctx.db.limitPolicy.findUnique({ where });
  return row && toLimits(row);
}

type EffectiveRow = {
  limits: bigint[];
  base: bigint[];
  source: CustomerLimits["source"];
  plan_name: string | null;
};

/** What is in force for a customer now, as the access decision reads it. */
export async function findEffectiveLimits(
  ctx: Ctx,
  customerId: string,
): Promise<Omit<CustomerLimits, "usage">> {
  const [row] = await ctx.db.$queryRaw<EffectiveRow[]>`
    SELECT limits, base, source, plan_name FROM effective_limits(${toUuid(customerId)}::uuid)`;
  if (!row) throw new Error("effective_limits gives one row");
  const { limits, base, source, plan_name } = row;
  return {
    limits: toFive(limits),
    base: toFive(base),
    source,
    plan: plan_name,
  };
}

function toFive(windows: (bigint | null)[]): Limits {
  // Safe: CHECK constraints keep limits below 2⁵³.
  const [second, minute, hour, day, month] = windows.map((limit) =>
    limit === null ? null : Number(limit),
  );
  return {
    per_second: second ?? null,
    per_minute: minute ?? null,
    per_hour: hour ?? null,
    per_day: day ?? null,
    per_month: month ?? null,
  };
}

export async function upsertPolicy(
  tx: TxCtx,
  subject: Subject,
  limits: Limits,
): Promise<void> {
  const subject_id = subjectUuid(subject);
  const subject_kind = subject === "default" ? subject : subject.kind;
  await tx.db.limitPolicy.upsert({
    where: { subject_id },
    create: { subject_id, subject_kind, ...limits, created_at: tx.now() },
    update: limits,
  });
}

export async function deletePolicy(tx: TxCtx, subject: Subject): Promise<void> {
  const where = { subject_id: subjectUuid(subject) };
  await tx.db.limitPolicy.deleteMany({ where });
}

/** Remove what is kept of a customer that is gone. What is kept of its keys goes with them. */
export async function deleteSubject(ctx: Ctx, subject: string): Promise<void> {
  const where = { subject_id: toUuid(subject) };
  await ctx.db.limitPolicy.deleteMany({ where });
  await ctx.db.limitCounter.deleteMany({ where });
  await ctx.db.quota.deleteMany({ where });
  await ctx.db.featureGrant.deleteMany({ where });
  await ctx.db.meterUsage.deleteMany({ where });
  await ctx.db.meterUnique.deleteMany({ where });
}

type UsageRow = { subject_id: string; used: string[] };

/** What subjects used of each window by now, by public id. Writes nothing. */
export async function findUsage(
  subjects: string[],
): Promise<Map<string, WindowUsage>> {
  if (hasRedis()) return findUsageInRedis(subjects);
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

// What cannot be read now is shown as unused: it is a figure, not a decision.
async function findUsageInRedis(
  customers: string[],
): Promise<Map<string, WindowUsage>> {
  const ids = new Map(customers.map((id) => [toUuid(id), id]));
  const periods = await sql<{ id: string; period: number; left_ms: string }>(
    "limit_periods",
    `SELECT c.id, limit_period(e, now()) AS period,
       limit_ms(billing_period_end(e, now())) - limit_ms(now()) AS left_ms
     FROM customers c LEFT JOIN customer_entitlements e ON e.customer_id = c.id WHERE c.id = ANY ($1::uuid[])`,
    [[...ids.keys()]],
  );
  const asks = [
    {
      cost: 0,
      consume: false,
      limits: [null, null, null, null, null],
      key: null,
    },
  ];
  const found = await Promise.all(
    periods.map(async ({ id, period, left_ms }) => {
      const leftMs = Number(left_ms);
      const verdicts = await takeWindows(
        id,
        { number: period, leftMs },
        asks,
      ).catch(() => []);
      const used = (verdicts[0]?.used ?? []).map(String);
      return [ids.get(id) ?? "", toWindowUsage(used)] as const;
    }),
  );
  return new Map(found);
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
