import { exact } from "@/platform/db/exact";
import type { Ctx, TxCtx } from "@/platform/context";
import { forMany } from "@/platform/together";
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
export const findBilledUse = forMany(
  async (
    ctx: Ctx,
    asked: { subscriptionId: string; since: Date }[],
  ): Promise<BilledUse[][]> => {
    const earliest = Math.min(...asked.map(({ since }) => since.getTime()));
    const ids = asked.map(({ subscriptionId }) => toUuid(subscriptionId));
    const rows = await ctx.db.subscriptionUsage.findMany({
      where: {
        subscription_id: { in: ids },
        period_start: { gte: new Date(earliest) },
      },
      orderBy: [{ period_start: "asc" }, { meter_id: "asc" }],
    });
    return asked.map(({ since }, i) =>
      rows
        .filter((row) => row.subscription_id === ids[i])
        .filter((row) => row.period_start >= since)
        .map((row) => ({
          meterId: fromUuid("mtr", row.meter_id),
          periodStart: row.period_start,
          planVersionId: fromUuid("plv", row.plan_version_id),
          quantity: exact(row.quantity),
          minor: row.amount_minor,
        })),
    );
  },
);

export const upsertBilledUse = forMany(
  async (
    tx: TxCtx,
    given: { subscriptionId: string; billed: BilledUse[] }[],
  ) => {
    const rows = given.flatMap(({ subscriptionId, billed }) =>
      billed.map(
        ({ meterId, periodStart, planVersionId, quantity, minor }) => ({
          ...{ subscription_id: toUuid(subscriptionId), quantity },
          ...{ meter_id: toUuid(meterId), period_start: periodStart },
          ...{ plan_version_id: toUuid(planVersionId), updated_at: tx.now() },
          amount_minor: String(minor),
        }),
      ),
    );
    await tx.db.$executeRaw`
      INSERT INTO subscription_usage
        (subscription_id, meter_id, period_start, plan_version_id, quantity, amount_minor, updated_at)
      SELECT subscription_id, meter_id, period_start, plan_version_id, quantity, amount_minor, updated_at
      FROM json_populate_recordset(NULL::subscription_usage, ${JSON.stringify(rows)}::json)
      ON CONFLICT (subscription_id, meter_id, period_start) DO UPDATE SET
        plan_version_id = excluded.plan_version_id, quantity = excluded.quantity,
        amount_minor = excluded.amount_minor, updated_at = excluded.updated_at`;
    return given.map(() => undefined);
  },
);
