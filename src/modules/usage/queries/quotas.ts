import type { Ctx } from "@/platform/context";
import { forMany } from "@/platform/together";
import { fromUuid, toUuid } from "@/shared/ids";

/** A meter of which a customer has a quota, in its billing period. Amounts are decimal text. */
export type StoredQuota = {
  meter_id: string;
  meter: string;
  title: string;
  unit: string;
  used: string;
  amount: string | null;
  remaining: string | null;
  /** percent, with a decimal */
  percentage: number | null;
  overage: boolean;
};

/** The quotas in force for a customer, spend among them, and what is used of each. */
export async function findQuotas(
  ctx: Ctx,
  customerId: string,
): Promise<StoredQuota[]> {
  return ctx.db.$queryRaw<StoredQuota[]>`
    SELECT meter_id, name AS meter, title, unit, allows_overage AS overage,
      trim_scale(value + taken + held)::text AS used, trim_scale(amount)::text AS amount,
      trim_scale(greatest(amount - value - taken - held, 0))::text AS remaining,
      CASE WHEN amount = 0 THEN 100 ELSE round((value + taken + held) * 100 / amount, 1) END::float8 AS percentage
    FROM effective_quotas(${toUuid(customerId)}::uuid, ${toUuid(customerId)}::uuid)`;
}

/** The billing period that a customer is in: its subscription's, or the calendar month. */
export async function findBillingPeriod(
  ctx: Ctx,
  customerId: string,
): Promise<{ start: Date; end: Date; plan: string | null }> {
  const [row] = await ctx.db.$queryRaw<
    [{ start: Date; end: Date; plan: string | null }]
  >`
    SELECT billing_period_start(e, now()) AS start, billing_period_end(e, now()) AS end, e.plan_name AS plan
    FROM (SELECT ${toUuid(customerId)}::uuid AS id) c LEFT JOIN customer_entitlements e ON e.customer_id = c.id`;
  return row;
}

export type PastUse = {
  day: string;
  calls: number;
  tokens: number;
  cost: number;
};

/** Each of the last whole UTC days, from the first that saw any use, zeros included. */
export async function listPastDays(
  ctx: Ctx,
  customerId: string,
  days: number,
): Promise<PastUse[]> {
  return ctx.db.$queryRaw<PastUse[]>`
    WITH today AS (SELECT (now() AT TIME ZONE 'UTC')::date AS day),
    used AS (
      SELECT u.* FROM usage_daily u, today t WHERE u.customer_id = ${toUuid(customerId)}::uuid
        AND u.day >= t.day - ${days}::int AND u.day < t.day
    ),
    first AS (
      SELECT greatest(min(day), (SELECT day - ${days}::int FROM today)) AS day
      FROM usage_daily WHERE customer_id = ${toUuid(customerId)}::uuid
    )
    SELECT to_char(d, 'YYYY-MM-DD') AS day, coalesce(u.calls, 0)::float8 AS calls,
      coalesce(u.tokens, 0)::float8 AS tokens, coalesce(u.cost, 0)::float8 AS cost
    FROM first f, today t, generate_series(f.day::timestamp, t.day - interval '1 day', '1 day') d
    LEFT JOIN used u ON u.day = d::date ORDER BY d`;
}

/**
 * What each of those days added to meters that count or sum what rollups hold, by meter and day.
 * Other meters are absent.
 */
export async function findPastOfMeters(
  ctx: Ctx,
  customerId: string,
  meterIds: string[],
  from: string,
): Promise<Map<string, Map<string, number>>> {
  const rows = await ctx.db.$queryRaw<
    { meter_id: string; day: string | null; amount: number }[]
  >`
    SELECT m.id AS meter_id, to_char(h.day, 'YYYY-MM-DD') AS day,
      coalesce(sum(CASE
        WHEN m.aggregation = 'count' THEN h.calls
        ELSE CASE m.field
          WHEN 'quantity' THEN h.quantity WHEN 'tokens' THEN h.tokens_input + h.tokens_output
          WHEN 'tokens_input' THEN h.tokens_input WHEN 'tokens_output' THEN h.tokens_output
          WHEN 'tokens_cached' THEN h.tokens_cached WHEN 'tokens_reasoning' THEN h.tokens_reasoning
          WHEN 'cost' THEN h.cost WHEN 'duration_ms' THEN h.duration_ms_total END
        END), 0)::float8 AS amount
    FROM meters m
    LEFT JOIN usage_days(ARRAY[${toUuid(customerId)}::uuid], ${from}::date, 'infinity') h
      ON meter_counts(m, h.meter, nullif(h.provider, ''), nullif(h.model, ''))
    WHERE m.id = ANY (${meterIds}::uuid[]) AND m.aggregation IN ('count', 'sum')
      AND m.field IS DISTINCT FROM 'property'
    GROUP BY 1, 2`;
  const found = new Map<string, Map<string, number>>();
  for (const { meter_id, day, amount } of rows) {
    const days = found.get(meter_id) ?? new Map<string, number>();
    if (day !== null) days.set(day, amount);
    found.set(meter_id, days);
  }
  return found;
}

/** What was used of meters in the billing period that starts at an instant: decimal text by meter. */
export const findUsedOf = forMany(
  async (
    ctx: Ctx,
    asked: { customerId: string; meterIds: string[]; periodStart: Date }[],
  ): Promise<Map<string, string>[]> => {
    const each = asked.flatMap(({ customerId, meterIds, periodStart }, place) =>
      meterIds.map((id) => ({
        ...{ place, customer: toUuid(customerId), meter: toUuid(id) },
        start: periodStart,
      })),
    );
    const rows = await ctx.db.$queryRaw<
      { place: number; id: string; used: string }[]
    >`
      SELECT a.place, u.meter_id AS id, trim_scale(u.value + u.taken)::text AS used
      FROM json_to_recordset(${JSON.stringify(each)}::json)
        AS a (place int, customer uuid, meter uuid, start timestamptz)
      JOIN meter_usage u ON u.subject_id = a.customer AND u.meter_id = a.meter AND u.period_start = a.start`;
    const found = asked.map(() => new Map<string, string>());
    for (const { place, id, used } of rows)
      found[place]?.set(fromUuid("mtr", id), used);
    return found;
  },
);
