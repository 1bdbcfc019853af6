import type { Ctx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";

/** Calls by key and day, zeros included; keys that are given without use have zeros. */
export async function listKeyCalls(
  ctx: Ctx,
  keys: { id: string; customer_id: string }[],
  days: number,
): Promise<Record<string, number[]>> {
  const rows = await ctx.db.$queryRaw<{ id: string; calls: number[] }[]>`
    SELECT k.id, array_agg(coalesce(u.calls, 0)::float8 ORDER BY d.day) AS calls
    FROM unnest(
      ${keys.map(({ id }) => toUuid(id))}::uuid[], ${keys.map(({ customer_id }) => toUuid(customer_id))}::uuid[]
    ) k(id, customer_id)
    CROSS JOIN LATERAL (
      SELECT (now() AT TIME ZONE 'UTC')::date - n AS day FROM generate_series(0, ${days}::int - 1) n) d
    LEFT JOIN LATERAL (
      SELECT sum(h.calls) AS calls FROM usage_hourly h
      WHERE h.customer_id = k.customer_id AND h.key_id = k.id
        AND h.hour >= d.day::timestamp AT TIME ZONE 'UTC' AND h.hour < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
    ) u ON true
    GROUP BY k.id`;
  return Object.fromEntries(
    rows.map(({ id, calls }) => [fromUuid("key", id), calls]),
  );
}
