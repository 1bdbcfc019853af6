import { runSql } from "./sql-calls.mjs";

const DAYS = 30;

/**
 * Takes all usage away.
 * @param {string} databaseUrl
 * @returns {Promise<string>} the public id of the customer that addUsage() gives most to
 */
export async function clearUsage(databaseUrl) {
  await runSql(
    databaseUrl,
    `TRUNCATE usage_events, usage_event_ids, usage_hourly, usage_daily, usage_daily_parts, usage_summed,
       usage_totals, usage_breakdown`,
  );
  const [row] = await runSql(
    databaseUrl,
    "SELECT public_id('cus', id) AS id FROM customers ORDER BY id LIMIT 1",
  );
  return row.id;
}

/**
 * Makes events of the last 30 days, each with a time, a customer, a model and a duration of its own,
 * a day at a time in a table like a partition of usage_events; counts that day into the rollups from
 * them as ingestion does, and drops them, as retention would. The disk holds a day of events at once.
 * @param {string} databaseUrl
 * @param {number} events
 */
export async function addUsage(databaseUrl, events) {
  const perDay = Math.round(events / DAYS);
  // Else all of it would come late.
  await runSql(databaseUrl, "TRUNCATE usage_daily_parts, usage_summed");
  for (let ago = DAYS - 1; ago >= 0; ago -= 1) {
    await runSql(
      databaseUrl,
      "CREATE UNLOGGED TABLE bench_events (LIKE usage_events INCLUDING DEFAULTS)",
    );
    await runSql(databaseUrl, EVENTS, [perDay, ago]);
    for (const rollup of ROLLUPS) await runSql(databaseUrl, rollup);
    await runSql(databaseUrl, "DROP TABLE bench_events");
  }
  await runSql(databaseUrl, "SELECT usage_breakdown_compact(now())");
  for (const table of ["usage_hourly", "usage_daily", "usage_breakdown"])
    await runSql(databaseUrl, `VACUUM ANALYZE ${table}`);
}

/**
 * Does what is done in a night: sums up the days that are over, as many customers and days at a time.
 * @param {string} databaseUrl
 * @returns {Promise<Float64Array>} how long each statement kept events waiting, in milliseconds
 */
export async function sumUpDays(databaseUrl) {
  const customers = await runSql(
    databaseUrl,
    "SELECT id FROM customers ORDER BY id",
  );
  const took = [];
  for (let from = 0; from < customers.length; from += 50) {
    const ids = customers.slice(from, from + 50).map(({ id }) => id);
    for (let unfinished = 1; unfinished > 0;) {
      const start = performance.now();
      const [row] = await runSql(
        databaseUrl,
        "SELECT usage_sum_up($1, (now() AT TIME ZONE 'UTC')::date, 3) AS unfinished",
        [ids],
      );
      took.push(performance.now() - start);
      unfinished = row.unfinished;
    }
  }
  await runSql(databaseUrl, "VACUUM ANALYZE usage_daily_parts, usage_summed");
  return Float64Array.from(took);
}

/** @param {string} databaseUrl */
export async function describeUsage(databaseUrl) {
  const [row] = await runSql(
    databaseUrl,
    `SELECT (SELECT sum(calls) FROM usage_totals)::bigint AS events, (SELECT count(*) FROM usage_hourly)::int AS hours,
       (SELECT count(*) FROM usage_daily)::int AS days, (SELECT count(*) FROM usage_breakdown)::int AS parts,
       pg_size_pretty(pg_total_relation_size('usage_hourly')) AS size`,
  );
  const text = (/** @type {number | string} */ n) =>
    Number(n).toLocaleString("en-US");
  return `${text(row.events)} events in ${text(row.hours)} hourly (${row.size}), ${text(row.days)} daily and ${text(row.parts)} of everyone's rows`;
}

