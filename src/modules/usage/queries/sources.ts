import { Prisma } from "@/platform/db/generated/client";

// The rollups that figures are read from, as rows with the hour or day they are of.

/** UTC days, both included, as `2026-01-31`. */
export type Days = { from: string; to: string };

/** What everyone used, by one dimension: as many rows as it has names, whoever used them. */
export function everyonesParts(
  span: "hour" | "day",
  dimension: "none" | "provider" | "model" | "endpoint",
  { from, to }: Days,
): Prisma.Sql {
  return Prisma.sql`
    SELECT starts_at AS hour, name AS provider, name AS model, name AS endpoint,
           calls, errors, refused, tokens, cost, unpriced
    FROM usage_breakdown WHERE span = ${span} AND dimension = ${dimension}
      AND starts_at >= ${from}::timestamp AT TIME ZONE 'UTC'
      AND starts_at < (${to}::timestamp + interval '1 day') AT TIME ZONE 'UTC'`;
}

/**
 * What customers used, by UUID, by every dimension: a row for each day that is summed up, and for each
 * hour of the others.
 */
export function byDay(customers: string[], { from, to }: Days): Prisma.Sql {
  return Prisma.sql`
    SELECT day::timestamp AT TIME ZONE 'UTC' AS hour, customer_id, provider, model, endpoint, key_id::text AS key,
           calls, errors, refused, tokens_input + tokens_output AS tokens, cost, unpriced
    FROM usage_days(${customers}::uuid[], ${from}::date, ${to}::date)`;
}

/** The same by the hour. */
export function hourly(customers: string[], { from, to }: Days): Prisma.Sql {
  return Prisma.sql`
    SELECT hour, customer_id, provider, model, endpoint, key_id::text AS key, calls, errors, refused,
           tokens_input + tokens_output AS tokens, cost, unpriced
    FROM usage_hourly WHERE ${isOneOf(customers)}
      AND hour >= ${from}::timestamp AT TIME ZONE 'UTC'
      AND hour < (${to}::timestamp + interval '1 day') AT TIME ZONE 'UTC'`;
}

/** What customers used, by UUID, by the day. */
export function daily(customers: string[], { from, to }: Days): Prisma.Sql {
  return Prisma.sql`
    SELECT day::timestamp AT TIME ZONE 'UTC' AS hour, customer_id, calls, errors, refused, tokens, cost, unpriced
    FROM usage_daily WHERE ${isOneOf(customers)} AND day BETWEEN ${from}::date AND ${to}::date`;
}

// One is not looked up as a list: its plan is that of a value.
function isOneOf([only, ...others]: string[]): Prisma.Sql {
  if (only !== undefined && others.length === 0)
    return Prisma.sql`customer_id = ${only}::uuid`;
  const all = only === undefined ? [] : [only, ...others];
  return Prisma.sql`customer_id = ANY (${all}::uuid[])`;
}

/** Of rows `u`, as JavaScript's numbers: sums of those are made faster. */
export const sums = Prisma.sql`
  sum(u.calls::float8) AS calls, sum(u.errors::float8) AS errors, sum(u.refused::float8) AS refused,
  sum(u.tokens::float8) AS tokens, sum(u.cost) AS cost, sum(u.unpriced::float8) AS unpriced`;

/** Of rows `u` too: what was taken away stands in rows that cancel each other out, until they are merged. */
export const isUsed = Prisma.sql`sum((u.calls + u.refused)::float8) <> 0`;
