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

/** The least that could store events once and sum them by the hour: a scratch schema. */
export const BARE_TABLES = `
  CREATE SCHEMA bare;
  CREATE TABLE bare.events (
    id text COLLATE "C" NOT NULL, customer_id uuid NOT NULL, occurred_at timestamptz NOT NULL,
    endpoint text NOT NULL, method text NOT NULL, status_code int NOT NULL, duration_ms int NOT NULL,
    PRIMARY KEY (customer_id, id)
  ) PARTITION BY HASH (customer_id);
  DO $$ BEGIN
    FOR i IN 0..15 LOOP
      EXECUTE format('CREATE TABLE bare.events_%s PARTITION OF bare.events
        FOR VALUES WITH (MODULUS 16, REMAINDER %s)', i, i);
    END LOOP;
  END $$;
  CREATE TABLE bare.hourly (
    customer_id uuid, hour timestamptz, endpoint text, calls bigint, errors bigint, duration_ms bigint,
    PRIMARY KEY (customer_id, hour, endpoint)
  ) WITH (fillfactor = 70)`;

export const BARE_INSERT = `
  WITH added AS (
    INSERT INTO bare.events
    SELECT * FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::int[], $7::int[])
    ON CONFLICT DO NOTHING
    RETURNING customer_id, date_trunc('hour', occurred_at) AS hour, endpoint, status_code, duration_ms
  )
  INSERT INTO bare.hourly AS h
  SELECT customer_id, hour, endpoint, count(*), count(*) FILTER (WHERE status_code >= 400), sum(duration_ms)
  FROM added GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (customer_id, hour, endpoint) DO UPDATE SET
    calls = h.calls + excluded.calls, errors = h.errors + excluded.errors,
    duration_ms = h.duration_ms + excluded.duration_ms`;

/** @param {Event[]} batch with UUIDs */
export function bareValues(batch) {
  const now = new Date().toISOString();
  return [
    batch.map(({ id }) => id),
    batch.map(({ customer_id }) => customer_id),
    batch.map(() => now),
    batch.map(({ endpoint }) => endpoint),
    batch.map(({ method }) => method),
    batch.map(({ status_code }) => status_code),
    batch.map(({ duration_ms }) => duration_ms),
  ];
}

export const OWN_INSERT = `SELECT usage_ingest(
  $1::uuid[], $2::text[], $3::bytea[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[],
  $8::text[], $9::text[], $10::text[], $11::int[], $12::int[], $13::bigint[], $14::bigint[],
  $15::bigint[], $16::bigint[], $17::numeric[], $18::numeric[], $19::text[], $20::jsonb[]) AS answers`;

/** @param {Event[]} batch with UUIDs */
export function ownValues(batch) {
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
