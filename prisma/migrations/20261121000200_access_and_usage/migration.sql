-- Rate windows and the access decision; usage events, their dedupe and their rollups.

-- Part 1: rate windows ------------------------------------------------------------------------

-- The nil UUID's policy is the default of every customer that has none of its own.
ALTER TABLE limit_policies
  DROP CONSTRAINT IF EXISTS limit_policies_subject_kind,
  ADD CONSTRAINT limit_policies_subject_kind CHECK (
    subject_kind IN ('customer', 'key', 'default')
    AND (subject_kind = 'default') = (subject_id = '00000000-0000-0000-0000-000000000000'));
INSERT INTO limit_policies
  (subject_id, subject_kind, per_second, per_minute, per_hour, per_day, per_month, updated_at)
VALUES ('00000000-0000-0000-0000-000000000000', 'default', 10, 100, 1000, 10000, 100000, now());

-- Each check rewrites a row: room on its page lets that happen without touching the index.
ALTER TABLE limit_counters SET (fillfactor = 50);

-- The windows are always in the order second, minute, hour, day, month. The first four slide: a
-- window of N sub-buckets has a ring of N + 1, so that the ring reaches back over the whole window
-- from any moment of the newest sub-bucket, and no interval of its length holds more than the limit.
CREATE FUNCTION limit_window_names() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '{second,minute,hour,day,month}'::text[];
-- Milliseconds of a sub-bucket: a tenth of the second, a sixtieth of the others.
CREATE FUNCTION limit_widths() RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '{100,1000,60000,1440000}'::bigint[];
CREATE FUNCTION limit_slots() RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '{11,61,61,61}'::int[];
-- Where each ring begins in limit_counters.rings.
CREATE FUNCTION limit_offsets() RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '{1,12,73,134}'::int[];

