-- What customers used on the days that are over, by every dimension: figures of a month read a row
-- for each of its days, and hours of today alone.

CREATE TABLE "usage_daily_parts" (
    "customer_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "key_id" UUID NOT NULL,
    "meter" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "slot" SMALLINT NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "errors" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,
    "tokens_input" BIGINT NOT NULL DEFAULT 0,
    "tokens_output" BIGINT NOT NULL DEFAULT 0,
    "tokens_cached" BIGINT NOT NULL DEFAULT 0,
    "tokens_reasoning" BIGINT NOT NULL DEFAULT 0,
    "quantity" DECIMAL(38,12) NOT NULL DEFAULT 0,
    "cost" DECIMAL(38,12) NOT NULL DEFAULT 0,
    "unpriced" BIGINT NOT NULL DEFAULT 0,
    "duration_ms_total" BIGINT NOT NULL DEFAULT 0,
    "duration_count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_daily_parts_pkey" PRIMARY KEY ("customer_id","day","key_id","meter","provider","model","endpoint","slot")
);
CREATE INDEX usage_daily_parts_late ON usage_daily_parts (customer_id) WHERE slot > 0;

-- The days of a customer before which its hours are summed up; under the nil UUID the latest of all.
CREATE TABLE "usage_summed" (
    "customer_id" UUID NOT NULL,
    "before" DATE NOT NULL,

    CONSTRAINT "usage_summed_pkey" PRIMARY KEY ("customer_id")
);

-- What customers used on these days: rows of days that are summed up, and of the hours of others.
CREATE FUNCTION usage_days(customers uuid[], first_day date, last_day date) RETURNS SETOF usage_daily_parts
LANGUAGE sql STABLE AS $$
  SELECT u.* FROM unnest(customers) c(id)
  LEFT JOIN usage_summed s ON s.customer_id = c.id
  CROSS JOIN LATERAL (
    SELECT p.* FROM usage_daily_parts p
    WHERE p.customer_id = c.id AND p.day >= first_day AND p.day <= last_day AND p.day < s.before
    UNION ALL
    SELECT h.customer_id, (h.hour AT TIME ZONE 'UTC')::date, h.key_id, h.meter, h.provider, h.model, h.endpoint, 0::smallint,
      h.calls, h.errors, h.refused, h.tokens_input, h.tokens_output, h.tokens_cached, h.tokens_reasoning,
      h.quantity, h.cost, h.unpriced, h.duration_ms_total, h.duration_count
    FROM usage_hourly h
    WHERE h.customer_id = c.id AND h.hour >= greatest(first_day, s.before)::timestamp AT TIME ZONE 'UTC'
      AND h.hour < (last_day + 1)::timestamp AT TIME ZONE 'UTC'
  ) u
$$;

-- Whether anything is left of a row that was added to and taken from.
CREATE FUNCTION usage_is_nothing(p usage_daily_parts) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (p.calls, p.errors, p.refused, p.tokens_input, p.tokens_output, p.tokens_cached, p.tokens_reasoning, p.quantity,
        p.cost, p.unpriced, p.duration_ms_total, p.duration_count) = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

-- The sums of such rows.
CREATE FUNCTION usage_daily_parts_sum(parts usage_daily_parts[]) RETURNS SETOF usage_daily_parts LANGUAGE sql STABLE AS $$
  SELECT customer_id, day, key_id, meter, provider, model, endpoint, 0::smallint,
    sum(calls)::bigint, sum(errors)::bigint, sum(refused)::bigint, sum(tokens_input)::bigint, sum(tokens_output)::bigint,
    sum(tokens_cached)::bigint, sum(tokens_reasoning)::bigint, sum(quantity)::decimal(38,12), sum(cost)::decimal(38,12),
    sum(unpriced)::bigint, sum(duration_ms_total)::bigint, sum(duration_count)::bigint
  FROM unnest(parts) GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
$$;

