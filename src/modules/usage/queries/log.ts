import { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { EventFilters } from "../contract/log";

/** An event of the log, with public ids and without names. */
export type LogRow = {
  id: string;
  customer_id: string;
  key_id: string | null;
  occurred_at: Date;
  received_at: Date;
  meter: string;
  provider: string | null;
  model: string | null;
  endpoint: string | null;
  method: string | null;
  status_code: number | null;
  duration_ms: number | null;
  tokens_input: number;
  tokens_output: number;
  tokens_cached: number;
  tokens_reasoning: number;
  quantity: number;
  cost: string | null;
  price_id: string | null;
  unpriced: boolean;
  code: string | null;
  properties: Record<string, unknown>;
};

/** A place in the log: what comes after it is older. */
export type Place = { at: Date; customerId: string; id: string };

/** The place of an instant: what lies after it is older than that. */
export function placeAt(at: Date): Place {
  return { at, customerId: "00000000-0000-0000-0000-000000000000", id: "" };
}

/**
 * Events older than a place and not older than `from`, newest first. Of one customer an index has
 * them in this order; of all, the blocks of the time between are read: it should be short.
 */
export async function findEvents(
  ctx: Ctx,
  filters: EventFilters,
  { after, from }: { after: Place; from: Date },
  take: number,
): Promise<{ rows: LogRow[]; last: Place | null }> {
  const rows = await ctx.db.$queryRaw<LogRow[]>`
    SELECT id, customer_id, key_id, occurred_at, received_at, meter, provider, model, endpoint, method, status_code,
      duration_ms, tokens_input::float8 AS tokens_input, tokens_output::float8 AS tokens_output,
      tokens_cached::float8 AS tokens_cached, tokens_reasoning::float8 AS tokens_reasoning,
      quantity::float8 AS quantity, trim_scale(cost)::text AS cost, price_id, unpriced, code, properties
    FROM usage_events
    WHERE occurred_at >= ${from}::timestamptz AND occurred_at <= ${after.at}::timestamptz
      AND (occurred_at, customer_id, id) < (${after.at}::timestamptz, ${after.customerId}::uuid, ${after.id}::text COLLATE "C")
      AND ${conditions(filters)}
    ORDER BY occurred_at DESC, customer_id DESC, id DESC LIMIT ${take}`;
  const end = rows.at(-1);
  return {
    rows: rows.map((row) => ({
      ...row,
      customer_id: fromUuid("cus", row.customer_id),
      key_id: row.key_id && fromUuid("key", row.key_id),
      price_id: row.price_id && fromUuid("prc", row.price_id),
    })),
    last: end
      ? { at: end.occurred_at, customerId: end.customer_id, id: end.id }
      : null,
  };
}

function conditions(filters: EventFilters): Prisma.Sql {
  const { customer_id, key_id, status } = filters;
  const all: Prisma.Sql[] = [Prisma.sql`true`];
  if (customer_id)
    all.push(Prisma.sql`customer_id = ${toUuid(customer_id)}::uuid`);
  if (key_id) all.push(Prisma.sql`key_id = ${toUuid(key_id)}::uuid`);
  if (filters.meter) all.push(Prisma.sql`meter = ${filters.meter}`);
  if (filters.provider)
    all.push(Prisma.sql`lower(provider) = lower(${filters.provider})`);
  if (filters.model)
    all.push(Prisma.sql`lower(model) = lower(${filters.model})`);
  if (filters.endpoint) all.push(Prisma.sql`endpoint = ${filters.endpoint}`);
  if (filters.code) all.push(Prisma.sql`code = ${filters.code}`);
  if (filters.refused !== undefined)
    all.push(Prisma.sql`(code IS NOT NULL) = ${filters.refused}`);
  if (filters.unpriced !== undefined)
    all.push(Prisma.sql`unpriced = ${filters.unpriced}`);
  if (status) {
    const least = Number(status.slice(0, 1)) * 100;
    all.push(Prisma.sql`status_code BETWEEN ${least} AND ${least + 99}`);
  }
  return Prisma.join(all, " AND ");
}

export type DayRow = {
  day: string;
  customer_id: string;
  calls: number;
  errors: number;
  refused: number;
  tokens: number;
  cost: string;
  unpriced: number;
  avg_response_time_ms: number | null;
};

/** Sums by customer and day, in that order, from after a place. */
export async function findDays(
  ctx: Ctx,
  customerId: string | undefined,
  { from, to }: { from: string; to: string },
  after: { customerId: string; day: string } | null,
  take: number,
): Promise<DayRow[]> {
  const [id, day] = after
    ? [toUuid(after.customerId), after.day]
    : ["00000000-0000-0000-0000-000000000000", "9999-12-31"];
  const of = customerId
    ? Prisma.sql`customer_id = ${toUuid(customerId)}::uuid`
    : Prisma.sql`true`;
  const rows = await ctx.db.$queryRaw<DayRow[]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, customer_id, calls::float8 AS calls, errors::float8 AS errors,
      refused::float8 AS refused, tokens::float8 AS tokens, trim_scale(cost)::text AS cost, unpriced::float8 AS unpriced,
      round(duration_ms_total::numeric / nullif(duration_count, 0), 1)::float8 AS avg_response_time_ms
    FROM usage_daily u
    WHERE (customer_id, day) > (${id}::uuid, ${day}::date) AND ${of}
      AND day BETWEEN ${from}::date AND ${to}::date
    ORDER BY u.customer_id, u.day LIMIT ${take}`;
  return rows.map((row) => ({
    ...row,
    customer_id: fromUuid("cus", row.customer_id),
  }));
}
