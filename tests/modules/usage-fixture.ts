import { createHash, randomUUID } from "node:crypto";
import type { StoredEvent } from "@/modules/usage/event";
import { fromUuid } from "@/shared/ids";
import type { TestDatabase } from "../support/database";

export const day = 86_400_000;

/** A customer's public id; rollups do not ask that the customer exists. */
export const newCustomer = () => fromUuid("cus", randomUUID());

/** An event of a customer; what is not given is not said. */
export function event(
  customer_id: string,
  id: string,
  given: Partial<StoredEvent> = {},
): StoredEvent {
  const made: StoredEvent = {
    id,
    customer_id,
    key_id: null,
    occurred_at: new Date().toISOString(),
    fingerprint: Buffer.alloc(0),
    code: null,
    meter: "calls",
    provider: null,
    model: null,
    endpoint: null,
    method: null,
    status_code: null,
    duration_ms: null,
    tokens_input: null,
    tokens_output: null,
    tokens_cached: null,
    tokens_reasoning: null,
    quantity: 1,
    cost: null,
    properties: null,
    ...given,
  };
  const body = JSON.stringify({ ...made, fingerprint: undefined });
  return {
    ...made,
    fingerprint: createHash("sha256").update(body).digest().subarray(0, 16),
  };
}

/** An event of the last 34 days that says this and that. */
export function randomEvent(
  customer: string,
  id: string,
  keys: string[],
): StoredEvent {
  const maybe = <T>(value: T) => (Math.random() < 0.7 ? value : null);
  return event(customer, id, {
    key_id: maybe(pick(keys)),
    occurred_at: new Date(
      Date.now() - Math.floor(Math.random() * 34 * day),
    ).toISOString(),
    code: Math.random() < 0.1 ? "RATE_LIMITED" : null,
    provider: maybe(pick(["openai", "gemini"])),
    model: maybe(pick(["small", "large"])),
    endpoint: maybe(pick(["/a", "/b", "/c"])),
    status_code: pick([200, 200, 201, 404, 500, null]),
    duration_ms: maybe(Math.floor(Math.exp(Math.random() * 11))),
    tokens_input: maybe(Math.floor(Math.random() * 5_000)),
    tokens_output: maybe(Math.floor(Math.random() * 1_000)),
    tokens_cached: maybe(7),
    tokens_reasoning: maybe(3),
    quantity: Math.random() < 0.5 ? 1 : 0.25,
    cost: maybe(`0.00${1 + Math.floor(Math.random() * 98)}`),
    properties: maybe({ note: 'quotes " and \\ and , {}' }),
  });
}

export const pick = <T>(from: T[]) =>
  from[Math.floor(Math.random() * from.length)] as T; // Safe: not empty.
export const count = <T>(all: T[], wanted: T) =>
  all.filter((each) => each === wanted).length;

/** The rows by which rollups differ from a recount of the events; none when they agree. */
export async function differences(db: TestDatabase): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { kept, events } of Object.values(recounts))
    found.push(
      ...(await db.query(
        `WITH kept AS (${kept}), recounted AS (${events})
         (TABLE recounted EXCEPT ALL TABLE kept) UNION ALL (TABLE kept EXCEPT ALL TABLE recounted)`,
      )),
    );
  return found;
}

const made = "FILTER (WHERE code IS NULL)";
const durations = `coalesce(sum(duration_ms) ${made}, 0), count(duration_ms) ${made}`;
const counts = `count(*) ${made}, count(*) FILTER (WHERE code IS NULL AND status_code >= 400),
  count(*) FILTER (WHERE code IS NOT NULL)`;
