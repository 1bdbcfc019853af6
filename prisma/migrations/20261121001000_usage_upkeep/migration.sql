-- Usage over time: its log, recounts, retention, new prices for what was used, and its alerts.

-- Part 1: the log of everyone ---------------------------------------------------------------------

-- Events come nearly in the order of their times: the blocks of an hour are found by a few pages of
-- index, which cost a writer nothing. A B-tree would be as large as a fifth of the events.
CREATE INDEX usage_events_by_time ON usage_events
  USING brin (occurred_at) WITH (pages_per_range = 32, autosummarize = on);

-- The same for everyone's usage by provider, model and the like.
CREATE INDEX usage_hourly_by_time ON usage_hourly USING brin (hour) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX usage_daily_by_time ON usage_daily USING brin (day) WITH (pages_per_range = 32, autosummarize = on);

-- The months of which events are kept, the oldest first.
CREATE FUNCTION usage_months() RETURNS TABLE (partition_name text, starts timestamptz) LANGUAGE sql STABLE AS $$
  SELECT c.relname::text, (to_date(right(c.relname, 7), 'YYYY_MM'))::timestamp AT TIME ZONE 'UTC'
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'usage_events'::regclass ORDER BY 2
$$;
CREATE FUNCTION usage_kept_from() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT starts FROM usage_months() LIMIT 1
$$;

-- Part 2: retention -------------------------------------------------------------------------------

