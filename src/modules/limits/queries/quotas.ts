import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import { spendMeter } from "@/shared/windows";
import type { Quota, Quotas } from "../contract/quotas";
import { subjectUuid, type Subject } from "./subject";

/** A quota as its table holds it; `amount` is decimal text. */
export type OwnQuota = {
  meterId: string;
  amount: string | null;
  overage: boolean;
};

/** A subject's own quotas, the spend cap among them. */
export async function findOwnQuotas(
  ctx: Ctx,
  subject: Subject,
): Promise<OwnQuota[]> {
  const rows = await ctx.db.quota.findMany({
    where: { subject_id: subjectUuid(subject) },
    orderBy: { meter_id: "asc" },
  });
  return rows.map((row) => ({
    meterId: fromUuid("mtr", row.meter_id),
    amount: row.amount && row.amount.toFixed(),
    overage: row.allows_overage,
  }));
}

/** Let a subject have these quotas and no others. */
export async function replaceOwnQuotas(
  tx: TxCtx,
  subject: Subject,
  quotas: OwnQuota[],
): Promise<void> {
  const subject_id = subjectUuid(subject);
  const subject_kind = subject === "default" ? subject : subject.kind;
  await tx.db.quota.deleteMany({ where: { subject_id } });
  await tx.db.quota.createMany({
    data: quotas.map(({ meterId, amount, overage }) => ({
      subject_id,
      subject_kind,
      meter_id: toUuid(meterId),
      amount,
      allows_overage: overage,
      created_at: tx.now(),
      updated_at: tx.now(),
    })),
  });
}

type Row = {
  name: string;
  title: string;
  unit: string;
  allows_overage: boolean;
  source: Quota["source"];
  period_end: Date;
  percentage: string | null;
} & Record<
  | "used"
  | "value"
  | "taken"
  | "held"
  | "boost"
  | "amount"
  | "base"
  | "remaining",
  string | null
>;

/**
 * The quotas in force for a customer, or for the lineage of one of its keys, and what is used of
 * them, as the access decision reads them.
 */
export async function findEffectiveQuotas(
  ctx: Ctx,
  customerId: string,
  subject: string = customerId,
): Promise<Quotas> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT name, title, unit, allows_overage, source, period_end,
      trim_scale(value + taken + held)::text AS used, trim_scale(value)::text AS value,
      trim_scale(taken)::text AS taken, trim_scale(held)::text AS held,
      trim_scale(amount)::text AS amount, trim_scale(base)::text AS base, trim_scale(boost)::text AS boost,
      trim_scale(greatest(amount - value - taken - held, 0))::text AS remaining,
      CASE WHEN amount = 0 THEN 100
           ELSE trim_scale(round((value + taken + held) * 100 / amount, 1)) END::text AS percentage
    FROM effective_quotas(${toUuid(subject)}::uuid, ${toUuid(customerId)}::uuid)`;
  const spend = rows.find(({ name }) => name === spendMeter);
  return {
    quotas: rows.filter((row) => row !== spend).map(toQuota),
    spend_cap: spend
      ? {
          amount: spend.amount,
          currency: "USD",
          base: spend.base,
          boost: spend.boost ?? "0",
          used: spend.used ?? "0",
          reported: spend.value ?? "0",
          taken: spend.taken ?? "0",
          held: spend.held ?? "0",
          remaining: spend.remaining,
          ...useOf(spend),
        }
      : null,
  };
}

function toQuota(row: Row): Quota {
  return {
    meter: row.name,
    title: row.title,
    unit: row.unit,
    limit: number(row.amount),
    base: number(row.base),
    boost: Number(row.boost),
    used: Number(row.used),
    reported: Number(row.value),
    taken: Number(row.taken),
    held: Number(row.held),
    remaining: number(row.remaining),
    ...useOf(row),
  };
}

function useOf(row: Row) {
  return {
    overage: row.allows_overage,
    source: row.source,
    percentage: number(row.percentage),
    resets_at: row.period_end.toISOString(),
  };
}

function number(text: string | null): number | null {
  return text === null ? null : Number(text);
}
