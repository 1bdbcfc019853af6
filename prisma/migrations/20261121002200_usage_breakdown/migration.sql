-- What everyone used, by provider, model and endpoint: reading it costs the same however many
-- customers there are.

CREATE TABLE "usage_breakdown" (
    "span" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(0) NOT NULL,
    "name" TEXT NOT NULL,
    "slot" SMALLINT NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "errors" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,
    "tokens" BIGINT NOT NULL DEFAULT 0,
    "cost" DECIMAL(38,12) NOT NULL DEFAULT 0,
    "unpriced" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_breakdown_pkey" PRIMARY KEY ("span","dimension","starts_at","name","slot")
);
ALTER TABLE usage_breakdown
  SET (fillfactor = 60),
  ADD CONSTRAINT usage_breakdown_span CHECK (span IN ('hour', 'day')),
  ADD CONSTRAINT usage_breakdown_dimension CHECK (dimension IN ('none', 'provider', 'model', 'endpoint'));

-- A row of usage_hourly as the breakdown has it: with minus before its figures, it is taken away.
CREATE TYPE usage_part AS (
  hour timestamptz, provider text, model text, endpoint text,
  calls numeric, errors numeric, refused numeric, tokens numeric, cost numeric, unpriced numeric
);

CREATE FUNCTION usage_breakdown_add(parts usage_part[], to_slot int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO usage_breakdown AS b (span, dimension, starts_at, name, slot, calls, errors, refused, tokens, cost, unpriced)
  SELECT s.span, d.dimension, date_trunc(s.span, p.hour, 'UTC'), d.name, to_slot,
    sum(p.calls), sum(p.errors), sum(p.refused), sum(p.tokens), sum(p.cost), sum(p.unpriced)
  FROM unnest(parts) p
  CROSS JOIN (VALUES ('hour'), ('day')) s(span)
  CROSS JOIN LATERAL (
    VALUES ('none', ''), ('provider', p.provider), ('model', p.model), ('endpoint', p.endpoint)
  ) d(dimension, name)
  GROUP BY 1, 2, 3, 4
  HAVING (sum(p.calls), sum(p.errors), sum(p.refused), sum(p.tokens), sum(p.cost), sum(p.unpriced)) <> (0, 0, 0, 0, 0, 0)
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (span, dimension, starts_at, name, slot) DO UPDATE SET
    calls = b.calls + excluded.calls, errors = b.errors + excluded.errors, refused = b.refused + excluded.refused,
    tokens = b.tokens + excluded.tokens, cost = b.cost + excluded.cost, unpriced = b.unpriced + excluded.unpriced
$$;

-- Every transaction writes rows of a slot that no other has until it commits, so none waits for
-- another's rows, in whatever order either takes them.
CREATE FUNCTION usage_breakdown_slot() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  own constant int := pg_backend_pid() % 16;
  slot int;
BEGIN
  FOR i IN 0..15 LOOP
    slot := (own + i) % 16;
    IF pg_try_advisory_xact_lock(hashtext('usage_breakdown'), slot) THEN RETURN slot; END IF;
  END LOOP;
  PERFORM pg_advisory_xact_lock(hashtext('usage_breakdown'), own);
  RETURN own;
END $$;

-- Whoever writes usage_hourly (ingestion, recounts, re-rating) writes this too, in its transaction.
CREATE FUNCTION usage_hourly_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parts usage_part[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN
    parts := ARRAY(
      SELECT ROW(hour, provider, model, endpoint, sum(calls), sum(errors), sum(refused), sum(tokens_input + tokens_output),
        sum(cost), sum(unpriced))::usage_part
      FROM written GROUP BY hour, provider, model, endpoint);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    parts := parts || ARRAY(
      SELECT ROW(hour, provider, model, endpoint, -sum(calls), -sum(errors), -sum(refused), -sum(tokens_input + tokens_output),
        -sum(cost), -sum(unpriced))::usage_part
      FROM replaced GROUP BY hour, provider, model, endpoint);
  END IF;
  IF parts <> '{}' THEN PERFORM usage_breakdown_add(parts, usage_breakdown_slot()); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER usage_breakdown_insert AFTER INSERT ON usage_hourly
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION usage_hourly_written();
CREATE TRIGGER usage_breakdown_update AFTER UPDATE ON usage_hourly
  REFERENCING NEW TABLE AS written OLD TABLE AS replaced FOR EACH STATEMENT EXECUTE FUNCTION usage_hourly_written();
CREATE TRIGGER usage_breakdown_delete AFTER DELETE ON usage_hourly
  REFERENCING OLD TABLE AS replaced FOR EACH STATEMENT EXECUTE FUNCTION usage_hourly_written();

-- A customer is gone: so is its usage, but for what everyone's sums hold. That is kept by day and by
-- hour under the nil UUID, so that the sums can be recounted; its keys and endpoints are not.
CREATE OR REPLACE FUNCTION usage_forget(customer uuid) RETURNS void LANGUAGE plpgsql AS $$
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
  INSERT INTO usage_hourly AS h (
    customer_id, hour, key_id, meter, provider, model, endpoint, calls, errors, refused,
    tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, unpriced, duration_ms_total, duration_count)
  SELECT '00000000-0000-0000-0000-000000000000', hour, '00000000-0000-0000-0000-000000000000', meter, provider, model, '',
    sum(calls), sum(errors), sum(refused), sum(tokens_input), sum(tokens_output), sum(tokens_cached), sum(tokens_reasoning),
    sum(quantity), sum(cost), sum(unpriced), sum(duration_ms_total), sum(duration_count)
  FROM usage_hourly WHERE customer_id = customer GROUP BY hour, meter, provider, model ORDER BY hour, meter, provider, model
  ON CONFLICT (customer_id, hour, key_id, meter, provider, model, endpoint) DO UPDATE SET
    calls = h.calls + excluded.calls, errors = h.errors + excluded.errors, refused = h.refused + excluded.refused,
    tokens_input = h.tokens_input + excluded.tokens_input, tokens_output = h.tokens_output + excluded.tokens_output,
    tokens_cached = h.tokens_cached + excluded.tokens_cached,
    tokens_reasoning = h.tokens_reasoning + excluded.tokens_reasoning,
    quantity = h.quantity + excluded.quantity, cost = h.cost + excluded.cost, unpriced = h.unpriced + excluded.unpriced,
    duration_ms_total = h.duration_ms_total + excluded.duration_ms_total,
    duration_count = h.duration_count + excluded.duration_count;
  DELETE FROM usage_hourly WHERE customer_id = customer;
  DELETE FROM usage_events WHERE customer_id = customer;
  DELETE FROM usage_event_ids WHERE customer_id = customer;
  DELETE FROM meter_usage WHERE subject_id = customer;
  DELETE FROM meter_uniques WHERE subject_id = customer;
END $$;

-- Make the breakdown of a day what usage_hourly says. Both commit together, so in any snapshot they
-- differ by what is wrong with the breakdown and by nothing else.
CREATE FUNCTION usage_recount_breakdown(of_day date) RETURNS TABLE (rows bigint, calls bigint, cost numeric)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  starts constant timestamptz := of_day::timestamp AT TIME ZONE 'UTC';
  ends constant timestamptz := (of_day + 1)::timestamp AT TIME ZONE 'UTC';
  to_slot int;
BEGIN
  PERFORM usage_recount_alone();
  to_slot := usage_breakdown_slot();
  RETURN QUERY
    WITH hourly AS (
      SELECT hour, provider, model, endpoint, sum(calls) AS calls, sum(errors) AS errors, sum(refused) AS refused,
        sum(tokens_input + tokens_output) AS tokens, sum(cost) AS cost, sum(unpriced) AS unpriced
      FROM usage_hourly WHERE hour >= starts AND hour < ends GROUP BY 1, 2, 3, 4
    ),
    counted AS (
      SELECT s.span, d.dimension, date_trunc(s.span, h.hour, 'UTC') AS starts_at, d.name, sum(h.calls) AS calls, sum(h.errors) AS errors,
        sum(h.refused) AS refused, sum(h.tokens) AS tokens, sum(h.cost) AS cost, sum(h.unpriced) AS unpriced
      FROM hourly h CROSS JOIN (VALUES ('hour'), ('day')) s(span)
      CROSS JOIN LATERAL (
        VALUES ('none', ''), ('provider', h.provider), ('model', h.model), ('endpoint', h.endpoint)
      ) d(dimension, name)
      GROUP BY 1, 2, 3, 4
    ),
    kept AS (
      SELECT span, dimension, starts_at, name, sum(calls) AS calls, sum(errors) AS errors, sum(refused) AS refused,
        sum(tokens) AS tokens, sum(cost) AS cost, sum(unpriced) AS unpriced
      FROM usage_breakdown WHERE span IN ('hour', 'day') AND dimension IN ('none', 'provider', 'model', 'endpoint')
        AND starts_at >= starts AND starts_at < ends GROUP BY 1, 2, 3, 4
    ),
    drift AS (
      SELECT span, dimension, starts_at, name, coalesce(c.calls, 0) - coalesce(k.calls, 0) AS calls,
        coalesce(c.errors, 0) - coalesce(k.errors, 0) AS errors, coalesce(c.refused, 0) - coalesce(k.refused, 0) AS refused,
        coalesce(c.tokens, 0) - coalesce(k.tokens, 0) AS tokens, coalesce(c.cost, 0) - coalesce(k.cost, 0) AS cost,
        coalesce(c.unpriced, 0) - coalesce(k.unpriced, 0) AS unpriced
      FROM counted c FULL JOIN kept k USING (span, dimension, starts_at, name)
    ),
    mended AS (
      INSERT INTO usage_breakdown AS b (span, dimension, starts_at, name, slot, calls, errors, refused, tokens, cost, unpriced)
      SELECT span, dimension, starts_at, name, to_slot, calls, errors, refused, tokens, cost, unpriced FROM drift
      WHERE (calls, errors, refused, tokens, cost, unpriced) <> (0, 0, 0, 0, 0, 0)
      ON CONFLICT (span, dimension, starts_at, name, slot) DO UPDATE SET
        calls = b.calls + excluded.calls, errors = b.errors + excluded.errors, refused = b.refused + excluded.refused,
        tokens = b.tokens + excluded.tokens, cost = b.cost + excluded.cost, unpriced = b.unpriced + excluded.unpriced
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM mended), sum(d.calls)::bigint, sum(d.cost)
    FROM drift d WHERE d.span = 'day' AND d.dimension = 'none' HAVING (SELECT count(*) FROM mended) > 0;
END $$;

-- One row in place of those of all slots, for the time before a moment; none where nothing is left.
CREATE FUNCTION usage_breakdown_compact(until timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  gone bigint;
BEGIN
  FOR slot IN 0..15 LOOP PERFORM pg_advisory_xact_lock(hashtext('usage_breakdown'), slot); END LOOP;
  WITH spread AS (
    DELETE FROM usage_breakdown WHERE starts_at < until AND slot > 0 RETURNING *
  ),
  kept AS (
    INSERT INTO usage_breakdown AS b (span, dimension, starts_at, name, slot, calls, errors, refused, tokens, cost, unpriced)
    SELECT span, dimension, starts_at, name, 0, sum(calls), sum(errors), sum(refused), sum(tokens), sum(cost), sum(unpriced)
    FROM spread GROUP BY 1, 2, 3, 4
    ON CONFLICT (span, dimension, starts_at, name, slot) DO UPDATE SET
      calls = b.calls + excluded.calls, errors = b.errors + excluded.errors, refused = b.refused + excluded.refused,
      tokens = b.tokens + excluded.tokens, cost = b.cost + excluded.cost, unpriced = b.unpriced + excluded.unpriced
  )
  SELECT count(*) INTO gone FROM spread;
  DELETE FROM usage_breakdown WHERE starts_at < until AND (calls, errors, refused, tokens, cost, unpriced) = (0, 0, 0, 0, 0, 0);
  RETURN gone;
END $$;

SELECT usage_breakdown_add(array_agg(ROW(
  hour, provider, model, endpoint, calls, errors, refused, tokens, cost, unpriced)::usage_part), 0)
FROM (
  SELECT hour, provider, model, endpoint, sum(calls) AS calls, sum(errors) AS errors, sum(refused) AS refused,
    sum(tokens_input + tokens_output) AS tokens, sum(cost) AS cost, sum(unpriced) AS unpriced
  FROM usage_hourly GROUP BY 1, 2, 3, 4
) h;
