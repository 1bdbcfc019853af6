-- Whoever has no earlier periods, and that is nearly everybody, has the period of a moment by
-- arithmetic alone: the functions for earlier periods are called, not inlined, and checks and
-- ingestion ask for the period of every event and meter.

CREATE OR REPLACE FUNCTION billing_period_start(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN at >= e.period_end THEN e.period_end
  WHEN at >= e.period_start THEN e.period_start
  WHEN at >= e.previous_period_start THEN e.previous_period_start
  WHEN coalesce(cardinality(e.earlier_period_starts), 0) = 0 THEN month_start(at)
  ELSE earlier_period_start(e, at) END;
CREATE OR REPLACE FUNCTION billing_period_end(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN at >= e.period_end THEN e.period_end + (e.period_end - e.period_start)
  WHEN at >= e.period_start THEN e.period_end
  WHEN at >= e.previous_period_start THEN e.period_start
  WHEN coalesce(cardinality(e.earlier_period_starts), 0) = 0
    THEN least(month_end(at), coalesce(e.previous_period_start, e.period_start))
  ELSE earlier_period_end(e, at) END;

-- Takes events in as before, with less work for each: the period of an event is found once and not
-- for each meter, a price only for what needs one, and sums are not sorted.
CREATE OR REPLACE FUNCTION usage_ingest(
  customer_ids uuid[], event_ids text[], fingerprints bytea[], key_ids uuid[], occurred_ats timestamptz[],
  meters text[], providers text[], models text[], endpoints text[], methods text[], status_codes int[],
  durations_ms int[], tokens_inputs bigint[], tokens_outputs bigint[], tokens_cacheds bigint[],
  tokens_reasonings bigint[], quantities numeric[], costs numeric[], codes text[], properties_list jsonb[],
  OUT answers text[], OUT priced text[], OUT are_unpriced boolean[]
) LANGUAGE plpgsql AS $$
DECLARE
  fresh boolean[];
  all_fresh boolean;
  additions meter_addition[];
  ordinals int[];
  unpriced_providers text[];
  unpriced_models text[];
  written bigint;
BEGIN
  PERFORM usage_ensure_partitions((min(o) AT TIME ZONE 'UTC')::date, (max(o) AT TIME ZONE 'UTC')::date)
  FROM unnest(occurred_ats) o;
  fresh := usage_claim_ids(customer_ids, event_ids, fingerprints);
  all_fresh := true = ALL (fresh);

  WITH new AS MATERIALIZED (
    SELECT e.customer_id, e.id, e.key_id, e.occurred_at, e.meter, e.provider, e.model, e.endpoint, e.method, e.status_code,
      e.duration_ms, e.tokens_input, e.tokens_output, e.tokens_cached, e.tokens_reasoning, e.quantity,
      coalesce(e.cost, price_cost(e.price, e.tokens_input, e.tokens_output, e.tokens_cached, e.tokens_reasoning, e.quantity)) AS cost,
      e.code, e.properties, e.ordinal, (e.price).id AS price_id, e.is_priced AND (e.price).id IS NULL AS unpriced,
      (e.occurred_at AT TIME ZONE 'UTC')::date AS day, e.code IS NULL AS made,
      billing_period_start(c, e.occurred_at) AS period_start
    FROM (
      -- Only what needs a price is looked up; OFFSET 0 has it looked up once.
      SELECT s.*, CASE WHEN s.is_priced THEN (
        SELECT p FROM price_find(s.provider, s.model, s.tokens_input, s.occurred_at) p) END AS price
      FROM (
        SELECT *, provider IS NOT NULL AND cost IS NULL AND code IS NULL AS is_priced
        FROM unnest(
          customer_ids, event_ids, key_ids, occurred_ats, meters, providers, models, endpoints, methods, status_codes,
          durations_ms, tokens_inputs, tokens_outputs, tokens_cacheds, tokens_reasonings, quantities, costs, codes,
          properties_list
        ) WITH ORDINALITY u(
          customer_id, id, key_id, occurred_at, meter, provider, model, endpoint, method, status_code,
          duration_ms, tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, code,
          properties, ordinal)
      ) s
      OFFSET 0
    ) e
    LEFT JOIN customer_entitlements c ON c.customer_id = e.customer_id
    WHERE all_fresh OR fresh[e.ordinal]
  ),
  days AS MATERIALIZED (
    SELECT
      customer_id, day, count(*) FILTER (WHERE made) AS calls,
      count(*) FILTER (WHERE made AND status_code >= 400) AS errors, count(*) FILTER (WHERE NOT made) AS refused,
      coalesce(sum(coalesce(tokens_input, 0) + coalesce(tokens_output, 0)) FILTER (WHERE made), 0) AS tokens,
      coalesce(sum(cost) FILTER (WHERE made), 0) AS cost, count(*) FILTER (WHERE unpriced) AS unpriced,
      coalesce(sum(duration_ms) FILTER (WHERE made), 0) AS duration_ms_total,
      count(duration_ms) FILTER (WHERE made) AS duration_count,
      sketch_of(array_agg(sketch_bucket(duration_ms)) FILTER (WHERE made AND duration_ms IS NOT NULL)) AS duration_sketch
    FROM new GROUP BY customer_id, day
  ),
  totals AS (
    -- A backend writes its own slot, so that writers seldom wait for each other's commit.
    INSERT INTO usage_totals AS t (
      day, slot, calls, errors, refused, tokens, cost, unpriced, duration_ms_total, duration_count, duration_sketch)
    SELECT
      day, pg_backend_pid() % 16, sum(calls), sum(errors), sum(refused), sum(tokens), sum(cost), sum(unpriced),
      sum(duration_ms_total), sum(duration_count),
      sketch_of((SELECT array_agg(sketch_bucket(n.duration_ms)) FROM new n
                 WHERE n.day = days.day AND n.made AND n.duration_ms IS NOT NULL))
    FROM days GROUP BY day ORDER BY day
    ON CONFLICT (day, slot) DO UPDATE SET
      calls = t.calls + excluded.calls, errors = t.errors + excluded.errors, refused = t.refused + excluded.refused,
      tokens = t.tokens + excluded.tokens, cost = t.cost + excluded.cost, unpriced = t.unpriced + excluded.unpriced,
      duration_ms_total = t.duration_ms_total + excluded.duration_ms_total,
      duration_count = t.duration_count + excluded.duration_count,
      duration_sketch = sketch_merge(t.duration_sketch, excluded.duration_sketch)
  ),
  daily AS (
    INSERT INTO usage_daily AS d (
      customer_id, day, calls, errors, refused, tokens, cost, unpriced, duration_ms_total, duration_count, duration_sketch)
    SELECT * FROM days ORDER BY customer_id, day
    ON CONFLICT (customer_id, day) DO UPDATE SET
      calls = d.calls + excluded.calls, errors = d.errors + excluded.errors, refused = d.refused + excluded.refused,
      tokens = d.tokens + excluded.tokens, cost = d.cost + excluded.cost, unpriced = d.unpriced + excluded.unpriced,
      duration_ms_total = d.duration_ms_total + excluded.duration_ms_total,
      duration_count = d.duration_count + excluded.duration_count,
      duration_sketch = sketch_merge(d.duration_sketch, excluded.duration_sketch)
  ),
  hourly AS (
    INSERT INTO usage_hourly AS h (
      customer_id, hour, key_id, meter, provider, model, endpoint, calls, errors, refused,
      tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, unpriced, duration_ms_total, duration_count)
    SELECT
      customer_id, date_trunc('hour', occurred_at, 'UTC'), coalesce(key_id, '00000000-0000-0000-0000-000000000000'),
      meter, coalesce(provider, ''), coalesce(model, ''), coalesce(endpoint, ''),
      count(*) FILTER (WHERE made), count(*) FILTER (WHERE made AND status_code >= 400), count(*) FILTER (WHERE NOT made),
      coalesce(sum(tokens_input) FILTER (WHERE made), 0), coalesce(sum(tokens_output) FILTER (WHERE made), 0),
      coalesce(sum(tokens_cached) FILTER (WHERE made), 0), coalesce(sum(tokens_reasoning) FILTER (WHERE made), 0),
      coalesce(sum(coalesce(quantity, 1)) FILTER (WHERE made), 0), coalesce(sum(cost) FILTER (WHERE made), 0),
      count(*) FILTER (WHERE unpriced), coalesce(sum(duration_ms) FILTER (WHERE made), 0),
      count(duration_ms) FILTER (WHERE made)
    FROM new GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (customer_id, hour, key_id, meter, provider, model, endpoint) DO UPDATE SET
      calls = h.calls + excluded.calls, errors = h.errors + excluded.errors, refused = h.refused + excluded.refused,
      tokens_input = h.tokens_input + excluded.tokens_input, tokens_output = h.tokens_output + excluded.tokens_output,
      tokens_cached = h.tokens_cached + excluded.tokens_cached,
      tokens_reasoning = h.tokens_reasoning + excluded.tokens_reasoning,
      quantity = h.quantity + excluded.quantity, cost = h.cost + excluded.cost, unpriced = h.unpriced + excluded.unpriced,
      duration_ms_total = h.duration_ms_total + excluded.duration_ms_total,
      duration_count = h.duration_count + excluded.duration_count
  ),
  events AS (
    INSERT INTO usage_events (
      id, customer_id, key_id, occurred_at, received_at, meter, provider, model, endpoint, method, status_code,
      duration_ms, tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, price_id, unpriced, code,
      properties)
    SELECT
      id, customer_id, key_id, occurred_at, clock_timestamp(), meter, provider, model, endpoint, method, status_code,
      duration_ms, coalesce(tokens_input, 0), coalesce(tokens_output, 0), coalesce(tokens_cached, 0),
      coalesce(tokens_reasoning, 0), coalesce(quantity, 1), cost, price_id, unpriced, code, coalesce(properties, '{}')
    FROM new RETURNING 1
  ),
  uses AS (
    SELECT n.customer_id, n.key_id, n.occurred_at, n.period_start, m.id AS meter_id, m.aggregation,
      meter_number(m, coalesce(n.quantity, 1), n.tokens_input, n.tokens_output, n.tokens_cached, n.tokens_reasoning,
                   n.cost, n.duration_ms, n.properties) AS amount,
      CASE WHEN m.aggregation = 'unique' THEN meter_text(m, n.endpoint, n.model, n.key_id, n.properties) END AS seen
    FROM new n JOIN meters m ON meter_counts(m, n.meter, n.provider, n.model)
    WHERE n.made
  ),
  subject_uses AS (
    SELECT customer_id AS subject_id, u.* FROM uses u
    UNION ALL
    SELECT k.lineage_id, u.* FROM uses u JOIN api_keys k ON k.id = u.key_id
    WHERE (SELECT EXISTS (SELECT FROM quotas WHERE subject_kind = 'key'))
      AND EXISTS (SELECT FROM quotas q WHERE q.subject_id = k.lineage_id AND q.meter_id = u.meter_id)
  ),
  -- Nothing here is sorted: of those at the same time the greatest is the latest.
  sums AS (
    SELECT subject_id, meter_id, aggregation, period_start,
      CASE aggregation
        WHEN 'max' THEN max(amount)
        WHEN 'latest' THEN (max(ARRAY[extract(epoch FROM occurred_at), amount])
                            FILTER (WHERE aggregation = 'latest' AND amount IS NOT NULL))[2]
        ELSE sum(amount) END AS amount,
      max(occurred_at) FILTER (WHERE amount IS NOT NULL) AS amount_at,
      array_agg(seen) FILTER (WHERE seen IS NOT NULL) AS texts
    FROM subject_uses
    WHERE amount IS NOT NULL OR seen IS NOT NULL
    GROUP BY subject_id, meter_id, aggregation, period_start
  )
  -- The events are written when they are counted here, and the rollups after that: so the rows that
  -- concurrent batches may wait for are locked late.
  SELECT (SELECT count(*) FROM events),
    (SELECT array_agg(ROW(subject_id, meter_id, aggregation, period_start, amount, amount_at, texts)::meter_addition) FROM sums),
    array_agg(n.ordinal::int ORDER BY n.ordinal), array_agg(trim_scale(n.cost)::text ORDER BY n.ordinal),
    array_agg(n.unpriced ORDER BY n.ordinal),
    array_agg(n.provider) FILTER (WHERE n.unpriced), array_agg(n.model) FILTER (WHERE n.unpriced)
  INTO written, additions, ordinals, priced, are_unpriced, unpriced_providers, unpriced_models
  FROM new n;
  PERFORM meter_usage_add(additions);
  IF unpriced_providers IS NOT NULL THEN PERFORM alert_unpriced(unpriced_providers, unpriced_models); END IF;

  IF all_fresh THEN
    answers := array_fill('accepted'::text, ARRAY[cardinality(event_ids)]);
    RETURN;
  END IF;
  -- A statement of its own, so that it sees what a concurrent call has just committed.
  SELECT
    array_agg(CASE WHEN fresh[i.ordinal] THEN 'accepted' WHEN e.fingerprint = i.fingerprint THEN 'duplicate' ELSE 'conflict' END
              ORDER BY i.ordinal),
    array_agg(c.cost ORDER BY i.ordinal), array_agg(coalesce(c.unpriced, false) ORDER BY i.ordinal)
  INTO answers, priced, are_unpriced
  FROM unnest(customer_ids, event_ids, fingerprints) WITH ORDINALITY i(customer_id, id, fingerprint, ordinal)
  LEFT JOIN unnest(ordinals, priced, are_unpriced) c(ordinal, cost, unpriced) ON c.ordinal = i.ordinal,
    LATERAL (SELECT (
      SELECT u.fingerprint FROM usage_event_ids u WHERE u.customer_id = i.customer_id AND u.id = i.id
    ) AS fingerprint) e;
END $$;
