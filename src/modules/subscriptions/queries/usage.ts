import { exact } from "@/platform/db/exact";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";

/** What was billed of a meter for a period; the quantity is decimal text. */
export type BilledUse = {
  meterId: string;
  periodStart: Date;
  planVersionId: string;
  quantity: string;
  minor: bigint;
};

/** What was billed for the periods that began at or after an instant. */
export async function findBilledUse(
  ctx: Ctx,
  subscriptionId: string,
  since: Date,
): Promise<BilledUse[]> {
  const rows = await ctx.db.subscriptionUsage.findMany({
    where: {
      subscription_id: toUuid(subscriptionId),
      period_start: { gte: since },
    },
    orderBy: [{ period_start: "asc" }, { meter_id: "asc" }],
  });
  return rows.map((row) => ({
    meterId: fromUuid("mtr", row.meter_id),
    periodStart: row.period_start,
    planVersionId: fromUuid("plv", row.plan_version_id),
    quantity: exact(row.quantity),
    minor: row.amount_minor,
  }));
}

export async function upsertBilledUse(
  tx: TxCtx,
  subscriptionId: string,
  { meterId, periodStart, planVersionId, quantity, minor }: BilledUse,
): Promise<void> {
  const key = {
    subscription_id: toUuid(subscriptionId),
    meter_id: toUuid(meterId),
    period_start: periodStart,
  };
  const values = {
    plan_version_id: toUuid(planVersionId),
    quantity,
    amount_minor: minor,
  };
  await tx.db.subscriptionUsage.upsert({
    where: { subscription_id_meter_id_period_start: key },
    create: { ...key, ...values },
    update: values,
  });
}