const money = `coalesce(sum(cost) ${made}, 0)`;
const unpriced = "count(*) FILTER (WHERE unpriced)";
const tokens = `coalesce(sum(tokens_input + tokens_output) ${made}, 0)`;
const none = "00000000-0000-0000-0000-000000000000";
const dimensions = `coalesce(key_id, '${none}'), meter, coalesce(provider, ''), coalesce(model, ''), coalesce(endpoint, '')`;
const sums = `${counts}, coalesce(sum(tokens_input) ${made}, 0), coalesce(sum(tokens_output) ${made}, 0),
  coalesce(sum(tokens_cached) ${made}, 0), coalesce(sum(tokens_reasoning) ${made}, 0),
  coalesce(sum(quantity) ${made}, 0), ${money}, ${durations}, ${unpriced}`;

/** Each rollup, and the same from the events. */
const recounts = {
  usage_hourly: {
    kept: "TABLE usage_hourly",
    events: `SELECT customer_id, date_trunc('hour', occurred_at), ${dimensions}, ${sums}
      FROM usage_events GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  },
  usage_days: {
    kept: `SELECT customer_id, day, key_id, meter, provider, model, endpoint, sum(calls), sum(errors), sum(refused),
        sum(tokens_input), sum(tokens_output), sum(tokens_cached), sum(tokens_reasoning), sum(quantity), sum(cost),
        sum(duration_ms_total), sum(duration_count), sum(unpriced)
      FROM usage_days(ARRAY(SELECT customer_id FROM usage_daily_parts UNION SELECT customer_id FROM usage_hourly),
        '-infinity', 'infinity')
      GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(calls) + sum(refused) <> 0`,
    events: `SELECT customer_id, occurred_at::date, ${dimensions}, ${sums} FROM usage_events GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  },
  usage_daily: {
    kept: `SELECT customer_id, day, calls, errors, refused, tokens, cost, unpriced, duration_ms_total, duration_count,
        (SELECT sum(n) FROM unnest(duration_sketch) n) FROM usage_daily`,
    events: `SELECT customer_id, occurred_at::date, ${counts}, ${tokens}, ${money}, ${unpriced}, ${durations},
        nullif(count(duration_ms) ${made}, 0) FROM usage_events GROUP BY 1, 2`,
  },
  usage_totals: {
    kept: `SELECT day, sum(calls), sum(errors), sum(refused), sum(tokens), sum(cost), sum(unpriced), sum(duration_ms_total),
        sum(duration_count), (SELECT sum(n) FROM unnest(sketch_sum(duration_sketch)) n) FROM usage_totals GROUP BY day`,
    events: `SELECT occurred_at::date, ${counts}, ${tokens}, ${money}, ${unpriced}, ${durations},
        nullif(count(duration_ms) ${made}, 0) FROM usage_events GROUP BY 1`,
  },
  usage_breakdown: {
    kept: `SELECT span, dimension, starts_at, name, sum(calls), sum(errors), sum(refused), sum(tokens), sum(cost), sum(unpriced)
      FROM usage_breakdown GROUP BY 1, 2, 3, 4 HAVING sum(calls) + sum(refused) > 0`,
    events: `SELECT span, dimension, date_trunc(span, occurred_at), name, ${counts}, ${tokens}, ${money}, ${unpriced}
      FROM usage_events, unnest('{hour,day}'::text[]) span, LATERAL (VALUES
        ('none', ''), ('provider', coalesce(provider, '')), ('model', coalesce(model, '')),
        ('endpoint', coalesce(endpoint, ''))) d(dimension, name) GROUP BY 1, 2, 3, 4`,
  },
  meter_usage: {
    kept: `SELECT subject_id, m.name, period_start, value FROM meter_usage JOIN meters m ON m.id = meter_id`,
    events: `SELECT customer_id, m.name, month_start(occurred_at),
        coalesce(sum(CASE m.name WHEN 'calls' THEN 1 WHEN 'tokens' THEN tokens_input + tokens_output ELSE cost END), 0)
      FROM usage_events e JOIN meters m ON m.name <> 'calls' OR e.meter = 'calls'
      WHERE code IS NULL AND (m.name <> 'spend' OR cost IS NOT NULL) GROUP BY 1, 2, 3`,
  },
};