CREATE FUNCTION usage_daily_parts_add(parts usage_daily_parts[], to_slot int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO usage_daily_parts AS d (
    customer_id, day, key_id, meter, provider, model, endpoint, slot, calls, errors, refused, tokens_input, tokens_output,
    tokens_cached, tokens_reasoning, quantity, cost, unpriced, duration_ms_total, duration_count)
  SELECT p.customer_id, p.day, p.key_id, p.meter, p.provider, p.model, p.endpoint, to_slot, p.calls, p.errors, p.refused,
    p.tokens_input, p.tokens_output, p.tokens_cached, p.tokens_reasoning, p.quantity, p.cost, p.unpriced,
    p.duration_ms_total, p.duration_count
  FROM usage_daily_parts_sum(parts) p WHERE NOT usage_is_nothing(p)
  ON CONFLICT (customer_id, day, key_id, meter, provider, model, endpoint, slot) DO UPDATE SET
    calls = d.calls + excluded.calls, errors = d.errors + excluded.errors, refused = d.refused + excluded.refused,
    tokens_input = d.tokens_input + excluded.tokens_input, tokens_output = d.tokens_output + excluded.tokens_output,
    tokens_cached = d.tokens_cached + excluded.tokens_cached,
    tokens_reasoning = d.tokens_reasoning + excluded.tokens_reasoning,
    quantity = d.quantity + excluded.quantity, cost = d.cost + excluded.cost, unpriced = d.unpriced + excluded.unpriced,
    duration_ms_total = d.duration_ms_total + excluded.duration_ms_total,
    duration_count = d.duration_count + excluded.duration_count
$$;

-- An hour as a row of its day; with -1 it is taken away.
CREATE FUNCTION usage_day_of(h usage_hourly, sign int) RETURNS usage_daily_parts LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ROW(h.customer_id, (h.hour AT TIME ZONE 'UTC')::date, h.key_id, h.meter, h.provider, h.model, h.endpoint, 0,
           sign * h.calls, sign * h.errors, sign * h.refused, sign * h.tokens_input, sign * h.tokens_output,
           sign * h.tokens_cached, sign * h.tokens_reasoning, sign * h.quantity, sign * h.cost, sign * h.unpriced,
           sign * h.duration_ms_total, sign * h.duration_count)::usage_daily_parts;

-- As before, and what comes late for a day that is summed up is added to it, in a row of the writer's
-- slot; 0 is that of the sums. Days are summed up while nobody holds a slot: so whoever has one sees
-- which are.
CREATE OR REPLACE FUNCTION usage_hourly_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  everyone constant uuid := '00000000-0000-0000-0000-000000000000';
  parts usage_part[] := '{}';
  late usage_daily_parts[] := '{}';
  to_slot int;
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
  IF parts = '{}' THEN RETURN NULL; END IF;
  to_slot := usage_breakdown_slot();
  PERFORM usage_breakdown_add(parts, to_slot);
  IF (SELECT min(p.hour) FROM unnest(parts) p) < (
    SELECT before::timestamp AT TIME ZONE 'UTC' FROM usage_summed WHERE customer_id = everyone
  ) THEN
    IF TG_OP <> 'DELETE' THEN
      late := ARRAY(SELECT usage_day_of(w, 1) FROM written w JOIN usage_summed s USING (customer_id)
                    WHERE w.hour < s.before::timestamp AT TIME ZONE 'UTC' AND s.customer_id <> everyone);
    END IF;
    IF TG_OP <> 'INSERT' THEN
      late := late || ARRAY(SELECT usage_day_of(r, -1) FROM replaced r JOIN usage_summed s USING (customer_id)
                            WHERE r.hour < s.before::timestamp AT TIME ZONE 'UTC' AND s.customer_id <> everyone);
    END IF;
    IF late <> '{}' THEN PERFORM usage_daily_parts_add(late, to_slot + 1); END IF;
  END IF;
  RETURN NULL;
END $$;

-- Sum up the hours of these customers before a day, at most so many days of each, and merge what came
-- late. The answer counts those that have more. Whoever writes hours waits meanwhile.
CREATE FUNCTION usage_sum_up(customers uuid[], until date, most_days int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  everyone constant uuid := '00000000-0000-0000-0000-000000000000';
  late usage_daily_parts[];
  due uuid[];
  firsts date[];
  stops date[];
  unfinished int;
BEGIN
  IF NOT EXISTS (
    SELECT FROM unnest(customers) c(id) LEFT JOIN usage_summed s ON s.customer_id = c.id
    WHERE EXISTS (SELECT FROM usage_daily u
                  WHERE u.customer_id = c.id AND u.day >= coalesce(s.before, '-infinity') AND u.day < until)
  ) AND NOT EXISTS (SELECT FROM usage_daily_parts WHERE customer_id = ANY (customers) AND slot > 0) THEN
    RETURN 0;
  END IF;
  FOR slot IN 0..15 LOOP PERFORM pg_advisory_xact_lock(hashtext('usage_breakdown'), slot); END LOOP;

  WITH gone AS (DELETE FROM usage_daily_parts p WHERE customer_id = ANY (customers) AND slot > 0 RETURNING p)
  SELECT array_agg(p) INTO late FROM gone;
  IF late IS NOT NULL THEN
    PERFORM usage_daily_parts_add(late, 0);
    DELETE FROM usage_daily_parts p USING unnest(late) l
    WHERE (p.customer_id, p.day, p.key_id, p.meter, p.provider, p.model, p.endpoint)
        = (l.customer_id, l.day, l.key_id, l.meter, l.provider, l.model, l.endpoint) AND usage_is_nothing(p);
  END IF;

  SELECT array_agg(c.id), array_agg(f.day), array_agg(least(until, f.day + most_days)),
    count(*) FILTER (WHERE f.day + most_days < until)
  INTO due, firsts, stops, unfinished
  FROM unnest(customers) c(id) LEFT JOIN usage_summed s ON s.customer_id = c.id
  CROSS JOIN LATERAL (
    SELECT u.day FROM usage_daily u
    WHERE u.customer_id = c.id AND u.day >= coalesce(s.before, '-infinity') AND u.day < until ORDER BY u.day LIMIT 1
  ) f;
  IF due IS NULL THEN RETURN 0; END IF;
  -- Of sums that were thrown away some may have been added to since.
  DELETE FROM usage_daily_parts p USING unnest(due, firsts) d(customer_id, first_day)
  WHERE p.customer_id = d.customer_id AND p.day >= d.first_day;
  INSERT INTO usage_daily_parts (
    customer_id, day, key_id, meter, provider, model, endpoint, slot, calls, errors, refused, tokens_input, tokens_output,
    tokens_cached, tokens_reasoning, quantity, cost, unpriced, duration_ms_total, duration_count)
  SELECT h.customer_id, (h.hour AT TIME ZONE 'UTC')::date, h.key_id, h.meter, h.provider, h.model, h.endpoint, 0,
    sum(h.calls), sum(h.errors), sum(h.refused), sum(h.tokens_input), sum(h.tokens_output), sum(h.tokens_cached),
    sum(h.tokens_reasoning), sum(h.quantity), sum(h.cost), sum(h.unpriced), sum(h.duration_ms_total), sum(h.duration_count)
  FROM unnest(due, firsts, stops) d(customer_id, first_day, stop) JOIN usage_hourly h ON h.customer_id = d.customer_id
    AND h.hour >= d.first_day::timestamp AT TIME ZONE 'UTC' AND h.hour < d.stop::timestamp AT TIME ZONE 'UTC'
  GROUP BY 1, 2, 3, 4, 5, 6, 7;
  INSERT INTO usage_summed AS s (customer_id, before)
  SELECT d.customer_id, d.stop FROM unnest(due, stops) d(customer_id, stop)
  UNION ALL SELECT everyone, until
  ON CONFLICT (customer_id) DO UPDATE SET before = greatest(s.before, excluded.before);
  RETURN unfinished;
END $$;

-- Days of customers are what their hours say. Both commit together, so in any snapshot they differ by
-- what is wrong with the days and by nothing else.
CREATE FUNCTION usage_recount_daily_parts(customers uuid[], first_day date, last_day date)
RETURNS TABLE (customer_id uuid, rows bigint, calls bigint, cost numeric) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  to_slot int;
  drift usage_daily_parts[];
BEGIN
  PERFORM usage_recount_alone();
  to_slot := usage_breakdown_slot();
  drift := ARRAY(
    SELECT p FROM usage_daily_parts_sum(ARRAY(
      SELECT usage_day_of(h, 1) FROM usage_hourly h JOIN usage_summed s ON s.customer_id = h.customer_id
      WHERE h.customer_id = ANY (customers) AND h.hour >= first_day::timestamp AT TIME ZONE 'UTC'
        AND h.hour < least(last_day + 1, s.before)::timestamp AT TIME ZONE 'UTC'
      UNION ALL
      SELECT ROW(p.customer_id, p.day, p.key_id, p.meter, p.provider, p.model, p.endpoint, 0, -p.calls, -p.errors, -p.refused,
        -p.tokens_input, -p.tokens_output, -p.tokens_cached, -p.tokens_reasoning, -p.quantity, -p.cost, -p.unpriced,
        -p.duration_ms_total, -p.duration_count)::usage_daily_parts
      FROM usage_daily_parts p JOIN usage_summed s ON s.customer_id = p.customer_id
      WHERE p.customer_id = ANY (customers) AND p.day >= first_day AND p.day < least(last_day + 1, s.before)
    )) p WHERE NOT usage_is_nothing(p));
  PERFORM usage_daily_parts_add(drift, to_slot + 1);
  RETURN QUERY
    SELECT d.customer_id, count(*), sum(d.calls)::bigint, sum(d.cost) FROM unnest(drift) d GROUP BY d.customer_id;
END $$;

-- Who is gone leaves no row here either; and days that were taken away are summed up again. A slot is
-- taken first, as whoever sums up has all of them before it writes a row.
CREATE FUNCTION usage_daily_parts_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM usage_breakdown_slot();
  DELETE FROM usage_summed WHERE customer_id IN (SELECT customer_id FROM gone)
    AND customer_id <> '00000000-0000-0000-0000-000000000000';
  DELETE FROM usage_daily_parts WHERE customer_id IN (SELECT customer_id FROM gone);
  RETURN NULL;
END $$;
CREATE TRIGGER usage_daily_parts_forget AFTER DELETE ON usage_daily
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION usage_daily_parts_forgotten();
