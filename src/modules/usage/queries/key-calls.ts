import type { Ctx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";

/** Calls by key and day, zeros included; keys that are given without use have zeros. */
export async function listKeyCalls(
  ctx: Ctx,
  keys: { id: string; customer_id: string }[],
  days: number,
): Promise<Record<string, number[]>> {
  const rows = await ctx.db.$queryRaw<{ id: string; calls: number[] }[]>`
    WITH keys AS (
      SELECT * FROM unnest(
        ${keys.map(({ id }) => toUuid(id))}::uuid[], ${keys.map(({ customer_id }) => toUuid(customer_id))}::uuid[]
      ) k(id, customer_id)
    ),
    days AS (
      SELECT (now() AT TIME ZONE 'UTC')::date - n AS day FROM generate_series(0, ${days}::int - 1) n
    ),
    used AS MATERIALIZED (
      SELECT key_id, day, sum(calls) AS calls
      FROM usage_days(ARRAY(SELECT DISTINCT customer_id FROM keys), (SELECT min(day) FROM days), (SELECT max(day) FROM days))
      GROUP BY 1, 2
    )
    SELECT k.id, array_agg(coalesce(u.calls, 0)::float8 ORDER BY d.day) AS calls
    FROM keys k CROSS JOIN days d LEFT JOIN used u ON u.key_id = k.id AND u.day = d.day
    GROUP BY k.id`;
  return Object.fromEntries(
    rows.map(({ id, calls }) => [fromUuid("key", id), calls]),
  );
}