-- A calendar month in UTC as one number.
CREATE FUNCTION limit_month(at timestamptz) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN extract(year FROM at AT TIME ZONE 'UTC')::int * 12 + extract(month FROM at AT TIME ZONE 'UTC')::int;
CREATE FUNCTION limit_ms(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN floor(extract(epoch FROM at) * 1000)::bigint;

-- A policy's windows; NULL without a policy.
CREATE FUNCTION limit_windows(policy limit_policies) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN policy.subject_id IS NOT NULL THEN
  ARRAY[policy.per_second, policy.per_minute, policy.per_hour, policy.per_day, policy.per_month]::bigint[] END;

-- The counter as it stands at a moment: sub-buckets that left their window are emptied. `stored`
-- may be NULL (never used). Writes nothing.
CREATE FUNCTION limit_counter_at(subject uuid, stored limit_counters, at_ms bigint, at_month int)
RETURNS limit_counters LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  widths constant bigint[] := limit_widths();
  slots constant int[] := limit_slots();
  offsets constant int[] := limit_offsets();
  buckets bigint[] := coalesce(stored.buckets, '{0,0,0,0}');
  used bigint[] := coalesce(stored.used, '{0,0,0,0,0}');
  rings int[] := coalesce(stored.rings, array_fill(0, ARRAY[194]));
  month int := coalesce(stored.month, at_month);
  other_month int := coalesce(stored.other_month, 0);
  other_month_used bigint := coalesce(stored.other_month_used, 0);
  bucket bigint;
  passed bigint;
  slot int;
BEGIN
  FOR w IN 1..4 LOOP
    bucket := at_ms / widths[w];
    passed := bucket - buckets[w];
    -- A clock that stepped back by less than the window: what comes now counts as the newest.
    CONTINUE WHEN passed <= 0 AND passed > -slots[w];
    IF passed >= slots[w] OR passed < 0 THEN
      rings[offsets[w] : offsets[w] + slots[w] - 1] := array_fill(0, slots[w : w]);
      IF passed < 0 THEN
        -- A clock that stepped back further: what was used counts as used just now, which admits
        -- nothing extra and is over in one window.
        used[w] := least(used[w], 2147483647);
        rings[offsets[w] + bucket % slots[w]] := used[w];
      ELSE
        used[w] := 0;
      END IF;
    ELSE
      FOR i IN 1..passed LOOP
        slot := offsets[w] + (buckets[w] + i) % slots[w];
        used[w] := used[w] - rings[slot];
        rings[slot] := 0;
      END LOOP;
    END IF;
    buckets[w] := bucket;
  END LOOP;

  -- Months are kept by their number, so that a clock that steps over the border and back finds both
  -- as they were. An older month that is not known starts with what the newer one has.
  IF at_month <> month THEN
    used[5] := CASE WHEN at_month = other_month THEN other_month_used WHEN at_month > month THEN 0 ELSE used[5] END;
    other_month := month;
    other_month_used := stored.used[5];
    month := at_month;
  END IF;
  RETURN ROW(subject, buckets, used, rings, month, other_month, other_month_used)::limit_counters;
END $$;

-- The counter with `amount` more in the newest sub-buckets. A sub-bucket stops at the greatest int:
-- no sliding window has a greater limit, so a decision never depends on what is above it.
CREATE FUNCTION limit_counter_plus(counter limit_counters, amount bigint)
RETURNS limit_counters LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  slots constant int[] := limit_slots();
  offsets constant int[] := limit_offsets();
  used bigint[] := counter.used;
  rings int[] := counter.rings;
  slot int;
  counted bigint;
BEGIN
  FOR w IN 1..4 LOOP
    slot := offsets[w] + counter.buckets[w] % slots[w];
    counted := least(amount, 2147483647 - rings[slot]);
    rings[slot] := rings[slot] + counted;
    used[w] := used[w] + counted;
  END LOOP;
  used[5] := used[5] + amount;
  RETURN ROW(counter.subject_id, counter.buckets, used, rings,
             counter.month, counter.other_month, counter.other_month_used)::limit_counters;
END $$;

-- Milliseconds until `excess` of what a sliding window holds has left it. What the ring does not
-- hold yet was called just now, so it leaves with the newest sub-bucket.
CREATE FUNCTION limit_wait_ms(counter limit_counters, w int, excess bigint, at_ms bigint)
RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  slots constant int := (limit_slots())[w];
  first constant int := (limit_offsets())[w];
  rings constant int[] := counter.rings;
  newest constant bigint := counter.buckets[w];
  bucket bigint := newest - slots;
  freed bigint := 0;
BEGIN
  WHILE freed < excess AND bucket < newest LOOP
    bucket := bucket + 1;
    freed := freed + rings[first + bucket % slots];
  END LOOP;
  RETURN (bucket + slots) * (limit_widths())[w] - at_ms;
END $$;

-- What subjects used of each window by now. A subject that never used any has zeros.
CREATE FUNCTION access_usage(subjects uuid[])
RETURNS TABLE (subject_id uuid, used bigint[]) LANGUAGE plpgsql AS $$
DECLARE
  at constant timestamptz := clock_timestamp();
BEGIN
  RETURN QUERY
    SELECT s, (limit_counter_at(s, c, limit_ms(at), limit_month(at))).used
    FROM unnest(subjects) s LEFT JOIN limit_counters c ON c.subject_id = s;
END $$;

-- Part 2: the access decision -----------------------------------------------------------------
-- access_check = find who asks (access_requests), lock their counters (access_lock), read the
-- clock, decide (access_decide). A further condition is an attribute of access_request, filled by
-- access_requests, and a line in access_refusal.

-- One question, with what it is decided by. The limits are those of the customer, and of the key's
-- lineage where that has a policy of its own; the lineage is NULL otherwise.
CREATE TYPE access_request AS (
  ordinal int,
  cost bigint,
  key_id uuid,
  key_disabled boolean,
  key_expires_at timestamptz,
  key_last_used_at timestamptz,
  key_is_the_customers boolean,
  customer_id uuid,
  customer_name text,
  customer_status text,
  customer_expires_at timestamptz,
  customer_limits bigint[],
  lineage_id uuid,
  key_limits bigint[]
);

-- A subject's windows while a statement decides.
CREATE TYPE limit_tally AS (
  limits bigint[],
  used bigint[], -- before the statement
  added bigint, -- by the statement
  room bigint, -- what is left in the tightest window; huge when all are unlimited
  tightest int, -- that window; NULL when all are unlimited
  reset_ms bigint, -- until what is added now has left the tightest window
  month_left_ms bigint,
  stepped_back boolean
);

CREATE TYPE access_decision AS (
  ordinal int,
  code text,
  customer_id uuid,
  customer_name text,
  key_id uuid,
  -- by window: of the subject, customer or key, that has less left in it
  limits bigint[],
  used bigint[],
  tightest_window text,
  limit_source text, -- customer or key: whose window is the tightest, or refused
  reset_ms bigint, -- when the tightest window will be wholly free, if nothing more is called
  refusing_window text,
  retry_after_ms bigint -- NULL also when no waiting helps
);

-- A revoked key is gone: nobody's. A key and a customer given together must belong together.
CREATE FUNCTION access_requests(key_hashes bytea[], customer_ids uuid[], costs int[])
RETURNS access_request[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF 1 > ANY (costs) OR 1000000 < ANY (costs) OR array_position(costs, NULL) > 0 THEN
    RAISE EXCEPTION 'a cost is a whole number from 1 to 1000000' USING ERRCODE = 'numeric_value_out_of_range';
  END IF;
  RETURN (
    SELECT array_agg(ROW(
      i.ordinal, i.cost, k.id, k.disabled_at IS NOT NULL, k.expires_at, k.last_used_at,
      coalesce(i.customer_id = k.customer_id, true),
      c.id, coalesce(nullif(c.company_name, ''), c.full_name), c.status, c.expires_at,
      coalesce(limit_windows(cp), (
        SELECT limit_windows(d) FROM limit_policies d
        WHERE d.subject_id = '00000000-0000-0000-0000-000000000000'), '{0,0,0,0,0}'),
      kp.subject_id, limit_windows(kp))::access_request)
    FROM unnest(key_hashes, customer_ids, costs) WITH ORDINALITY i(key_hash, customer_id, cost, ordinal)
    LEFT JOIN api_keys k ON k.hash = i.key_hash AND k.revoked_at IS NULL
    LEFT JOIN customers c ON c.id = CASE WHEN i.key_hash IS NULL THEN i.customer_id ELSE k.customer_id END
    LEFT JOIN limit_policies cp ON cp.subject_id = c.id
    LEFT JOIN limit_policies kp ON kp.subject_id = k.lineage_id
  );
END $$;

-- Why a request is refused whatever was used; NULL when it is not.
CREATE FUNCTION access_refusal(request access_request, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN request.customer_id IS NULL THEN 'NOT_FOUND'
  WHEN request.key_disabled THEN 'DISABLED'
  WHEN request.key_expires_at <= at THEN 'EXPIRED'
  WHEN NOT request.key_is_the_customers THEN 'FORBIDDEN'
  WHEN request.customer_status <> 'active' THEN 'CUSTOMER_SUSPENDED'
  WHEN request.customer_expires_at <= at THEN 'CUSTOMER_EXPIRED'
END;

-- Lock the counters that the requests may change, making those that are missing. All statements
-- make first and lock then, each in the order of the ids: so no two can wait for each other.
CREATE FUNCTION access_lock(requests access_request[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  subjects uuid[];
  missing uuid[];
BEGIN
  SELECT array_agg(s), array_agg(s) FILTER (WHERE NOT EXISTS (SELECT FROM limit_counters c WHERE c.subject_id = s))
  INTO subjects, missing
  FROM (
    SELECT DISTINCT s FROM unnest(requests) r, unnest(ARRAY[r.customer_id, r.lineage_id]) s
    WHERE s IS NOT NULL AND access_refusal(r, '-infinity') IS NULL
  ) subject;
  IF missing IS NOT NULL THEN
    INSERT INTO limit_counters (subject_id, buckets, used, rings)
    SELECT s, '{0,0,0,0}', '{0,0,0,0,0}', array_fill(0, ARRAY[194]) FROM unnest(missing) s
    ORDER BY s ON CONFLICT DO NOTHING;
  END IF;
  PERFORM FROM limit_counters c WHERE c.subject_id = ANY (subjects) ORDER BY c.subject_id FOR UPDATE;
END $$;

-- A subject's windows at the start of a statement: `counter` is `stored` as it stands now.
CREATE FUNCTION limit_tally(
  stored limit_counters, counter limit_counters, limits bigint[], at_ms bigint, month_left_ms bigint)
RETURNS limit_tally LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  used constant bigint[] := counter.used;
  room constant bigint := least(limits[1] - used[1], limits[2] - used[2], limits[3] - used[3],
                                limits[4] - used[4], limits[5] - used[5]);
  tightest constant int := CASE room
    WHEN limits[5] - used[5] THEN 5 WHEN limits[4] - used[4] THEN 4 WHEN limits[3] - used[3] THEN 3
    WHEN limits[2] - used[2] THEN 2 WHEN limits[1] - used[1] THEN 1 END;
BEGIN
  RETURN ROW(
    limits, used, 0, coalesce(room, 9000000000000000000), tightest,
    CASE WHEN tightest = 5 THEN month_left_ms
      ELSE (counter.buckets[tightest] + (limit_slots())[tightest]) * (limit_widths())[tightest] - at_ms END,
    month_left_ms, counter.buckets[1] < stored.buckets[1])::limit_tally;
END $$;

-- How long until a refused cost fits all windows of a subject, and which window is the last. NULL
-- milliseconds: never, since the cost is above a limit.
CREATE FUNCTION limit_tally_wait(
  counter limit_counters, tally limit_tally, cost bigint, at_ms bigint, OUT wait_ms bigint, OUT last_window int)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  excess bigint;
  ms bigint;
BEGIN
  wait_ms := 0;
  FOR w IN 1..5 LOOP
    excess := tally.used[w] + tally.added + cost - tally.limits[w];
    CONTINUE WHEN excess IS NULL OR excess <= 0;
    ms := CASE WHEN cost > tally.limits[w] THEN NULL WHEN w = 5 THEN tally.month_left_ms
      ELSE limit_wait_ms(counter, w, excess, at_ms) END;
    IF ms > wait_ms IS NOT FALSE THEN
      wait_ms := ms;
      last_window := w;
    END IF;
    EXIT WHEN ms IS NULL;
  END LOOP;
END $$;

-- The wait that makes a refused cost fit the windows of the customer and of the key, and the window
-- that it is for.
CREATE FUNCTION access_wait(
  customer limit_counters, c limit_tally, lineage limit_counters, k limit_tally, cost bigint, at_ms bigint,
  OUT wait_ms bigint, OUT last_window int, OUT source text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  key_wait record;
BEGIN
  SELECT w.wait_ms, w.last_window, 'customer' INTO wait_ms, last_window, source
  FROM limit_tally_wait(customer, c, cost, at_ms) w;
  SELECT * INTO key_wait FROM limit_tally_wait(lineage, k, cost, at_ms);
  IF key_wait.last_window IS NOT NULL AND key_wait.wait_ms >= wait_ms IS NOT FALSE AND wait_ms IS NOT NULL THEN
    wait_ms := key_wait.wait_ms;
    last_window := key_wait.last_window;
    source := 'key';
  END IF;
END $$;

-- The limits and the use to show: by window, of the subject with less left, the key where both
-- have the same. And the tightest window of all.
CREATE FUNCTION access_answer(answer access_decision, c limit_tally, k limit_tally)
RETURNS access_decision LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  by_key constant boolean := k.tightest IS NOT NULL AND k.room <= c.room;
  tally constant limit_tally := CASE WHEN by_key THEN k ELSE c END;
  limits bigint[] := c.limits;
  used bigint[] := ARRAY[c.used[1] + c.added, c.used[2] + c.added, c.used[3] + c.added,
                         c.used[4] + c.added, c.used[5] + c.added];
BEGIN
  IF k.limits IS NOT NULL THEN
    FOR w IN 1..5 LOOP
      IF k.limits[w] - k.used[w] - k.added <= coalesce(limits[w] - used[w], 9000000000000000000) THEN
        limits[w] := k.limits[w];
        used[w] := k.used[w] + k.added;
      END IF;
    END LOOP;
  END IF;
  answer.limits := limits;
  answer.used := used;
  answer.tightest_window := (limit_window_names())[tally.tightest];
  answer.limit_source := CASE WHEN by_key THEN 'key' ELSE 'customer' END;
  answer.reset_ms := CASE WHEN tally.used[tally.tightest] + tally.added = 0 THEN 0 ELSE tally.reset_ms END;
  RETURN answer;
END $$;

-- Decide the requests as of a moment, subject by subject: each one's row is read once and written
-- once. With `consume`, access_lock must have locked the counters, and the clock must have been
-- read after that, or a call that waited for a lock would be counted in the past.
CREATE FUNCTION access_decide(requests access_request[], consume boolean, decided_at timestamptz)
RETURNS SETOF access_decision LANGUAGE plpgsql AS $$
DECLARE
  at_ms constant bigint := limit_ms(decided_at);
  at_month constant int := limit_month(decided_at);
  month_left_ms constant bigint :=
    limit_ms((date_trunc('month', decided_at AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC') - at_ms;
  -- A key without limits of its own: unlimited.
  no_limits constant limit_tally := ROW(NULL, NULL, 0, 9000000000000000000, NULL, NULL, NULL, false);
  r record;
  customer limit_counters;
  c limit_tally;
  lineage limit_counters;
  k limit_tally := no_limits;
  wait record;
  wait_cost bigint; -- the cost that `wait` is for; NULL when it is for another state
  answer access_decision;
  changes limit_counters[] := '{}';
  called_keys uuid[] := '{}';
BEGIN
  FOR r IN
    SELECT q.*, access_refusal(q, decided_at) AS refusal, cc AS customer_counter, kc AS key_counter
    FROM unnest(requests) q
    LEFT JOIN limit_counters cc ON cc.subject_id = q.customer_id
    LEFT JOIN limit_counters kc ON kc.subject_id = q.lineage_id
    ORDER BY q.customer_id, q.lineage_id, q.ordinal
  LOOP
    answer := ROW(r.ordinal, coalesce(r.refusal, 'VALID'), r.customer_id, r.customer_name, r.key_id,
                  NULL, NULL, NULL, NULL, NULL, NULL, NULL)::access_decision;
    IF r.customer_id IS NULL THEN
      RETURN NEXT answer;
      CONTINUE;
    END IF;
    IF r.lineage_id IS DISTINCT FROM lineage.subject_id THEN
      IF k.added > 0 OR k.stepped_back THEN changes := changes || limit_counter_plus(lineage, k.added); END IF;
      lineage := NULL;
      k := no_limits;
      IF r.lineage_id IS NOT NULL THEN
        lineage := limit_counter_at(r.lineage_id, r.key_counter, at_ms, at_month);
        k := limit_tally(r.key_counter, lineage, r.key_limits, at_ms, month_left_ms);
      END IF;
      wait_cost := NULL;
    END IF;
    IF r.customer_id IS DISTINCT FROM customer.subject_id THEN
      IF c.added > 0 OR c.stepped_back THEN changes := changes || limit_counter_plus(customer, c.added); END IF;
      customer := limit_counter_at(r.customer_id, r.customer_counter, at_ms, at_month);
      c := limit_tally(r.customer_counter, customer, r.customer_limits, at_ms, month_left_ms);
      wait_cost := NULL;
    END IF;

    IF r.refusal IS NULL AND r.cost > least(c.room, k.room) THEN
      IF r.cost IS DISTINCT FROM wait_cost THEN
        wait := access_wait(customer, c, lineage, k, r.cost, at_ms);
        wait_cost := r.cost;
      END IF;
      answer.code := 'RATE_LIMITED';
      answer.retry_after_ms := wait.wait_ms;
      answer.refusing_window := (limit_window_names())[wait.last_window];
    ELSIF r.refusal IS NULL AND consume THEN
      c.added := c.added + r.cost;
      c.room := c.room - r.cost;
      IF k.limits IS NOT NULL THEN
        k.added := k.added + r.cost;
        k.room := k.room - r.cost;
      END IF;
      wait_cost := NULL;
      IF r.key_id IS NOT NULL AND r.key_last_used_at > decided_at - interval '1 minute' IS NOT TRUE THEN
        called_keys := called_keys || r.key_id;
      END IF;
    END IF;
    answer := access_answer(answer, c, k);
    IF answer.refusing_window IS NOT NULL THEN answer.limit_source := wait.source; END IF;
    RETURN NEXT answer;
  END LOOP;

  IF k.added > 0 OR k.stepped_back THEN changes := changes || limit_counter_plus(lineage, k.added); END IF;
  IF c.added > 0 OR c.stepped_back THEN changes := changes || limit_counter_plus(customer, c.added); END IF;
  IF consume AND changes <> '{}' THEN
    UPDATE limit_counters l
    SET buckets = n.buckets, used = n.used, rings = n.rings,
        month = n.month, other_month = n.other_month, other_month_used = n.other_month_used
    FROM unnest(changes) n WHERE l.subject_id = n.subject_id;
  END IF;
  IF called_keys <> '{}' THEN
    -- To the minute, and never waiting for someone who edits the key.
    UPDATE api_keys SET last_used_at = decided_at
    WHERE id IN (SELECT id FROM api_keys WHERE id = ANY (called_keys) ORDER BY id FOR UPDATE SKIP LOCKED);
  END IF;
END $$;

-- Decide many requests at once: `key_hashes[i]` or `customer_ids[i]` asks for `costs[i]`. With
-- `consume`, an admitted request uses its cost of all windows, and a refused one nothing.
CREATE FUNCTION access_check(key_hashes bytea[], customer_ids uuid[], costs int[], consume boolean)
RETURNS SETOF access_decision LANGUAGE plpgsql
-- One plan, by the indexes, whatever the sizes of the tables: planning would cost as much again.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_material = off SET join_collapse_limit = 1
AS $$
DECLARE
  requests constant access_request[] := access_requests(key_hashes, customer_ids, costs);
BEGIN
  IF consume THEN PERFORM access_lock(requests); END IF;
  RETURN QUERY SELECT * FROM access_decide(requests, consume, clock_timestamp());
END $$;

-- Part 3: durations ---------------------------------------------------------------------------
-- A sketch counts durations in buckets: the first for 0 ms, then each reaching a tenth further
-- than the one before (DDSketch with gamma 1.1). A quantile is within 5 % of the true value.

CREATE FUNCTION sketch_bucket(duration_ms int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN duration_ms > 0 THEN 2 + ceil(ln(duration_ms::float8) / ln(1.1::float8))::int
            WHEN duration_ms <= 0 THEN 1 END;

-- The sketch of some buckets, in any order.
CREATE FUNCTION sketch_of(buckets int[]) RETURNS int[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  sketch int[] := '{}';
  bucket int;
BEGIN
  FOREACH bucket IN ARRAY coalesce(buckets, '{}') LOOP
    IF bucket > cardinality(sketch) THEN
      sketch := sketch || array_fill(0, ARRAY[bucket - cardinality(sketch)]);
    END IF;
    sketch[bucket] := sketch[bucket] + 1;
  END LOOP;
  RETURN sketch;
END $$;

CREATE FUNCTION sketch_merge(a int[], b int[]) RETURNS int[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  merged int[] := coalesce(a, '{}');
  other int[] := coalesce(b, '{}');
BEGIN
  IF cardinality(other) > cardinality(merged) THEN
    merged := b;
    other := coalesce(a, '{}');
  END IF;
  FOR i IN 1..cardinality(other) LOOP
    IF other[i] > 0 THEN
      merged[i] := merged[i] + other[i];
    END IF;
  END LOOP;
  RETURN merged;
END $$;

CREATE AGGREGATE sketch_sum(int[]) (SFUNC = sketch_merge, STYPE = int[], INITCOND = '{}', PARALLEL = SAFE);

-- The duration in ms that a share `q` (0 to 1) of the counted ones do not exceed; NULL for none.
CREATE FUNCTION sketch_quantile(sketch int[], q float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH buckets AS (
    SELECT i, sum(n) OVER (ORDER BY i) AS up_to, sum(n) OVER () AS total
    FROM unnest(sketch) WITH ORDINALITY u(n, i)
  )
  SELECT CASE WHEN i = 1 THEN 0 ELSE 2 * 1.1::float8 ^ (i - 2) / 2.1 END
  FROM buckets WHERE total > 0 AND up_to >= greatest(1, ceil(q * total::float8))
  ORDER BY i LIMIT 1
$$;

-- Part 4: usage -------------------------------------------------------------------------------

ALTER TABLE usage_hourly
  SET (fillfactor = 70),
  ADD CONSTRAINT usage_hourly_counts CHECK (
    least(calls, errors, refused, tokens_input, tokens_output, tokens_cached, tokens_reasoning,
          duration_ms_total, duration_count) >= 0 AND least(quantity, cost) >= 0 AND errors <= calls);
ALTER TABLE usage_daily
  SET (fillfactor = 70),
  ADD CONSTRAINT usage_daily_counts CHECK (
    least(calls, errors, refused, tokens, duration_ms_total, duration_count) >= 0 AND cost >= 0 AND errors <= calls);
ALTER TABLE usage_totals
  SET (fillfactor = 50),
  ADD CONSTRAINT usage_totals_counts CHECK (
    least(calls, errors, refused, tokens, duration_ms_total, duration_count) >= 0 AND cost >= 0 AND errors <= calls);

-- The proof that an event counts once, kept forever.
CREATE TABLE usage_event_ids (
  customer_id uuid NOT NULL,
  id text COLLATE "C" NOT NULL CHECK (id <> '' AND length(id) <= 200),
  fingerprint bytea NOT NULL,
  PRIMARY KEY (customer_id, id)
) PARTITION BY HASH (customer_id);
DO $$ BEGIN
  FOR i IN 0..15 LOOP
    EXECUTE format('CREATE TABLE usage_event_ids_%s PARTITION OF usage_event_ids
      FOR VALUES WITH (MODULUS 16, REMAINDER %s)', i, i);
  END LOOP;
END $$;

-- Events as they came, for a list and for a recount; read by customer, newest first. The bounds on
-- texts keep a rollup's key under the size that an index takes.
CREATE TABLE usage_events (
  id text COLLATE "C" NOT NULL,
  customer_id uuid NOT NULL,
  key_id uuid,
  occurred_at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL,
  meter text NOT NULL CHECK (meter <> '' AND length(meter) <= 64),
  provider text CHECK (length(provider) <= 64),
  model text CHECK (length(model) <= 128),
  endpoint text CHECK (length(endpoint) <= 256),
  method text CHECK (length(method) <= 16),
  status_code int CHECK (status_code BETWEEN 100 AND 599),
  duration_ms int CHECK (duration_ms >= 0),
  tokens_input bigint NOT NULL,
  tokens_output bigint NOT NULL,
  tokens_cached bigint NOT NULL,
  tokens_reasoning bigint NOT NULL,
  quantity numeric(38, 12) NOT NULL CHECK (quantity BETWEEN 0 AND 1e15),
  cost numeric(38, 12) CHECK (cost BETWEEN 0 AND 1e12), -- NULL: nobody has priced it
  code text CHECK (code <> '' AND length(code) <= 64), -- why the call was refused; NULL for a call that was made
  properties jsonb NOT NULL,
  CONSTRAINT usage_events_tokens CHECK (
    least(tokens_input, tokens_output, tokens_cached, tokens_reasoning) >= 0
    AND greatest(tokens_input, tokens_output, tokens_cached, tokens_reasoning) <= 1000000000000)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX usage_events_by_customer ON usage_events (customer_id, occurred_at DESC, id DESC);

-- Make the partitions of the months from the one of `first_day` to the one of `last_day`. May be
-- called at any time, by many: writers of other months do not wait for it.
CREATE FUNCTION usage_ensure_partitions(first_day date, last_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month timestamp;
  partition_name text;
BEGIN
  IF last_day - first_day > 3700 THEN
    RAISE EXCEPTION 'usage from % to % spans more than ten years', first_day, last_day
      USING ERRCODE = 'datetime_field_overflow';
  END IF;
  FOR month IN
    SELECT generate_series(date_trunc('month', first_day::timestamp), last_day::timestamp, '1 month')
  LOOP
    partition_name := to_char(month, '"usage_events_"YYYY_MM');
    CONTINUE WHEN to_regclass(partition_name) IS NOT NULL;
    -- One at a time; a lock on the table, unlike an advisory one, shows what another has just made.
    LOCK TABLE usage_events IN SHARE UPDATE EXCLUSIVE MODE;
    CONTINUE WHEN to_regclass(partition_name) IS NOT NULL;
    EXECUTE format('CREATE TABLE %I (LIKE usage_events INCLUDING ALL)', partition_name);
    EXECUTE format('ALTER TABLE usage_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition_name,
      to_char(month, 'YYYY-MM-01 00:00:00+00'), to_char(month + interval '1 month', 'YYYY-MM-01 00:00:00+00'));
  END LOOP;
END $$;
SELECT usage_ensure_partitions((now() - interval '2 months')::date, (now() + interval '2 months')::date);

-- Which events, by position, are the first of their id ever: their ids are taken from now on. In
-- the order of the ids, so that concurrent batches which share some do not deadlock.
CREATE FUNCTION usage_claim_ids(customer_ids uuid[], event_ids text[], fingerprints bytea[])
RETURNS boolean[] LANGUAGE plpgsql AS $$
DECLARE
  claimed_customer_ids uuid[];
  claimed_ids text[];
BEGIN
  WITH claimed AS (
    INSERT INTO usage_event_ids (customer_id, id, fingerprint)
    SELECT i.customer_id, i.id, i.fingerprint
    FROM unnest(customer_ids, event_ids, fingerprints) WITH ORDINALITY i(customer_id, id, fingerprint, ordinal)
    ORDER BY i.customer_id, i.id COLLATE "C", i.ordinal
    ON CONFLICT DO NOTHING RETURNING customer_id, id
  )
  SELECT array_agg(customer_id), array_agg(id) INTO claimed_customer_ids, claimed_ids FROM claimed;
  IF cardinality(claimed_ids) = cardinality(event_ids) THEN
    RETURN array_fill(true, ARRAY[cardinality(event_ids)]);
  END IF;
  RETURN (
    SELECT array_agg(is_claimed AND is_first ORDER BY ordinal) FROM (
      SELECT ordinal, bool_or(ordinal IS NULL) OVER same_id AS is_claimed, row_number() OVER same_id = 1 AS is_first
      FROM (
        SELECT customer_id, id COLLATE "C" AS id, ordinal
        FROM unnest(customer_ids, event_ids) WITH ORDINALITY i(customer_id, id, ordinal)
        UNION ALL SELECT customer_id, id, NULL FROM unnest(claimed_customer_ids, claimed_ids) c(customer_id, id)
      ) ids
      WINDOW same_id AS (
        PARTITION BY customer_id, id ORDER BY ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    ) positions WHERE ordinal IS NOT NULL);
END $$;

-- Take events in: each is one position of all the arrays. NULL stands for what an event does not
-- say, except in customer_ids, event_ids, fingerprints, occurred_ats and meters. Answers by position:
-- accepted, duplicate (the same id and fingerprint were taken before, or earlier in these arrays),
-- or conflict (the id was taken with another fingerprint). Events, rollups and answer commit together.
-- An event with a code is a refused call: it counts as that and nothing else.
CREATE FUNCTION usage_ingest(
  customer_ids uuid[], event_ids text[], fingerprints bytea[], key_ids uuid[], occurred_ats timestamptz[],
  meters text[], providers text[], models text[], endpoints text[], methods text[], status_codes int[],
  durations_ms int[], tokens_inputs bigint[], tokens_outputs bigint[], tokens_cacheds bigint[],
  tokens_reasonings bigint[], quantities numeric[], costs numeric[], codes text[], properties_list jsonb[]
) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  fresh boolean[];
  all_fresh boolean;
BEGIN
  PERFORM usage_ensure_partitions((min(o) AT TIME ZONE 'UTC')::date, (max(o) AT TIME ZONE 'UTC')::date)
  FROM unnest(occurred_ats) o;
  fresh := usage_claim_ids(customer_ids, event_ids, fingerprints);
  all_fresh := true = ALL (fresh);

  WITH new AS MATERIALIZED (
    SELECT e.*, (e.occurred_at AT TIME ZONE 'UTC')::date AS day, e.code IS NULL AS made
    FROM unnest(
      customer_ids, event_ids, key_ids, occurred_ats, meters, providers, models, endpoints, methods, status_codes,
      durations_ms, tokens_inputs, tokens_outputs, tokens_cacheds, tokens_reasonings, quantities, costs, codes,
      properties_list
    ) WITH ORDINALITY e(
      customer_id, id, key_id, occurred_at, meter, provider, model, endpoint, method, status_code,
      duration_ms, tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, code,
      properties, ordinal)
    WHERE all_fresh OR fresh[e.ordinal]
  ),
  days AS MATERIALIZED (
    SELECT
      customer_id, day, count(*) FILTER (WHERE made) AS calls,
      count(*) FILTER (WHERE made AND status_code >= 400) AS errors, count(*) FILTER (WHERE NOT made) AS refused,
      coalesce(sum(coalesce(tokens_input, 0) + coalesce(tokens_output, 0)) FILTER (WHERE made), 0) AS tokens,
      coalesce(sum(cost) FILTER (WHERE made), 0) AS cost,
      coalesce(sum(duration_ms) FILTER (WHERE made), 0) AS duration_ms_total,
      count(duration_ms) FILTER (WHERE made) AS duration_count,
      sketch_of(array_agg(sketch_bucket(duration_ms)) FILTER (WHERE made AND duration_ms IS NOT NULL)) AS duration_sketch
    FROM new GROUP BY customer_id, day
  ),
  totals AS (
    -- A backend writes its own slot, so that writers seldom wait for each other's commit.
    INSERT INTO usage_totals AS t (
      day, slot, calls, errors, refused, tokens, cost, duration_ms_total, duration_count, duration_sketch)
    SELECT
      day, pg_backend_pid() % 16, sum(calls), sum(errors), sum(refused), sum(tokens), sum(cost),
      sum(duration_ms_total), sum(duration_count),
      sketch_of((SELECT array_agg(sketch_bucket(n.duration_ms)) FROM new n
                 WHERE n.day = days.day AND n.made AND n.duration_ms IS NOT NULL))
    FROM days GROUP BY day ORDER BY day
    ON CONFLICT (day, slot) DO UPDATE SET
      calls = t.calls + excluded.calls, errors = t.errors + excluded.errors, refused = t.refused + excluded.refused,
      tokens = t.tokens + excluded.tokens, cost = t.cost + excluded.cost,
      duration_ms_total = t.duration_ms_total + excluded.duration_ms_total,
      duration_count = t.duration_count + excluded.duration_count,
      duration_sketch = sketch_merge(t.duration_sketch, excluded.duration_sketch)
  ),
  daily AS (
    INSERT INTO usage_daily AS d (
      customer_id, day, calls, errors, refused, tokens, cost, duration_ms_total, duration_count, duration_sketch)
    SELECT * FROM days ORDER BY customer_id, day
    ON CONFLICT (customer_id, day) DO UPDATE SET
      calls = d.calls + excluded.calls, errors = d.errors + excluded.errors, refused = d.refused + excluded.refused,
      tokens = d.tokens + excluded.tokens, cost = d.cost + excluded.cost,
      duration_ms_total = d.duration_ms_total + excluded.duration_ms_total,
      duration_count = d.duration_count + excluded.duration_count,
      duration_sketch = sketch_merge(d.duration_sketch, excluded.duration_sketch)
  ),
  hourly AS (
    INSERT INTO usage_hourly AS h (
      customer_id, hour, key_id, meter, provider, model, endpoint, calls, errors, refused,
      tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, duration_ms_total, duration_count)
    SELECT
      customer_id, date_trunc('hour', occurred_at, 'UTC'), coalesce(key_id, '00000000-0000-0000-0000-000000000000'),
      meter, coalesce(provider, ''), coalesce(model, ''), coalesce(endpoint, ''),
      count(*) FILTER (WHERE made), count(*) FILTER (WHERE made AND status_code >= 400), count(*) FILTER (WHERE NOT made),
      coalesce(sum(tokens_input) FILTER (WHERE made), 0), coalesce(sum(tokens_output) FILTER (WHERE made), 0),
      coalesce(sum(tokens_cached) FILTER (WHERE made), 0), coalesce(sum(tokens_reasoning) FILTER (WHERE made), 0),
      coalesce(sum(coalesce(quantity, 1)) FILTER (WHERE made), 0), coalesce(sum(cost) FILTER (WHERE made), 0),
      coalesce(sum(duration_ms) FILTER (WHERE made), 0), count(duration_ms) FILTER (WHERE made)
    FROM new GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (customer_id, hour, key_id, meter, provider, model, endpoint) DO UPDATE SET
      calls = h.calls + excluded.calls, errors = h.errors + excluded.errors, refused = h.refused + excluded.refused,
      tokens_input = h.tokens_input + excluded.tokens_input, tokens_output = h.tokens_output + excluded.tokens_output,
      tokens_cached = h.tokens_cached + excluded.tokens_cached,
      tokens_reasoning = h.tokens_reasoning + excluded.tokens_reasoning,
      quantity = h.quantity + excluded.quantity, cost = h.cost + excluded.cost,
      duration_ms_total = h.duration_ms_total + excluded.duration_ms_total,
      duration_count = h.duration_count + excluded.duration_count
  )
  -- The last statement runs first, and the others after it from the last one up: so the rows that
  -- concurrent batches may wait for are locked late.
  INSERT INTO usage_events (
    id, customer_id, key_id, occurred_at, received_at, meter, provider, model, endpoint, method, status_code,
    duration_ms, tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, cost, code, properties)
  SELECT
    id, customer_id, key_id, occurred_at, clock_timestamp(), meter, provider, model, endpoint, method, status_code,
    duration_ms, coalesce(tokens_input, 0), coalesce(tokens_output, 0), coalesce(tokens_cached, 0),
    coalesce(tokens_reasoning, 0), coalesce(quantity, 1), cost, code, coalesce(properties, '{}')
  FROM new;

  IF all_fresh THEN RETURN array_fill('accepted'::text, ARRAY[cardinality(event_ids)]); END IF;
  -- A statement of its own, so that it sees what a concurrent call has just committed.
  RETURN (
    SELECT array_agg(
      CASE WHEN fresh[i.ordinal] THEN 'accepted' WHEN e.fingerprint = i.fingerprint THEN 'duplicate' ELSE 'conflict' END
      ORDER BY i.ordinal)
    FROM unnest(customer_ids, event_ids, fingerprints) WITH ORDINALITY i(customer_id, id, fingerprint, ordinal),
      LATERAL (SELECT (
        SELECT u.fingerprint FROM usage_event_ids u WHERE u.customer_id = i.customer_id AND u.id = i.id
      ) AS fingerprint) e);
END $$;
