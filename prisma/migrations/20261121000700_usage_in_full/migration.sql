-- Events are priced by the price book and counted by meters, in the statement that books them.

-- Part 1: tables ---------------------------------------------------------------------------------

ALTER TABLE usage_events
  ADD COLUMN price_id uuid, -- the row of the price book that gave the cost; NULL when the event named it
  ADD COLUMN unpriced boolean NOT NULL DEFAULT false; -- of a provider, without a price
ALTER TABLE usage_hourly ADD CONSTRAINT usage_hourly_unpriced CHECK (unpriced >= 0);
ALTER TABLE usage_daily ADD CONSTRAINT usage_daily_unpriced CHECK (unpriced >= 0);
ALTER TABLE usage_totals ADD CONSTRAINT usage_totals_unpriced CHECK (unpriced >= 0);

CREATE INDEX quotas_of_keys ON quotas (subject_id) WHERE subject_kind = 'key';

-- Part 2: meters ----------------------------------------------------------------------------------

-- What an event adds to a meter, as a number; NULL is nothing. For a meter of unique values see
-- meter_text.
CREATE FUNCTION meter_number(
  m meters, quantity numeric, tokens_input bigint, tokens_output bigint, tokens_cached bigint, tokens_reasoning bigint,
  cost numeric, duration_ms int, properties jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN m.aggregation = 'count' THEN 1
  ELSE CASE m.field
    WHEN 'quantity' THEN quantity
    WHEN 'tokens' THEN coalesce(tokens_input, 0) + coalesce(tokens_output, 0)
    WHEN 'tokens_input' THEN tokens_input
    WHEN 'tokens_output' THEN tokens_output
    WHEN 'tokens_cached' THEN tokens_cached
    WHEN 'tokens_reasoning' THEN tokens_reasoning
    WHEN 'cost' THEN cost
    WHEN 'duration_ms' THEN duration_ms
    -- A property that is no number from 0 on counts nothing.
    WHEN 'property' THEN CASE WHEN jsonb_typeof(properties -> m.property) = 'number'
      THEN least(greatest((properties ->> m.property)::numeric, 0), 1e15) END
  END END;

-- What a meter of unique values sees of an event; NULL is nothing.
CREATE FUNCTION meter_text(m meters, endpoint text, model text, key_id uuid, properties jsonb)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE m.field WHEN 'endpoint' THEN endpoint WHEN 'model' THEN model WHEN 'key' THEN key_id::text
                    WHEN 'property' THEN properties ->> m.property END;

CREATE FUNCTION meter_counts(m meters, event_meter text, event_provider text, event_model text)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN m.archived_at IS NULL AND (m.event_meter IS NULL OR m.event_meter = event_meter)
  AND (m.provider IS NULL OR m.provider = lower(event_provider)) AND (m.model IS NULL OR m.model = lower(event_model));

-- What one subject used of one meter in one period, by some events.
CREATE TYPE meter_addition AS (
  subject_id uuid,
  meter_id uuid,
  aggregation text,
  period_start timestamptz,
  amount numeric, -- added; of max and latest, reached
  amount_at timestamptz, -- when the latest was so
  texts text[] -- of unique
);

-- Count additions, in the order in which every statement locks meter_usage. What events report
-- replaces what access checks took before. Raises the alerts that follow.
CREATE FUNCTION meter_usage_add(additions meter_addition[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  u record;
BEGIN
  IF additions IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT FROM unnest(additions) a WHERE a.aggregation = 'unique') THEN
    additions := meter_uniques_add(additions);
  END IF;
  FOR u IN
    WITH written AS (
      INSERT INTO meter_usage AS m (subject_id, meter_id, period_start, value, value_at)
      SELECT subject_id, meter_id, period_start, amount, amount_at FROM unnest(additions) ORDER BY 1, 2, 3
      ON CONFLICT (subject_id, meter_id, period_start) DO UPDATE SET
        value = CASE (SELECT aggregation FROM meters WHERE id = excluded.meter_id)
          WHEN 'max' THEN greatest(m.value, excluded.value)
          WHEN 'latest' THEN CASE WHEN excluded.value_at >= m.value_at IS NOT FALSE THEN excluded.value ELSE m.value END
          ELSE m.value + excluded.value END,
        value_at = greatest(m.value_at, excluded.value_at),
        taken = CASE WHEN EXISTS (SELECT FROM meters WHERE id = excluded.meter_id AND aggregation IN ('count', 'sum'))
                     THEN greatest(m.taken - excluded.value, 0) ELSE m.taken END,
        updated_at = clock_timestamp()
      RETURNING subject_id, meter_id, period_start, value + taken >= alert_above AS is_due
    )
    SELECT * FROM written WHERE is_due ORDER BY 1, 2, 3
  LOOP
    PERFORM alert_thresholds(u.subject_id, u.meter_id, u.period_start);
  END LOOP;
END $$;

-- Turn the texts of unique values into how many are new in their period.
CREATE FUNCTION meter_uniques_add(additions meter_addition[]) RETURNS meter_addition[] LANGUAGE plpgsql AS $$
DECLARE
  counted meter_addition[];
BEGIN
  WITH seen AS (
    SELECT DISTINCT a.subject_id, a.meter_id, a.period_start, sha256(convert_to(t, 'UTF8')) AS value_hash
    FROM unnest(additions) a, unnest(a.texts) t WHERE a.aggregation = 'unique'
  ),
  fresh AS (
    INSERT INTO meter_uniques (subject_id, meter_id, period_start, value_hash)
    SELECT * FROM seen ORDER BY 1, 2, 3, 4 ON CONFLICT DO NOTHING RETURNING subject_id, meter_id, period_start
  ),
  counts AS (SELECT subject_id, meter_id, period_start, count(*) AS n FROM fresh GROUP BY 1, 2, 3)
  SELECT array_agg(ROW(a.subject_id, a.meter_id, a.aggregation, a.period_start,
    CASE WHEN a.aggregation = 'unique' THEN coalesce(c.n, 0) ELSE a.amount END, a.amount_at, NULL)::meter_addition)
  INTO counted
  FROM unnest(additions) a
  LEFT JOIN counts c ON c.subject_id = a.subject_id AND c.meter_id = a.meter_id AND c.period_start = a.period_start;
  RETURN counted;
END $$;

-- Part 3: ingest ------------------------------------------------------------------------------------

-- An alert for the team: a provider or model that nobody has priced, once until it has a price.
CREATE FUNCTION alert_unpriced(providers text[], models text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  u record;
  alert uuid;
BEGIN
  FOR u IN SELECT DISTINCT lower(p) AS provider, lower(coalesce(m, '')) AS model FROM unnest(providers, models) x(p, m) ORDER BY 1, 2 LOOP
    CONTINUE WHEN EXISTS (
      SELECT FROM alerts WHERE kind = 'unpriced' AND customer_id IS NULL AND meter_id IS NULL AND threshold = 0
        AND subject = u.provider || '/' || u.model AND recovered_at IS NULL);
    alert := NULL;
    INSERT INTO alerts (id, kind, subject, details)
    VALUES (uuid_v7(), 'unpriced', u.provider || '/' || u.model, jsonb_build_object('provider', u.provider, 'model', u.model))
    ON CONFLICT DO NOTHING RETURNING id INTO alert;
    IF alert IS NOT NULL THEN
      PERFORM emit_event('alert.raised', jsonb_build_object('alert_id', public_id('alr', alert)));
    END IF;
  END LOOP;
END $$;

DROP FUNCTION usage_ingest(uuid[], text[], bytea[], uuid[], timestamptz[], text[], text[], text[], text[], text[], int[],
  int[], bigint[], bigint[], bigint[], bigint[], numeric[], numeric[], text[], jsonb[]);

-- Take events in: each is one position of all the arrays. NULL stands for what an event does not
-- say, except in customer_ids, event_ids, fingerprints, occurred_ats and meters. Answers by position:
-- accepted, duplicate (the same id and fingerprint were taken before, or earlier in these arrays),
-- or conflict (the id was taken with another fingerprint); and for the accepted, what they cost and
-- whether a price is missing. Events, rollups, meters, alerts and answer commit together. An event
-- with a code is a refused call: it counts as that and nothing else.
CREATE FUNCTION usage_ingest(
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
      coalesce(e.cost, price_cost(p, e.tokens_input, e.tokens_output, e.tokens_cached, e.tokens_reasoning, e.quantity)) AS cost,
      e.code, e.properties, e.ordinal, p.id AS price_id,
      e.provider IS NOT NULL AND e.cost IS NULL AND p.id IS NULL AND e.code IS NULL AS unpriced,
      (e.occurred_at AT TIME ZONE 'UTC')::date AS day, e.code IS NULL AS made
    FROM unnest(
      customer_ids, event_ids, key_ids, occurred_ats, meters, providers, models, endpoints, methods, status_codes,
      durations_ms, tokens_inputs, tokens_outputs, tokens_cacheds, tokens_reasonings, quantities, costs, codes,
      properties_list
    ) WITH ORDINALITY e(
      customer_id, id, key_id, occurred_at, meter, provider, model, endpoint, method, status_code,
      duration_ms, tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, code,
      properties, ordinal)
    LEFT JOIN LATERAL price_find(e.provider, e.model, e.tokens_input, e.occurred_at) p
      ON e.provider IS NOT NULL AND e.cost IS NULL AND e.code IS NULL
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
    SELECT n.customer_id, n.key_id, n.occurred_at, m.id AS meter_id, m.aggregation,
      billing_period_start(e, n.occurred_at) AS period_start,
      meter_number(m, coalesce(n.quantity, 1), n.tokens_input, n.tokens_output, n.tokens_cached, n.tokens_reasoning,
                   n.cost, n.duration_ms, n.properties) AS amount,
      CASE WHEN m.aggregation = 'unique' THEN meter_text(m, n.endpoint, n.model, n.key_id, n.properties) END AS seen
    FROM new n
    JOIN meters m ON meter_counts(m, n.meter, n.provider, n.model)
    LEFT JOIN customer_entitlements e ON e.customer_id = n.customer_id
    WHERE n.made
  ),
  subject_uses AS (
    SELECT customer_id AS subject_id, u.* FROM uses u
    UNION ALL
    SELECT k.lineage_id, u.* FROM uses u JOIN api_keys k ON k.id = u.key_id
    WHERE (SELECT EXISTS (SELECT FROM quotas WHERE subject_kind = 'key'))
      AND EXISTS (SELECT FROM quotas q WHERE q.subject_id = k.lineage_id AND q.meter_id = u.meter_id)
  ),
  sums AS (
    SELECT subject_id, meter_id, aggregation, period_start,
      CASE aggregation
        WHEN 'max' THEN max(amount)
        WHEN 'latest' THEN (array_agg(amount ORDER BY occurred_at DESC)
                            FILTER (WHERE aggregation = 'latest' AND amount IS NOT NULL))[1]
        ELSE sum(amount) END AS amount,
      max(occurred_at) FILTER (WHERE amount IS NOT NULL) AS amount_at, array_agg(DISTINCT seen) FILTER (WHERE seen IS NOT NULL) AS texts
    FROM subject_uses GROUP BY subject_id, meter_id, aggregation, period_start
    HAVING count(amount) + count(seen) > 0
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
