import { createHash } from "node:crypto";
import { encode } from "./connection.mjs";

/**
 * @typedef {object} Event a usage event, as a host program reports it
 * @property {string} id
 * @property {string} customer_id
 * @property {string} endpoint
 * @property {string} method
 * @property {number} status_code
 * @property {number} duration_ms
 */

const ENDPOINTS = ["/categorize", "/mx", "/whois", "/screenshot", "/status"];

let made = 0;

/**
 * A batch of events that nobody has sent before, spread over customers and five endpoints.
 * @param {string[]} customers public ids, or UUIDs
 * @param {number} size
 * @returns {Event[]}
 */
export function makeBatch(customers, size) {
  return Array.from({ length: size }, () => {
    made += 1;
    // Steps that share no divisor with the lengths, so that all combinations come.
    const customer = customers[(made * 7) % customers.length] ?? "";
    return {
      id: `call-${process.pid}-${made}`,
      customer_id: customer,
      endpoint: ENDPOINTS[(made * 3 + Math.floor(made / 100)) % 5] ?? "",
      method: "GET",
      status_code: made % 50 === 0 ? 500 : 200,
      duration_ms: (made * 37) % 900,
    };
  });
}

/**
 * The request that reports a batch, or a single event.
 * @param {string} token
 * @param {Event[]} batch
 */
export function encodeBatch(token, batch) {
  const body = batch.length === 1 ? batch[0] : batch;
  return encode({ method: "POST", path: "/api/v1/usage/events", token, body });
}

/** The least that could store the same events once and sum them by the hour: a scratch schema. */
export const BARE_TABLES = `
  CREATE SCHEMA bare;
  CREATE TABLE bare.events (
    customer_id uuid NOT NULL, id text COLLATE "C" NOT NULL, fingerprint bytea NOT NULL, key_id uuid,
    occurred_at timestamptz NOT NULL, meter text NOT NULL, provider text, model text, endpoint text,
    method text, status_code int, duration_ms int, tokens_input bigint, tokens_output bigint,
    tokens_cached bigint, tokens_reasoning bigint, quantity numeric, cost numeric, code text, properties jsonb,
    PRIMARY KEY (customer_id, id)
  ) PARTITION BY HASH (customer_id);
  DO $$ BEGIN
    FOR i IN 0..15 LOOP
      EXECUTE format('CREATE TABLE bare.events_%s PARTITION OF bare.events
        FOR VALUES WITH (MODULUS 16, REMAINDER %s)', i, i);
    END LOOP;
  END $$;
  CREATE TABLE bare.hourly (
    customer_id uuid, hour timestamptz, meter text, endpoint text, calls bigint, errors bigint,
    duration_ms bigint, tokens bigint, quantity numeric, cost numeric,
    PRIMARY KEY (customer_id, hour, meter, endpoint)
  ) WITH (fillfactor = 70)`;

const PARAMETERS = `$1::uuid[], $2::text[], $3::bytea[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[],
  $8::text[], $9::text[], $10::text[], $11::int[], $12::int[], $13::bigint[], $14::bigint[],
  $15::bigint[], $16::bigint[], $17::numeric[], $18::numeric[], $19::text[], $20::jsonb[]`;

export const BARE_INSERT = `
  WITH added AS (
    INSERT INTO bare.events SELECT * FROM unnest(${PARAMETERS}) ON CONFLICT DO NOTHING
    RETURNING *, date_trunc('hour', occurred_at) AS hour
  )
  INSERT INTO bare.hourly AS h
  SELECT customer_id, hour, meter, coalesce(endpoint, ''), count(*), count(*) FILTER (WHERE status_code >= 400),
         coalesce(sum(duration_ms), 0), coalesce(sum(tokens_input + tokens_output), 0), sum(quantity), coalesce(sum(cost), 0)
  FROM added GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT (customer_id, hour, meter, endpoint) DO UPDATE SET
    calls = h.calls + excluded.calls, errors = h.errors + excluded.errors,
    duration_ms = h.duration_ms + excluded.duration_ms, tokens = h.tokens + excluded.tokens,
    quantity = h.quantity + excluded.quantity, cost = h.cost + excluded.cost`;

export const OWN_INSERT = `SELECT answers, priced, are_unpriced FROM usage_ingest(${PARAMETERS})`;

/**
 * The parameters of both statements.
 * @param {Event[]} batch with UUIDs
 */
export function valuesOf(batch) {
  const now = new Date().toISOString();
  const none = batch.map(() => null);
  return [
    batch.map(({ customer_id }) => customer_id),
    batch.map(({ id }) => id),
    batch.map(({ id }) => createHash("md5").update(id).digest()),
    none,
    batch.map(() => now),
    batch.map(() => "calls"),
    none,
    none,
    batch.map(({ endpoint }) => endpoint),
    batch.map(({ method }) => method),
    batch.map(({ status_code }) => status_code),
    batch.map(({ duration_ms }) => duration_ms),
    ...[none, none, none, none],
    batch.map(() => 1),
    ...[none, none, none],
  ];
}
