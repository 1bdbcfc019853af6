import type { Ctx, TxCtx } from "@/platform/context";
import { forMany } from "@/platform/together";
import { fromUuid, toUuid } from "@/shared/ids";

/** What a customer's access rests on. Ids are public. */
export type Entitlement = {
  planId: string;
  planName: string;
  periodStart: Date;
  periodEnd: Date;
  inForce: boolean;
};

export const upsertEntitlement = forMany(
  async (tx: TxCtx, given: (Entitlement & { customerId: string })[]) => {
    const now = tx.now();
    const rows = given.map((one) => ({
      ...{ customer_id: toUuid(one.customerId), plan_id: toUuid(one.planId) },
      ...{ plan_name: one.planName, is_in_force: one.inForce },
      ...{ period_start: one.periodStart, period_end: one.periodEnd },
      ...{ created_at: now, updated_at: now },
    }));
    // An event may still come for the periods before this one, but for those that begin later.
    await tx.db.$executeRaw`
    INSERT INTO customer_entitlements AS e
      (customer_id, plan_id, plan_name, is_in_force, period_start, period_end, created_at, updated_at)
    SELECT customer_id, plan_id, plan_name, is_in_force, period_start, period_end, created_at, updated_at
    FROM json_populate_recordset(NULL::customer_entitlements, ${JSON.stringify(rows)}::json)
    ON CONFLICT (customer_id) DO UPDATE SET
      plan_id = excluded.plan_id, plan_name = excluded.plan_name, is_in_force = excluded.is_in_force,
      period_start = excluded.period_start, period_end = excluded.period_end, updated_at = excluded.updated_at,
      (previous_period_start, earlier_period_starts) = (
        SELECT starts[1], coalesce(starts[2:], '{}') FROM (
          SELECT array_agg(s ORDER BY s DESC) AS starts FROM (
            SELECT s, lead(s) OVER (ORDER BY s) AS ends
            FROM unnest(e.earlier_period_starts || e.previous_period_start || e.period_start) s
            WHERE s < excluded.period_start GROUP BY s) before
          WHERE coalesce(ends, excluded.period_start) > excluded.period_start - interval '36 days') kept)`;
    return given.map(() => undefined);
  },
);

/** Calls are refused, and what is used from an instant on is of another period. */
export async function updateEnd(
  tx: TxCtx,
  customerId: string,
  at: Date,
): Promise<void> {
  await tx.db.$executeRaw`
    UPDATE customer_entitlements SET is_in_force = false, updated_at = ${tx.now()},
      period_end = CASE WHEN ${at}::timestamptz > period_start
                        THEN least(period_end, ${at}::timestamptz) ELSE period_end END
    WHERE customer_id = ${toUuid(customerId)}::uuid`;
}

/** Raise, and take back, the alerts of a customer's quota of a meter as it is now; null is any. */
export const rearmAlerts = forMany(
  async (
    tx: TxCtx,
    given: { customerId: string; meterId: string | null }[],
  ) => {
    const customers = given.map(({ customerId }) => toUuid(customerId));
    const meters = given.map(({ meterId }) => meterId && toUuid(meterId));
    await tx.db.$executeRaw`
      SELECT alert_rearm(customer, meter)
      FROM (SELECT * FROM unnest(${customers}::uuid[], ${meters}::uuid[]) AS r (customer, meter)
            ORDER BY customer) r`;
    return given.map(() => undefined);
  },
);

/** Customers with use of a meter, by their order: those of a plan, or all. */
export async function findUsers(
  ctx: Ctx,
  planId: string | null,
  after: string | null,
  most: number,
): Promise<string[]> {
  const from = after ? toUuid(after) : "00000000-0000-0000-0000-000000000000";
  const rows = planId
    ? await ctx.db.$queryRaw<{ id: string }[]>`
        SELECT e.customer_id AS id FROM customer_entitlements e
        WHERE e.plan_id = ${toUuid(planId)}::uuid AND e.customer_id > ${from}::uuid
          AND EXISTS (SELECT FROM meter_usage u WHERE u.subject_id = e.customer_id)
        ORDER BY 1 LIMIT ${most}`
    : await ctx.db.$queryRaw<{ id: string }[]>`
        SELECT c.id FROM customers c
        WHERE c.id > ${from}::uuid AND EXISTS (SELECT FROM meter_usage u WHERE u.subject_id = c.id)
        ORDER BY 1 LIMIT ${most}`;
  return rows.map(({ id }) => fromUuid("cus", id));
}

/** The version of a plan (`plv_…`) that a customer has in force; null for none. */
export async function findPlanInForce(
  ctx: Ctx,
  customerId: string,
): Promise<string | null> {
  const row = await ctx.db.customerEntitlement.findFirst({
    where: { customer_id: toUuid(customerId), is_in_force: true },
    select: { plan_id: true },
  });
  return row?.plan_id ? fromUuid("plv", row.plan_id) : null;
}