// The square makes a few customers busy, and most of them less so; each calls with two keys.
const EVENTS = `
  INSERT INTO bench_events (
    id, customer_id, key_id, occurred_at, received_at, meter, provider, model, endpoint, method, status_code, duration_ms,
    tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, properties, unpriced)
  SELECT g::text, customer, md5(customer::text || kind % 2)::uuid, at, at, 'calls',
    'provider ' || kind % 3, 'model ' || kind % 6, '/v1/endpoint/' || kind % 8, 'POST',
    CASE WHEN b < 0.02 THEN 500 ELSE 200 END, (exp(3 + 4 * b))::int, (b * 2000)::int, (b * 500)::int, 0, 0, 1,
    round((b / 100)::numeric, 6), '{}', false
  FROM (SELECT array_agg(id ORDER BY id) AS ids FROM customers) c,
    LATERAL (
      SELECT g, random() AS a, random() AS b, floor(random() * 24)::int AS kind,
        date_trunc('day', now(), 'UTC') - $2::int * interval '1 day' + random() * interval '86399 s' AS at
      FROM generate_series(1, $1::int) g
    ) e,
    LATERAL (SELECT ids[1 + floor(cardinality(ids) * a * a)::int] AS customer) chosen`;

const ROLLUPS = [
  `INSERT INTO usage_hourly AS h (
     customer_id, hour, key_id, meter, provider, model, endpoint, calls, errors, tokens_input, tokens_output, quantity,
     cost, duration_ms_total, duration_count)
   SELECT customer_id, date_trunc('hour', occurred_at, 'UTC'), key_id, meter, provider, model, endpoint,
     count(*), count(*) FILTER (WHERE status_code >= 400), sum(tokens_input), sum(tokens_output), sum(quantity),
     sum(cost), sum(duration_ms), count(duration_ms)
   FROM bench_events GROUP BY 1, 2, 3, 4, 5, 6, 7
   ON CONFLICT (customer_id, hour, key_id, meter, provider, model, endpoint) DO UPDATE SET
     calls = h.calls + excluded.calls, errors = h.errors + excluded.errors,
     tokens_input = h.tokens_input + excluded.tokens_input, tokens_output = h.tokens_output + excluded.tokens_output,
     quantity = h.quantity + excluded.quantity, cost = h.cost + excluded.cost,
     duration_ms_total = h.duration_ms_total + excluded.duration_ms_total,
     duration_count = h.duration_count + excluded.duration_count`,
  `INSERT INTO usage_daily AS d (
     customer_id, day, calls, errors, tokens, cost, duration_ms_total, duration_count, duration_sketch)
   SELECT customer_id, (occurred_at AT TIME ZONE 'UTC')::date, count(*), count(*) FILTER (WHERE status_code >= 400),
     sum(tokens_input + tokens_output), sum(cost), sum(duration_ms), count(duration_ms),
     sketch_of(array_agg(sketch_bucket(duration_ms)))
   FROM bench_events GROUP BY 1, 2
   ON CONFLICT (customer_id, day) DO UPDATE SET
     calls = d.calls + excluded.calls, errors = d.errors + excluded.errors, tokens = d.tokens + excluded.tokens,
     cost = d.cost + excluded.cost, duration_ms_total = d.duration_ms_total + excluded.duration_ms_total,
     duration_count = d.duration_count + excluded.duration_count,
     duration_sketch = sketch_merge(d.duration_sketch, excluded.duration_sketch)`,
  `INSERT INTO usage_totals AS t (
     day, slot, calls, errors, tokens, cost, duration_ms_total, duration_count, duration_sketch)
   SELECT day, 0, sum(calls), sum(errors), sum(tokens), sum(cost), sum(duration_ms_total), sum(duration_count),
     sketch_sum(duration_sketch)
   FROM usage_daily WHERE day IN (SELECT DISTINCT (occurred_at AT TIME ZONE 'UTC')::date FROM bench_events) GROUP BY day
   ON CONFLICT (day, slot) DO UPDATE SET
     calls = excluded.calls, errors = excluded.errors, tokens = excluded.tokens, cost = excluded.cost,
     duration_ms_total = excluded.duration_ms_total, duration_count = excluded.duration_count,
     duration_sketch = excluded.duration_sketch`,
];