-- Months that must stay: an event may still come for them, or a billing period that is open began
-- in them, and is recounted and priced from its events.
CREATE FUNCTION usage_needed_from(at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT month_start(least(at - interval '35 days',
    (SELECT min(period_start) FROM customer_entitlements WHERE period_end > at)))
$$;

-- Drop the whole months of events before a time, and say which. Rollups stay, and the ids: an event
-- counts once, ever. Gives up after two seconds in which the events are in use.
CREATE FUNCTION usage_drop_months(before timestamptz) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  m record;
  dropped text[] := '{}';
BEGIN
  PERFORM set_config('lock_timeout', '2s', true);
  FOR m IN SELECT * FROM usage_months() WHERE starts < month_start(before) ORDER BY starts LOOP
    EXECUTE format('DROP TABLE %I', m.partition_name);
    dropped := dropped || to_char(m.starts AT TIME ZONE 'UTC', 'YYYY-MM');
  END LOOP;
  RETURN dropped;
END $$;

-- A customer is gone: so is its usage, but for what totals hold. That is kept by day under the nil
-- UUID, so that totals can be recounted.
CREATE FUNCTION usage_forget(customer uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_daily AS d (
    customer_id, day, calls, errors, refused, tokens, cost, unpriced, duration_ms_total, duration_count, duration_sketch)
  SELECT '00000000-0000-0000-0000-000000000000', day, calls, errors, refused, tokens, cost, unpriced,
    duration_ms_total, duration_count, duration_sketch
  FROM usage_daily WHERE customer_id = customer ORDER BY day
  ON CONFLICT (customer_id, day) DO UPDATE SET
    calls = d.calls + excluded.calls, errors = d.errors + excluded.errors, refused = d.refused + excluded.refused,
    tokens = d.tokens + excluded.tokens, cost = d.cost + excluded.cost, unpriced = d.unpriced + excluded.unpriced,
    duration_ms_total = d.duration_ms_total + excluded.duration_ms_total,
    duration_count = d.duration_count + excluded.duration_count,
    duration_sketch = sketch_merge(d.duration_sketch, excluded.duration_sketch);
  DELETE FROM usage_daily WHERE customer_id = customer;
  DELETE FROM usage_hourly WHERE customer_id = customer;
  DELETE FROM usage_events WHERE customer_id = customer;
  DELETE FROM usage_event_ids WHERE customer_id = customer;
  DELETE FROM meter_usage WHERE subject_id = customer;
  DELETE FROM meter_uniques WHERE subject_id = customer;
END $$;

-- Part 3: recounts --------------------------------------------------------------------------------
-- An event and its rollups commit together, so in any snapshot a rollup differs from its events by
-- what is wrong with it and by nothing else. A recount therefore adds the difference, and need not
-- stop those who write. Two recounts would add it twice: they wait for each other.

CREATE FUNCTION usage_recount_alone() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('usage_recount', 0))
$$;

-- The sketch a + sign * b, without zeros at its end.
CREATE FUNCTION sketch_plus(a int[], b int[], sign int DEFAULT 1) RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH buckets AS (
    SELECT i, coalesce(a[i], 0) + sign * coalesce(b[i], 0) AS n
    FROM generate_series(1, greatest(cardinality(a), cardinality(b))) i
  )
  SELECT coalesce(array_agg(n ORDER BY i), '{}') FROM buckets
  WHERE i <= (SELECT max(i) FROM buckets WHERE n <> 0)
$$;

CREATE FUNCTION usage_recount_hourly(customers uuid[], first_day date, last_day date)
RETURNS TABLE (customer_id uuid, rows bigint, calls bigint, cost numeric) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  starts constant timestamptz := first_day::timestamp AT TIME ZONE 'UTC';
  ends constant timestamptz := (last_day + 1)::timestamp AT TIME ZONE 'UTC';
  drift usage_hourly[];
BEGIN
  PERFORM usage_recount_alone();
  WITH counted AS (
    SELECT e.customer_id, date_trunc('hour', e.occurred_at, 'UTC')::timestamptz(0) AS hour,
      coalesce(e.key_id, '00000000-0000-0000-0000-000000000000') AS key_id, e.meter,
      coalesce(e.provider, '') AS provider, coalesce(e.model, '') AS model, coalesce(e.endpoint, '') AS endpoint,
      count(*) FILTER (WHERE e.code IS NULL) AS calls,
      count(*) FILTER (WHERE e.code IS NULL AND e.status_code >= 400) AS errors,
      count(*) FILTER (WHERE e.code IS NOT NULL) AS refused,
      coalesce(sum(e.tokens_input) FILTER (WHERE e.code IS NULL), 0)::bigint AS tokens_input,
      coalesce(sum(e.tokens_output) FILTER (WHERE e.code IS NULL), 0)::bigint AS tokens_output,
      coalesce(sum(e.tokens_cached) FILTER (WHERE e.code IS NULL), 0)::bigint AS tokens_cached,
      coalesce(sum(e.tokens_reasoning) FILTER (WHERE e.code IS NULL), 0)::bigint AS tokens_reasoning,
      coalesce(sum(e.quantity) FILTER (WHERE e.code IS NULL), 0) AS quantity,
      coalesce(sum(e.cost) FILTER (WHERE e.code IS NULL), 0) AS cost,
      count(*) FILTER (WHERE e.unpriced) AS unpriced,
      coalesce(sum(e.duration_ms) FILTER (WHERE e.code IS NULL), 0)::bigint AS duration_ms_total,
      count(e.duration_ms) FILTER (WHERE e.code IS NULL) AS duration_count
    FROM usage_events e
    WHERE e.customer_id = ANY (customers) AND e.occurred_at >= starts AND e.occurred_at < ends
    GROUP BY 1, 2, 3, 4, 5, 6, 7
  ),
  kept AS (
    SELECT h.* FROM usage_hourly h WHERE h.customer_id = ANY (customers) AND h.hour >= starts AND h.hour < ends
  ),
  differences AS (
    SELECT customer_id, hour, key_id, meter, provider, model, endpoint,
      coalesce(c.calls, 0) - coalesce(k.calls, 0) AS calls, coalesce(c.errors, 0) - coalesce(k.errors, 0) AS errors,
      coalesce(c.refused, 0) - coalesce(k.refused, 0) AS refused,
      coalesce(c.tokens_input, 0) - coalesce(k.tokens_input, 0) AS tokens_input,
      coalesce(c.tokens_output, 0) - coalesce(k.tokens_output, 0) AS tokens_output,
      coalesce(c.tokens_cached, 0) - coalesce(k.tokens_cached, 0) AS tokens_cached,
      coalesce(c.tokens_reasoning, 0) - coalesce(k.tokens_reasoning, 0) AS tokens_reasoning,
      coalesce(c.quantity, 0) - coalesce(k.quantity, 0) AS quantity, coalesce(c.cost, 0) - coalesce(k.cost, 0) AS cost,
      coalesce(c.unpriced, 0) - coalesce(k.unpriced, 0) AS unpriced,
      coalesce(c.duration_ms_total, 0) - coalesce(k.duration_ms_total, 0) AS duration_ms_total,
      coalesce(c.duration_count, 0) - coalesce(k.duration_count, 0) AS duration_count,
      c.customer_id IS NULL AS is_phantom
    FROM counted c FULL JOIN kept k USING (customer_id, hour, key_id, meter, provider, model, endpoint)
  )
  SELECT array_agg(jsonb_populate_record(NULL::usage_hourly, to_jsonb(d))) INTO drift FROM differences d
  WHERE is_phantom OR (calls, errors, refused, tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost,
    unpriced, duration_ms_total, duration_count) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  IF drift IS NULL THEN RETURN; END IF;

  PERFORM FROM usage_hourly h
  JOIN unnest(drift) d USING (customer_id, hour, key_id, meter, provider, model, endpoint)
  ORDER BY h.customer_id, h.hour, h.key_id, h.meter, h.provider, h.model, h.endpoint FOR UPDATE OF h;
  WITH d AS (SELECT * FROM unnest(drift)),
  changed AS (
    UPDATE usage_hourly h SET
      calls = h.calls + d.calls, errors = h.errors + d.errors, refused = h.refused + d.refused,
      tokens_input = h.tokens_input + d.tokens_input, tokens_output = h.tokens_output + d.tokens_output,
      tokens_cached = h.tokens_cached + d.tokens_cached, tokens_reasoning = h.tokens_reasoning + d.tokens_reasoning,
      quantity = h.quantity + d.quantity, cost = h.cost + d.cost, unpriced = h.unpriced + d.unpriced,
      duration_ms_total = h.duration_ms_total + d.duration_ms_total, duration_count = h.duration_count + d.duration_count
    FROM d WHERE h.customer_id = d.customer_id AND h.hour = d.hour AND h.key_id = d.key_id AND h.meter = d.meter
      AND h.provider = d.provider AND h.model = d.model AND h.endpoint = d.endpoint
    RETURNING h.customer_id, h.hour, h.key_id, h.meter, h.provider, h.model, h.endpoint
  )
  INSERT INTO usage_hourly AS h
  SELECT d.* FROM d LEFT JOIN changed c USING (customer_id, hour, key_id, meter, provider, model, endpoint)
  WHERE c.customer_id IS NULL AND d.calls + d.refused > 0
  ON CONFLICT (customer_id, hour, key_id, meter, provider, model, endpoint) DO UPDATE SET
    calls = h.calls + excluded.calls, errors = h.errors + excluded.errors, refused = h.refused + excluded.refused,
    tokens_input = h.tokens_input + excluded.tokens_input, tokens_output = h.tokens_output + excluded.tokens_output,
    tokens_cached = h.tokens_cached + excluded.tokens_cached, tokens_reasoning = h.tokens_reasoning + excluded.tokens_reasoning,
    quantity = h.quantity + excluded.quantity, cost = h.cost + excluded.cost, unpriced = h.unpriced + excluded.unpriced,
    duration_ms_total = h.duration_ms_total + excluded.duration_ms_total,
    duration_count = h.duration_count + excluded.duration_count;
  DELETE FROM usage_hourly h USING unnest(drift) d
  WHERE h.customer_id = d.customer_id AND h.hour = d.hour AND h.key_id = d.key_id AND h.meter = d.meter
    AND h.provider = d.provider AND h.model = d.model AND h.endpoint = d.endpoint AND h.calls + h.refused = 0;
  RETURN QUERY SELECT d.customer_id, count(*), sum(d.calls)::bigint, sum(d.cost) FROM unnest(drift) d GROUP BY 1;
END $$;

CREATE FUNCTION usage_recount_daily(customers uuid[], first_day date, last_day date)
RETURNS TABLE (customer_id uuid, rows bigint, calls bigint, cost numeric) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  drift usage_daily[];
BEGIN
  PERFORM usage_recount_alone();
  WITH counted AS (
    SELECT e.customer_id, (e.occurred_at AT TIME ZONE 'UTC')::date AS day,
      count(*) FILTER (WHERE e.code IS NULL) AS calls,
      count(*) FILTER (WHERE e.code IS NULL AND e.status_code >= 400) AS errors,
      count(*) FILTER (WHERE e.code IS NOT NULL) AS refused,
      coalesce(sum(e.tokens_input + e.tokens_output) FILTER (WHERE e.code IS NULL), 0)::bigint AS tokens,
      coalesce(sum(e.cost) FILTER (WHERE e.code IS NULL), 0) AS cost,
      count(*) FILTER (WHERE e.unpriced) AS unpriced,
      coalesce(sum(e.duration_ms) FILTER (WHERE e.code IS NULL), 0)::bigint AS duration_ms_total,
      count(e.duration_ms) FILTER (WHERE e.code IS NULL) AS duration_count,
      sketch_of(array_agg(sketch_bucket(e.duration_ms)) FILTER (WHERE e.code IS NULL AND e.duration_ms IS NOT NULL)) AS duration_sketch
    FROM usage_events e
    WHERE e.customer_id = ANY (customers) AND e.occurred_at >= first_day::timestamp AT TIME ZONE 'UTC'
      AND e.occurred_at < (last_day + 1)::timestamp AT TIME ZONE 'UTC'
    GROUP BY 1, 2
  ),
  kept AS (SELECT d.* FROM usage_daily d WHERE d.customer_id = ANY (customers) AND d.day BETWEEN first_day AND last_day),
  differences AS (
    SELECT customer_id, day, coalesce(c.calls, 0) - coalesce(k.calls, 0) AS calls,
      coalesce(c.errors, 0) - coalesce(k.errors, 0) AS errors, coalesce(c.refused, 0) - coalesce(k.refused, 0) AS refused,
      coalesce(c.tokens, 0) - coalesce(k.tokens, 0) AS tokens, coalesce(c.cost, 0) - coalesce(k.cost, 0) AS cost,
      coalesce(c.unpriced, 0) - coalesce(k.unpriced, 0) AS unpriced,
      coalesce(c.duration_ms_total, 0) - coalesce(k.duration_ms_total, 0) AS duration_ms_total,
      coalesce(c.duration_count, 0) - coalesce(k.duration_count, 0) AS duration_count,
      sketch_plus(c.duration_sketch, k.duration_sketch, -1) AS duration_sketch, c.customer_id IS NULL AS is_phantom
    FROM counted c FULL JOIN kept k USING (customer_id, day)
  )
  SELECT array_agg(jsonb_populate_record(NULL::usage_daily, to_jsonb(d))) INTO drift FROM differences d
  WHERE is_phantom OR duration_sketch <> '{}' OR (calls, errors, refused, tokens, cost, unpriced, duration_ms_total, duration_count)
    <> (0, 0, 0, 0, 0, 0, 0, 0);
  IF drift IS NULL THEN RETURN; END IF;

  PERFORM FROM usage_daily u JOIN unnest(drift) d USING (customer_id, day)
  ORDER BY u.customer_id, u.day FOR UPDATE OF u;
  WITH d AS (SELECT * FROM unnest(drift)),
  changed AS (
    UPDATE usage_daily u SET
      calls = u.calls + d.calls, errors = u.errors + d.errors, refused = u.refused + d.refused, tokens = u.tokens + d.tokens,
      cost = u.cost + d.cost, unpriced = u.unpriced + d.unpriced, duration_ms_total = u.duration_ms_total + d.duration_ms_total,
      duration_count = u.duration_count + d.duration_count, duration_sketch = sketch_plus(u.duration_sketch, d.duration_sketch)
    FROM d WHERE u.customer_id = d.customer_id AND u.day = d.day RETURNING u.customer_id, u.day
  )
  INSERT INTO usage_daily AS u (
    customer_id, day, calls, errors, refused, tokens, cost, unpriced, duration_ms_total, duration_count, duration_sketch)
  SELECT d.customer_id, d.day, d.calls, d.errors, d.refused, d.tokens, d.cost, d.unpriced, d.duration_ms_total,
    d.duration_count, d.duration_sketch
  FROM d LEFT JOIN changed c USING (customer_id, day) WHERE c.customer_id IS NULL AND d.calls + d.refused > 0
  ON CONFLICT (customer_id, day) DO UPDATE SET
    calls = u.calls + excluded.calls, errors = u.errors + excluded.errors, refused = u.refused + excluded.refused,
    tokens = u.tokens + excluded.tokens, cost = u.cost + excluded.cost, unpriced = u.unpriced + excluded.unpriced,
    duration_ms_total = u.duration_ms_total + excluded.duration_ms_total,
    duration_count = u.duration_count + excluded.duration_count,
    duration_sketch = sketch_plus(u.duration_sketch, excluded.duration_sketch);
  DELETE FROM usage_daily u USING unnest(drift) d
  WHERE u.customer_id = d.customer_id AND u.day = d.day AND u.calls + u.refused = 0;
  RETURN QUERY SELECT d.customer_id, count(*), sum(d.calls)::bigint, sum(d.cost) FROM unnest(drift) d GROUP BY 1;
END $$;

-- Add to the totals of a day what may be less than nothing: one slot takes it, with all the others
-- hold, since none of them may fall below zero.
CREATE FUNCTION usage_totals_add(extra usage_totals) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_totals (day, slot) SELECT extra.day, s FROM generate_series(0, 15) s ON CONFLICT DO NOTHING;
  PERFORM FROM usage_totals t WHERE t.day = extra.day ORDER BY t.slot FOR UPDATE;
  WITH s AS (
    SELECT sum(t.calls) AS calls, sum(t.errors) AS errors, sum(t.refused) AS refused, sum(t.tokens) AS tokens,
      sum(t.cost) AS cost, sum(t.unpriced) AS unpriced, sum(t.duration_ms_total) AS duration_ms_total,
      sum(t.duration_count) AS duration_count, sketch_sum(t.duration_sketch) AS duration_sketch
    FROM usage_totals t WHERE t.day = extra.day
  )
  UPDATE usage_totals t SET
    calls = CASE t.slot WHEN 0 THEN greatest(s.calls + extra.calls, 0) ELSE 0 END,
    errors = CASE t.slot WHEN 0 THEN greatest(s.errors + extra.errors, 0) ELSE 0 END,
    refused = CASE t.slot WHEN 0 THEN greatest(s.refused + extra.refused, 0) ELSE 0 END,
    tokens = CASE t.slot WHEN 0 THEN greatest(s.tokens + extra.tokens, 0) ELSE 0 END,
    cost = CASE t.slot WHEN 0 THEN greatest(s.cost + extra.cost, 0) ELSE 0 END,
    unpriced = CASE t.slot WHEN 0 THEN greatest(s.unpriced + extra.unpriced, 0) ELSE 0 END,
    duration_ms_total = CASE t.slot WHEN 0 THEN greatest(s.duration_ms_total + extra.duration_ms_total, 0) ELSE 0 END,
    duration_count = CASE t.slot WHEN 0 THEN greatest(s.duration_count + extra.duration_count, 0) ELSE 0 END,
    duration_sketch = CASE t.slot WHEN 0 THEN sketch_plus(s.duration_sketch, extra.duration_sketch) ELSE '{}' END
  FROM s WHERE t.day = extra.day;
END $$;

-- By how much the totals of a day differ from its events and from what customers used that are gone.
CREATE FUNCTION usage_totals_drift(of_day date) RETURNS usage_totals LANGUAGE sql STABLE AS $$
  WITH counted AS (
    SELECT count(*) FILTER (WHERE code IS NULL) AS calls, count(*) FILTER (WHERE code IS NULL AND status_code >= 400) AS errors,
      count(*) FILTER (WHERE code IS NOT NULL) AS refused,
      coalesce(sum(tokens_input + tokens_output) FILTER (WHERE code IS NULL), 0) AS tokens,
      coalesce(sum(cost) FILTER (WHERE code IS NULL), 0) AS cost, count(*) FILTER (WHERE unpriced) AS unpriced,
      coalesce(sum(duration_ms) FILTER (WHERE code IS NULL), 0) AS duration_ms_total,
      count(duration_ms) FILTER (WHERE code IS NULL) AS duration_count
    FROM usage_events
    WHERE occurred_at >= of_day::timestamp AT TIME ZONE 'UTC' AND occurred_at < (of_day + 1)::timestamp AT TIME ZONE 'UTC'
  ),
  buckets AS (
    SELECT sketch_bucket(duration_ms) AS bucket, count(*)::int AS n FROM usage_events
    WHERE occurred_at >= of_day::timestamp AT TIME ZONE 'UTC' AND occurred_at < (of_day + 1)::timestamp AT TIME ZONE 'UTC'
      AND code IS NULL AND duration_ms IS NOT NULL GROUP BY 1
  ),
  sketch AS (
    SELECT array_agg(coalesce(n, 0) ORDER BY i) AS counted
    FROM generate_series(1, (SELECT max(bucket) FROM buckets)) i LEFT JOIN buckets ON bucket = i
  ),
  gone AS (SELECT * FROM usage_daily WHERE customer_id = '00000000-0000-0000-0000-000000000000' AND day = of_day),
  kept AS (
    SELECT sum(calls) AS calls, sum(errors) AS errors, sum(refused) AS refused, sum(tokens) AS tokens, sum(cost) AS cost,
      sum(unpriced) AS unpriced, sum(duration_ms_total) AS duration_ms_total, sum(duration_count) AS duration_count,
      sketch_sum(duration_sketch) AS duration_sketch
    FROM usage_totals WHERE day = of_day
  )
  SELECT jsonb_populate_record(NULL::usage_totals, jsonb_build_object(
    'day', of_day, 'slot', 0,
    'calls', c.calls + coalesce(g.calls, 0) - coalesce(k.calls, 0),
    'errors', c.errors + coalesce(g.errors, 0) - coalesce(k.errors, 0),
    'refused', c.refused + coalesce(g.refused, 0) - coalesce(k.refused, 0),
    'tokens', c.tokens + coalesce(g.tokens, 0) - coalesce(k.tokens, 0),
    'cost', c.cost + coalesce(g.cost, 0) - coalesce(k.cost, 0),
    'unpriced', c.unpriced + coalesce(g.unpriced, 0) - coalesce(k.unpriced, 0),
    'duration_ms_total', c.duration_ms_total + coalesce(g.duration_ms_total, 0) - coalesce(k.duration_ms_total, 0),
    'duration_count', c.duration_count + coalesce(g.duration_count, 0) - coalesce(k.duration_count, 0),
    'duration_sketch', sketch_plus(sketch_plus(s.counted, g.duration_sketch), k.duration_sketch, -1)))
  FROM counted c CROSS JOIN sketch s LEFT JOIN gone g ON true CROSS JOIN kept k
$$;
CREATE FUNCTION usage_totals_differ(t usage_totals) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN t.duration_sketch <> '{}' OR (t.calls, t.errors, t.refused, t.tokens, t.cost, t.unpriced, t.duration_ms_total, t.duration_count)
  <> (0, 0, 0, 0, 0, 0, 0, 0);

CREATE FUNCTION usage_recount_totals(of_day date) RETURNS TABLE (calls bigint, cost numeric) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  drift usage_totals;
BEGIN
  PERFORM usage_recount_alone();
  drift := usage_totals_drift(of_day);
  IF NOT usage_totals_differ(drift) THEN RETURN; END IF;
  PERFORM usage_totals_add(drift);
  RETURN QUERY SELECT drift.calls, drift.cost;
END $$;

-- What events say that customers used of meters, in the billing periods that hold these days. A
-- meter that was made or changed since a period began has not seen all of its events.
CREATE FUNCTION usage_meter_counts(customers uuid[], first_day date, last_day date, only_meter uuid DEFAULT NULL)
RETURNS TABLE (customer_id uuid, meter_id uuid, period_start timestamptz, value numeric) LANGUAGE sql STABLE AS $$
  WITH periods AS (
    SELECT DISTINCT c.id AS customer_id, billing_period_start(e, d.at) AS starts, billing_period_end(e, d.at) AS ends
    FROM unnest(customers) c(id) LEFT JOIN customer_entitlements e ON e.customer_id = c.id
    CROSS JOIN (
      SELECT g AT TIME ZONE 'UTC' AS at FROM generate_series(first_day::timestamp, last_day::timestamp, '1 day') g
      UNION ALL SELECT (last_day + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 millisecond'
    ) d
  )
  SELECT p.customer_id, m.id, p.starts,
    CASE m.aggregation
      WHEN 'max' THEN max(x.n)
      WHEN 'latest' THEN (array_agg(x.n ORDER BY v.occurred_at DESC) FILTER (WHERE x.n IS NOT NULL))[1]
      WHEN 'unique' THEN count(DISTINCT x.t)
      ELSE sum(x.n) END
  FROM periods p
  JOIN usage_events v ON v.customer_id = p.customer_id AND v.occurred_at >= p.starts AND v.occurred_at < p.ends AND v.code IS NULL
  JOIN meters m ON meter_counts(m, v.meter, v.provider, v.model) AND (m.is_system OR m.updated_at <= p.starts)
    AND (only_meter IS NULL OR m.id = only_meter)
    AND NOT (m.aggregation = 'latest' AND m.field LIKE 'tokens%') -- events are kept with zeros for what they did not say
  CROSS JOIN LATERAL (
    SELECT meter_number(m, v.quantity, v.tokens_input, v.tokens_output, v.tokens_cached, v.tokens_reasoning, v.cost,
                        v.duration_ms, v.properties) AS n,
      CASE WHEN m.aggregation = 'unique' THEN meter_text(m, v.endpoint, v.model, v.key_id, v.properties) END AS t
  ) x
  WHERE p.starts >= usage_kept_from()
  GROUP BY p.customer_id, m.id, m.aggregation, p.starts HAVING count(x.n) + count(x.t) > 0
$$;

CREATE FUNCTION usage_recount_meters(customers uuid[], first_day date, last_day date)
RETURNS TABLE (customer_id uuid, meter text, was numeric, became numeric) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  d record;
  expected numeric;
  stored meter_usage;
BEGIN
  PERFORM usage_recount_alone();
  FOR d IN
    SELECT c.customer_id, c.meter_id, c.period_start, m.name
    FROM usage_meter_counts(customers, first_day, last_day) c JOIN meters m ON m.id = c.meter_id
    LEFT JOIN meter_usage u ON u.subject_id = c.customer_id AND u.meter_id = c.meter_id AND u.period_start = c.period_start
    WHERE u.value IS DISTINCT FROM c.value ORDER BY 1, 2, 3
  LOOP
    -- Whoever counts more now waits for this row; and who has it has committed all that is counted.
    INSERT INTO meter_usage (subject_id, meter_id, period_start) VALUES (d.customer_id, d.meter_id, d.period_start)
    ON CONFLICT DO NOTHING;
    SELECT * INTO stored FROM meter_usage u
    WHERE u.subject_id = d.customer_id AND u.meter_id = d.meter_id AND u.period_start = d.period_start FOR UPDATE;
    SELECT c.value INTO expected
    FROM usage_meter_counts(ARRAY[d.customer_id], (d.period_start AT TIME ZONE 'UTC')::date, (d.period_start AT TIME ZONE 'UTC')::date, d.meter_id) c
    WHERE c.period_start = d.period_start;
    CONTINUE WHEN expected IS NULL OR expected = stored.value;
    UPDATE meter_usage u SET value = expected, alert_above = 0, updated_at = clock_timestamp()
    WHERE u.subject_id = d.customer_id AND u.meter_id = d.meter_id AND u.period_start = d.period_start;
    PERFORM alert_thresholds(d.customer_id, d.meter_id, d.period_start);
    customer_id := d.customer_id;
    meter := d.name;
    was := stored.value;
    became := expected;
    RETURN NEXT;
  END LOOP;
END $$;

-- Part 4: new prices for what was used --------------------------------------------------------------

-- An event whose cost the price book gives otherwise than it did.
CREATE TYPE usage_rerating AS (
  customer_id uuid,
  id text,
  occurred_at timestamptz,
  key_id uuid,
  meter text,
  provider text,
  model text,
  endpoint text,
  cost_before numeric,
  cost_after numeric,
  unpriced_before boolean,
  unpriced_after boolean,
  price_id uuid
);

-- The events of a time that the price book priced, or could not, and would price otherwise now.
-- Those whose cost was given with them are not among them.
CREATE FUNCTION usage_reratings(starts timestamptz, ends timestamptz, of_provider text, of_model text, of_customer uuid)
RETURNS SETOF usage_rerating LANGUAGE sql STABLE AS $$
  SELECT e.customer_id, e.id, e.occurred_at, e.key_id, e.meter, e.provider, e.model, e.endpoint, e.cost, n.cost,
    e.unpriced, p.id IS NULL, p.id
  FROM usage_events e
  LEFT JOIN LATERAL price_find(e.provider, e.model, e.tokens_input, e.occurred_at) p ON true
  CROSS JOIN LATERAL (
    SELECT price_cost(p, e.tokens_input, e.tokens_output, e.tokens_cached, e.tokens_reasoning, e.quantity)::numeric(38, 12) AS cost
  ) n
  WHERE e.occurred_at >= starts AND e.occurred_at < ends AND e.code IS NULL AND e.provider IS NOT NULL
    AND (e.price_id IS NOT NULL OR e.unpriced)
    AND (of_customer IS NULL OR e.customer_id = of_customer)
    AND (of_provider IS NULL OR lower(e.provider) = lower(of_provider))
    AND (of_model IS NULL OR lower(e.model) = lower(of_model))
    AND (n.cost IS DISTINCT FROM e.cost OR p.id IS DISTINCT FROM e.price_id)
$$;

-- Price them anew: the events, their rollups, what meters of cost count, and the alerts that follow.
CREATE FUNCTION usage_rerate(starts timestamptz, ends timestamptz, of_provider text, of_model text, of_customer uuid)
RETURNS SETOF usage_rerating LANGUAGE plpgsql AS $$
DECLARE
  changes usage_rerating[];
  t record;
BEGIN
  -- One at a time, or the same difference would be added twice.
  PERFORM pg_advisory_xact_lock(hashtextextended('usage_rerate', 0));
  SELECT array_agg(r) INTO changes FROM usage_reratings(starts, ends, of_provider, of_model, of_customer) r;
  IF changes IS NULL THEN RETURN; END IF;
  UPDATE usage_events e SET cost = c.cost_after, price_id = c.price_id, unpriced = c.unpriced_after
  FROM unnest(changes) c WHERE e.customer_id = c.customer_id AND e.occurred_at = c.occurred_at AND e.id = c.id
    AND e.occurred_at >= starts AND e.occurred_at < ends;

  WITH d AS (
    SELECT c.customer_id, date_trunc('hour', c.occurred_at, 'UTC')::timestamptz(0) AS hour,
      coalesce(c.key_id, '00000000-0000-0000-0000-000000000000') AS key_id, c.meter, coalesce(c.provider, '') AS provider,
      coalesce(c.model, '') AS model, coalesce(c.endpoint, '') AS endpoint,
      sum(coalesce(c.cost_after, 0) - coalesce(c.cost_before, 0)) AS cost,
      sum(c.unpriced_after::int - c.unpriced_before::int) AS unpriced
    FROM unnest(changes) c GROUP BY 1, 2, 3, 4, 5, 6, 7
  ),
  locked AS MATERIALIZED (
    SELECT h.ctid, d.cost, d.unpriced FROM usage_hourly h
    JOIN d USING (customer_id, hour, key_id, meter, provider, model, endpoint)
    ORDER BY h.customer_id, h.hour, h.key_id, h.meter, h.provider, h.model, h.endpoint FOR UPDATE OF h
  )
  UPDATE usage_hourly h SET cost = greatest(h.cost + d.cost, 0), unpriced = greatest(h.unpriced + d.unpriced, 0)
  FROM d WHERE (SELECT count(*) FROM locked) > 0 AND h.customer_id = d.customer_id AND h.hour = d.hour AND h.key_id = d.key_id
    AND h.meter = d.meter AND h.provider = d.provider AND h.model = d.model AND h.endpoint = d.endpoint;

  WITH d AS (
    SELECT c.customer_id, (c.occurred_at AT TIME ZONE 'UTC')::date AS day,
      sum(coalesce(c.cost_after, 0) - coalesce(c.cost_before, 0)) AS cost,
      sum(c.unpriced_after::int - c.unpriced_before::int) AS unpriced
    FROM unnest(changes) c GROUP BY 1, 2
  ),
  locked AS MATERIALIZED (
    SELECT u.ctid FROM usage_daily u JOIN d USING (customer_id, day) ORDER BY u.customer_id, u.day FOR UPDATE OF u
  )
  UPDATE usage_daily u SET cost = greatest(u.cost + d.cost, 0), unpriced = greatest(u.unpriced + d.unpriced, 0)
  FROM d WHERE (SELECT count(*) FROM locked) > 0 AND u.customer_id = d.customer_id AND u.day = d.day;

  FOR t IN
    SELECT (c.occurred_at AT TIME ZONE 'UTC')::date AS day,
      sum(coalesce(c.cost_after, 0) - coalesce(c.cost_before, 0)) AS cost,
      sum(c.unpriced_after::int - c.unpriced_before::int) AS unpriced
    FROM unnest(changes) c GROUP BY 1 ORDER BY 1
  LOOP
    PERFORM usage_totals_add(jsonb_populate_record(NULL::usage_totals, jsonb_build_object(
      'day', t.day, 'slot', 0, 'calls', 0, 'errors', 0, 'refused', 0, 'tokens', 0, 'cost', t.cost, 'unpriced', t.unpriced,
      'duration_ms_total', 0, 'duration_count', 0, 'duration_sketch', '[]'::jsonb)));
  END LOOP;

  FOR t IN
    SELECT c.customer_id, m.id AS meter_id, billing_period_start(e, c.occurred_at) AS period_start,
      sum(coalesce(c.cost_after, 0) - coalesce(c.cost_before, 0)) AS cost
    FROM unnest(changes) c JOIN meters m ON m.aggregation = 'sum' AND m.field = 'cost' AND meter_counts(m, c.meter, c.provider, c.model)
    LEFT JOIN customer_entitlements e ON e.customer_id = c.customer_id
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  LOOP
    INSERT INTO meter_usage AS u (subject_id, meter_id, period_start, value)
    VALUES (t.customer_id, t.meter_id, t.period_start, 0) ON CONFLICT DO NOTHING;
    UPDATE meter_usage u SET value = greatest(u.value + t.cost, 0), updated_at = clock_timestamp()
    WHERE u.subject_id = t.customer_id AND u.meter_id = t.meter_id AND u.period_start = t.period_start;
    PERFORM alert_rearm(t.customer_id, t.meter_id);
  END LOOP;
  RETURN QUERY SELECT * FROM unnest(changes);
END $$;

-- Part 5: shares of quotas, and alerts ----------------------------------------------------------------

-- The share, in whole percent, of the quota or cap that a customer has used most of; NULL without any.
CREATE FUNCTION usage_percentage(customer uuid, at timestamptz DEFAULT clock_timestamp()) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT max(least(CASE WHEN q.amount = 0 THEN 100
                        ELSE floor((coalesce(u.value + u.taken + u.held, 0)) * 100 / q.amount) END, 1000000))::int
  FROM (SELECT customer AS id) c
  LEFT JOIN customer_entitlements e ON e.customer_id = c.id
  CROSS JOIN LATERAL (SELECT DISTINCT meter_id FROM quotas WHERE subject_id = ANY (quota_subjects(c.id, e.plan_id))) m
  JOIN meters known ON known.id = m.meter_id AND known.archived_at IS NULL
  CROSS JOIN LATERAL meter_quota(quota_subjects(c.id, e.plan_id), m.meter_id, at) q
  LEFT JOIN meter_usage u ON u.subject_id = c.id AND u.meter_id = m.meter_id AND u.period_start = billing_period_start(e, at)
  WHERE q.amount IS NOT NULL
$$;

-- Alerts of everyone that somebody has yet to read.
CREATE INDEX alerts_unread ON alerts (id DESC) WHERE read_at IS NULL AND recovered_at IS NULL;

-- Raise an alert, unless it stands already; NULL then.
CREATE FUNCTION alert_raise(
  kind text, customer uuid, meter uuid, threshold int, subject text, period timestamptz, limit_amount numeric, value numeric,
  details jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  alert uuid;
BEGIN
  INSERT INTO alerts (id, kind, customer_id, meter_id, threshold, subject, period_start, limit_amount, value, details)
  VALUES (uuid_v7(), kind, customer, meter, threshold, subject, period, limit_amount, value, details)
  ON CONFLICT DO NOTHING RETURNING id INTO alert;
  IF alert IS NOT NULL THEN
    PERFORM emit_event('alert.raised', jsonb_strip_nulls(jsonb_build_object(
      'alert_id', public_id('alr', alert), 'customer_id', CASE WHEN customer IS NOT NULL THEN public_id('cus', customer) END)));
  END IF;
  RETURN alert;
END $$;

-- Alerts that no longer hold have recovered; the answer counts those that had not.
CREATE FUNCTION alert_recover(due uuid[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  a record;
  n int := 0;
BEGIN
  FOR a IN
    UPDATE alerts SET recovered_at = clock_timestamp() WHERE recovered_at IS NULL AND id IN (
      SELECT id FROM alerts WHERE id = ANY (due) ORDER BY id FOR UPDATE)
    RETURNING id, customer_id
  LOOP
    n := n + 1;
    PERFORM emit_event('alert.recovered', jsonb_strip_nulls(jsonb_build_object(
      'alert_id', public_id('alr', a.id),
      'customer_id', CASE WHEN a.customer_id IS NOT NULL THEN public_id('cus', a.customer_id) END)));
  END LOOP;
  RETURN n;
END $$;
