-- Waits that foresee boosts and expiry, questions that see what is due, and decisions whose rate
-- windows are kept elsewhere.

-- A calendar month before the first billing period ends where that starts.
CREATE OR REPLACE FUNCTION billing_period_end(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN at >= e.period_end THEN e.period_end + (e.period_end - e.period_start)
  WHEN at >= e.period_start THEN e.period_end
  WHEN at >= e.previous_period_start THEN e.period_start
  ELSE least(month_end(at), coalesce(e.previous_period_start, e.period_start)) END;

DROP FUNCTION access_decide(access_request[], boolean, timestamptz, access_hold[]);
DROP FUNCTION access_lock(access_request[], access_hold[], timestamptz);

-- What reservations past their time still hold, by slot.
CREATE FUNCTION reservations_due(requests access_request[], holds access_hold[], at timestamptz)
RETURNS numeric[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  due numeric[] := array_fill(0::numeric, ARRAY[(SELECT max(slot) FROM unnest(holds))]);
  d record;
BEGIN
  FOR d IN
    SELECT s.slot, sum(x.a) AS amount
    FROM reservations v, unnest(v.hold_subjects, v.hold_meters, v.hold_amounts) x(s, m, a),
      (SELECT DISTINCT slot, subject_id, meter_id, period_start FROM unnest(holds)) s
    WHERE v.customer_id IN (SELECT q.customer_id FROM unnest(requests) q) AND v.status = 'held' AND v.expires_at <= at
      AND v.period_start = s.period_start AND x.s = s.subject_id AND x.m = s.meter_id
    GROUP BY s.slot
  LOOP
    due[d.slot] := d.amount;
  END LOOP;
  RETURN due;
END $$;

-- What the boosts of a subject add to its quota of a meter.
CREATE FUNCTION meter_boost(subject uuid, meter uuid, at timestamptz) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(sum(amount), 0) FROM boosts
  WHERE subject_id = subject AND meter_id = meter AND starts_at <= at AND ends_at > at
$$;

-- Milliseconds until reservations that expire by themselves have given back `excess` of a hold's
-- meter; NULL: they never do.
CREATE FUNCTION hold_freed_ms(hold access_hold, customer uuid, excess numeric, at timestamptz)
RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT limit_ms(min(expires_at)) - limit_ms(at) FROM (
    SELECT v.expires_at, sum(x.a) OVER (ORDER BY v.expires_at) AS freed
    FROM reservations v, unnest(v.hold_subjects, v.hold_meters, v.hold_amounts) x(s, m, a)
    WHERE v.customer_id = customer AND v.status = 'held' AND v.expires_at > at
      AND v.period_start = hold.period_start AND x.s = hold.subject_id AND x.m = hold.meter_id
  ) f WHERE freed >= excess AND (hold.amount > 0 OR freed > excess)
$$;

-- A subject's windows with the boosts of another moment.
CREATE FUNCTION limit_tally_boosted(tally limit_tally, subject uuid, at timestamptz, later timestamptz)
RETURNS limit_tally LANGUAGE plpgsql STABLE AS $$
DECLARE
  now_more constant bigint[] := limit_boost(subject, at);
BEGIN
  IF now_more IS NOT NULL THEN tally.limits := limits_plus(tally.limits, ARRAY(SELECT -n FROM unnest(now_more) n)); END IF;
  tally.limits := limits_plus(tally.limits, limit_boost(subject, later));
  RETURN tally;
END $$;

-- Milliseconds until a refused request passes, with the boosts that start or end and the
-- reservations that expire by then; NULL: never. Between two changes of the boosts the limits stand
-- still, and waiting only frees.
CREATE FUNCTION access_retry(
  r access_request, customer limit_counters, c limit_tally, lineage limit_counters, k limit_tally,
  holds access_hold[], used numeric[], at timestamptz, period_left_ms bigint)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  at_ms constant bigint := limit_ms(at);
  moments timestamptz[];
  h access_hold;
  quota numeric;
  wait record;
  wait_ms bigint;
  quota_ms bigint;
BEGIN
  SELECT array_agg(DISTINCT t ORDER BY t) INTO moments
  FROM boosts b, unnest(ARRAY[b.starts_at, b.ends_at]) t
  WHERE b.subject_id IN (r.customer_id, r.key_lineage_id) AND b.ends_at > at AND t > at;
  moments := at || moments;
  FOR i IN 1..cardinality(moments) LOOP
    wait := access_wait(customer, limit_tally_boosted(c, r.customer_id, at, moments[i]),
      lineage, limit_tally_boosted(k, r.lineage_id, at, moments[i]), r.cost, at_ms);
    wait_ms := greatest(wait.wait_ms, limit_ms(moments[i]) - at_ms);
    IF wait.wait_ms IS NULL THEN wait_ms := NULL; END IF;
    FOREACH h IN ARRAY coalesce(holds, '{}') LOOP
      quota := h.quota - meter_boost(h.subject_id, h.meter_id, at) + meter_boost(h.subject_id, h.meter_id, moments[i]);
      CONTINUE WHEN h.allows_overage OR (CASE WHEN h.amount = 0 THEN quota > used[h.slot] ELSE h.amount <= quota - used[h.slot] END);
      quota_ms := CASE WHEN h.amount <= quota AND quota > 0
        THEN least(period_left_ms, hold_freed_ms(h, r.customer_id, used[h.slot] + h.amount - quota, at)) END;
      wait_ms := CASE WHEN quota_ms IS NOT NULL AND wait_ms IS NOT NULL THEN greatest(wait_ms, quota_ms) END;
    END LOOP;
    IF wait_ms < limit_ms(moments[i + 1]) - at_ms IS NOT FALSE AND wait_ms IS NOT NULL THEN RETURN wait_ms; END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- As before; without windows, only the reservations and meters.
CREATE FUNCTION access_lock(
  requests access_request[], holds access_hold[] DEFAULT NULL, at timestamptz DEFAULT clock_timestamp(),
  with_windows boolean DEFAULT true)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  subjects uuid[];
  missing uuid[];
  due uuid[];
BEGIN
  SELECT array_agg(s), array_agg(s) FILTER (WHERE NOT EXISTS (SELECT FROM limit_counters c WHERE c.subject_id = s))
  INTO subjects, missing
  FROM (
    SELECT DISTINCT s FROM unnest(requests) r, unnest(ARRAY[r.customer_id, r.lineage_id]) s
    WHERE s IS NOT NULL AND access_refusal(r, '-infinity') IS NULL
  ) subject;
  IF with_windows AND missing IS NOT NULL THEN
    INSERT INTO limit_counters (subject_id, buckets, used, rings)
    SELECT s, '{0,0,0,0}', '{0,0,0,0,0}', array_fill(0, ARRAY[194]) FROM unnest(missing) s
    ORDER BY s ON CONFLICT DO NOTHING;
  END IF;
  IF with_windows THEN
    PERFORM FROM limit_counters c WHERE c.subject_id = ANY (subjects) ORDER BY c.subject_id FOR UPDATE;
  END IF;

  IF holds IS NULL THEN RETURN; END IF;
  INSERT INTO meter_usage (subject_id, meter_id, period_start)
  SELECT DISTINCT h.subject_id, h.meter_id, h.period_start FROM unnest(holds) h
  WHERE h.amount > 0 AND NOT EXISTS (
    SELECT FROM meter_usage u
    WHERE u.subject_id = h.subject_id AND u.meter_id = h.meter_id AND u.period_start = h.period_start)
  ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
  SELECT array_agg(id) INTO due FROM (
    SELECT id FROM reservations
    WHERE customer_id = ANY (subjects) AND status = 'held' AND expires_at <= at FOR UPDATE SKIP LOCKED
  ) r;
  PERFORM meter_usage_lock(array_agg(s), array_agg(m), array_agg(p)) FROM (
    SELECT h.subject_id, h.meter_id, h.period_start FROM unnest(holds) h WHERE h.amount > 0
    UNION SELECT h.s, h.m, r.period_start
    FROM reservations r, unnest(r.hold_subjects, r.hold_meters) h(s, m) WHERE r.id = ANY (due)
  ) rows(s, m, p);
  IF due IS NOT NULL THEN PERFORM reservations_expire(due, at); END IF;
END $$;

-- Decide the requests as of a moment, subject by subject: each one's row is read once and written
-- once. With `consume`, access_lock must have locked the counters, and the clock must have been
-- read after that, or a call that waited for a lock would be counted in the past. Without windows,
-- somebody else counts those.
CREATE FUNCTION access_decide(
  requests access_request[], consume boolean, decided_at timestamptz, holds access_hold[] DEFAULT NULL,
  with_windows boolean DEFAULT true)
RETURNS SETOF access_decision LANGUAGE plpgsql AS $$
DECLARE
  at_ms constant bigint := limit_ms(decided_at);
  -- A key without limits of its own: unlimited.
  no_limits constant limit_tally := ROW(NULL, NULL, 0, 9000000000000000000, NULL, NULL, NULL, false);
  r record;
  customer limit_counters;
  current_customer uuid;
  c limit_tally;
  lineage limit_counters;
  current_lineage uuid;
  k limit_tally := no_limits;
  wait record;
  wait_cost bigint; -- the cost that `wait` is for; NULL when it is for another state
  period_left_ms bigint;
  answer access_decision;
  changes limit_counters[] := '{}';
  called_keys uuid[] := '{}';
  -- by request: where its holds start and end; by slot: what is used, and what this statement adds
  first_hold int[];
  last_hold int[];
  h access_hold;
  used numeric[];
  taken numeric[];
  held numeric[];
  quota_left numeric;
  quota_wait_ms bigint; -- NULL: never
  over text;
  any_held boolean; -- of any slot
  due numeric[]; -- by slot, what reservations past their time still hold
  c_is_locked boolean := false;
  k_is_locked boolean := false;
  boosts_change boolean; -- NULL: not asked yet
  valid_ms bigint;
BEGIN
  IF holds IS NOT NULL THEN
    FOR i IN 1..cardinality(holds) LOOP
      first_hold[holds[i].ordinal] := coalesce(first_hold[holds[i].ordinal], i);
      last_hold[holds[i].ordinal] := i;
    END LOOP;
    SELECT array_agg(coalesce(u.value + u.taken + u.held, 0) ORDER BY s.slot),
           array_agg(0::numeric), array_agg(0::numeric), bool_or(u.held > 0) IS TRUE
    INTO used, taken, held, any_held
    FROM (SELECT DISTINCT ON (slot) slot, subject_id, meter_id, period_start FROM unnest(holds) ORDER BY slot) s
    LEFT JOIN meter_usage u
      ON u.subject_id = s.subject_id AND u.meter_id = s.meter_id AND u.period_start = s.period_start;
    IF NOT consume THEN
      -- A question that counts nothing locks nothing, so nobody has given these back yet.
      due := reservations_due(requests, holds, decided_at);
      FOR i IN 1..cardinality(used) LOOP used[i] := used[i] - due[i]; END LOOP;
    END IF;
  END IF;

  FOR r IN
    SELECT q.*, q AS request, access_refusal(q, decided_at) AS refusal, cc AS customer_counter, kc AS key_counter
    FROM unnest(requests) q
    LEFT JOIN limit_counters cc ON with_windows AND cc.subject_id = q.customer_id
    LEFT JOIN limit_counters kc ON with_windows AND kc.subject_id = q.lineage_id
    ORDER BY q.customer_id, q.lineage_id, q.ordinal
  LOOP
    answer := NULL;
    answer.ordinal := r.ordinal;
    answer.code := coalesce(r.refusal, 'VALID');
    IF r.customer_id IS NULL THEN
      RETURN NEXT answer;
      CONTINUE;
    END IF;
    answer.customer_id := r.customer_id;
    answer.customer_name := r.customer_name;
    answer.key_id := r.key_id;
    answer.period_end := r.period_end;
    answer.meter_name := r.meter_name;
    -- After a period that ought to have been renewed long ago, no waiting is known to help.
    period_left_ms := nullif(greatest(limit_ms(r.period_end) - at_ms, 0), 0);
    IF r.lineage_id IS DISTINCT FROM current_lineage THEN
      current_lineage := r.lineage_id;
      IF k.added > 0 OR k.stepped_back AND k_is_locked THEN changes := changes || limit_counter_plus(lineage, k.added); END IF;
      lineage := NULL;
      k := no_limits;
      k_is_locked := false;
      IF r.lineage_id IS NOT NULL AND with_windows THEN
        lineage := limit_counter_at(r.lineage_id, r.key_counter, at_ms, r.period);
        k := limit_tally(r.key_counter, lineage, r.key_limits, at_ms, period_left_ms);
      END IF;
      wait_cost := NULL;
    END IF;
    IF r.customer_id IS DISTINCT FROM current_customer THEN
      current_customer := r.customer_id;
      IF c.added > 0 OR c.stepped_back AND c_is_locked THEN changes := changes || limit_counter_plus(customer, c.added); END IF;
      c := no_limits;
      c_is_locked := false;
      IF with_windows THEN
        customer := limit_counter_at(r.customer_id, r.customer_counter, at_ms, r.period);
        c := limit_tally(r.customer_counter, customer, r.customer_limits, at_ms, period_left_ms);
      END IF;
      wait_cost := NULL;
    END IF;
    -- access_lock passed over those that are refused at any time.
    IF r.refusal IS NULL OR access_refusal(r.request, '-infinity') IS NULL THEN
      c_is_locked := true;
      k_is_locked := r.lineage_id IS NOT NULL;
    END IF;

    -- What is left of the meters' quotas, and which one refuses.
    over := NULL;
    quota_wait_ms := 0;
    IF first_hold[r.ordinal] IS NOT NULL THEN
      FOR i IN first_hold[r.ordinal]..last_hold[r.ordinal] LOOP
        h := holds[i];
        quota_left := h.quota - used[h.slot];
        IF NOT h.allows_overage AND (h.amount > quota_left OR h.amount = 0 AND quota_left <= 0) THEN
          over := coalesce(over, CASE WHEN h.meter_id = meter_of_spend() THEN 'SPEND_CAP_REACHED' ELSE 'QUOTA_EXCEEDED' END);
          quota_wait_ms := CASE WHEN h.amount <= h.quota AND h.quota > 0 THEN greatest(quota_wait_ms, period_left_ms) END;
          EXIT WHEN quota_wait_ms IS NULL;
        END IF;
      END LOOP;
    END IF;

    IF r.refusal IS NULL AND r.cost > least(c.room, k.room) THEN
      IF r.cost IS DISTINCT FROM wait_cost THEN
        wait := access_wait(customer, c, lineage, k, r.cost, at_ms);
        wait_cost := r.cost;
      END IF;
      answer.code := 'RATE_LIMITED';
      answer.retry_after_ms := CASE WHEN quota_wait_ms IS NOT NULL AND wait.wait_ms IS NOT NULL
                                    THEN greatest(wait.wait_ms, quota_wait_ms) END;
      answer.refusing_window := (limit_window_names())[wait.last_window];
    ELSIF r.refusal IS NULL AND over IS NOT NULL THEN
      answer.code := over;
      answer.retry_after_ms := quota_wait_ms;
    ELSIF r.refusal IS NULL AND consume THEN
      IF with_windows THEN
        c.added := c.added + r.cost;
        c.room := c.room - r.cost;
      END IF;
      IF k.limits IS NOT NULL THEN
        k.added := k.added + r.cost;
        k.room := k.room - r.cost;
      END IF;
      wait_cost := NULL;
      IF r.key_id IS NOT NULL AND r.key_last_used_at > decided_at - interval '1 minute' IS NOT TRUE THEN
        called_keys := called_keys || r.key_id;
      END IF;
      IF first_hold[r.ordinal] IS NOT NULL THEN
        FOR i IN first_hold[r.ordinal]..last_hold[r.ordinal] LOOP
          h := holds[i];
          used[h.slot] := used[h.slot] + h.amount;
          IF r.reserve_ttl IS NULL THEN taken[h.slot] := taken[h.slot] + h.amount;
          ELSE held[h.slot] := held[h.slot] + h.amount; any_held := any_held OR h.amount > 0; END IF;
        END LOOP;
      END IF;
      IF r.reserve_ttl IS NOT NULL THEN
        answer.reservation_id := uuid_v7();
        answer.reservation_expires_at := decided_at + make_interval(secs => r.reserve_ttl);
        INSERT INTO reservations (id, customer_id, key_id, meter_id, period_start, amount, spend,
                                  hold_subjects, hold_meters, hold_amounts, expires_at, created_at)
        SELECT answer.reservation_id, r.customer_id, r.key_id, r.meter_id, r.period_start,
          coalesce(r.reserve_amount, 0), coalesce(r.reserve_spend, 0),
          coalesce(array_agg(x.subject_id), '{}'), coalesce(array_agg(x.meter_id), '{}'), coalesce(array_agg(x.amount), '{}'),
          answer.reservation_expires_at, decided_at
        FROM unnest(holds[first_hold[r.ordinal] : last_hold[r.ordinal]]) x WHERE x.amount > 0;
      END IF;
    END IF;

    IF answer.code IN ('RATE_LIMITED', 'QUOTA_EXCEEDED', 'SPEND_CAP_REACHED') THEN
      boosts_change := coalesce(boosts_change, EXISTS (
        SELECT FROM boosts b WHERE b.ends_at > decided_at
          AND b.subject_id IN (SELECT s FROM unnest(requests) q, unnest(ARRAY[q.customer_id, q.key_lineage_id]) s)));
      IF boosts_change OR over IS NOT NULL AND any_held THEN
        answer.retry_after_ms := access_retry(r.request, customer, c, lineage, k,
          holds[first_hold[r.ordinal] : last_hold[r.ordinal]], used, decided_at, period_left_ms);
      END IF;
      -- Nothing passes once the key or the customer has expired.
      valid_ms := limit_ms(least(r.key_expires_at, r.customer_expires_at)) - at_ms;
      IF valid_ms <= answer.retry_after_ms THEN answer.retry_after_ms := NULL; END IF;
    END IF;

    IF with_windows THEN answer := access_answer(answer, c, k); END IF;
    IF answer.refusing_window IS NOT NULL THEN answer.limit_source := wait.source; END IF;
    IF first_hold[r.ordinal] IS NOT NULL THEN
      FOR i IN first_hold[r.ordinal]..last_hold[r.ordinal] LOOP
        h := holds[i];
        IF h.is_spend OR h.meter_id = meter_of_spend() THEN
          IF answer.spend_cap IS NULL OR h.quota - used[h.slot] < answer.spend_cap - answer.spend_used THEN
            answer.spend_cap := h.quota;
            answer.spend_used := used[h.slot];
          END IF;
        ELSIF answer.quota_limit IS NULL OR h.quota - used[h.slot] < answer.quota_limit - answer.quota_used THEN
          answer.quota_limit := h.quota;
          answer.quota_used := used[h.slot];
        END IF;
      END LOOP;
    END IF;
    answer.feature_kind := r.feature_kind;
    answer.feature_value := r.feature_value;
    RETURN NEXT answer;
  END LOOP;

  IF NOT consume THEN RETURN; END IF;
  IF k.added > 0 OR k.stepped_back AND k_is_locked THEN changes := changes || limit_counter_plus(lineage, k.added); END IF;
  IF c.added > 0 OR c.stepped_back AND c_is_locked THEN changes := changes || limit_counter_plus(customer, c.added); END IF;
  IF changes <> '{}' THEN
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
  IF holds IS NOT NULL THEN PERFORM meter_usage_take(holds, taken, held, decided_at); END IF;
END $$;

-- As access_check, for windows that are kept elsewhere: it decides all but them, and says by what
-- they are to be decided and, of what it admitted, what was taken (to be given back if they refuse).
CREATE FUNCTION access_check_apart(

  key_hashes bytea[], customer_ids uuid[], costs int[], consume boolean, ips text[] DEFAULT NULL,
  meter_names text[] DEFAULT NULL, features text[] DEFAULT NULL, reserve_amounts numeric[] DEFAULT NULL,
  reserve_spends numeric[] DEFAULT NULL, reserve_ttls int[] DEFAULT NULL, at timestamptz DEFAULT NULL)
RETURNS TABLE (
  decision access_decision, cost bigint, customer_limits bigint[], lineage_id uuid, key_limits bigint[], period int,
  period_left_ms bigint, valid_ms bigint, period_start timestamptz,
  hold_subjects uuid[], hold_meters uuid[], hold_amounts numeric[])
LANGUAGE plpgsql
-- One plan, by the indexes, whatever the sizes of the tables: planning would cost as much again.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_material = off SET join_collapse_limit = 1
AS $$
DECLARE
  asked_at constant timestamptz := coalesce(at, clock_timestamp());
  requests constant access_request[] := access_requests(
    key_hashes, customer_ids, costs, ips, meter_names, features, reserve_amounts, reserve_spends, reserve_ttls, asked_at);
  holds constant access_hold[] := access_holds(requests, asked_at);
  decided_at timestamptz;
BEGIN
  IF consume AND holds IS NOT NULL THEN PERFORM access_lock(requests, holds, asked_at, false); END IF;
  decided_at := coalesce(at, clock_timestamp());
  RETURN QUERY
    SELECT d, r.cost, r.customer_limits, r.lineage_id, r.key_limits, r.period,
      limit_ms(r.period_end) - limit_ms(decided_at),
      limit_ms(least(r.key_expires_at, r.customer_expires_at)) - limit_ms(decided_at), r.period_start, h.s, h.m, h.a
    FROM access_decide(requests, consume, decided_at, holds, false) d
    JOIN unnest(requests) r ON r.ordinal = d.ordinal
    LEFT JOIN LATERAL (
      SELECT array_agg(x.subject_id) AS s, array_agg(x.meter_id) AS m, array_agg(x.amount) AS a
      FROM unnest(holds) x
      WHERE x.ordinal = r.ordinal AND x.amount > 0 AND consume AND d.code = 'VALID' AND r.reserve_ttl IS NULL
    ) h ON holds IS NOT NULL;
END $$;

-- Give back what a call took that was refused after all: each is one position of all the arrays.
CREATE FUNCTION meter_usage_give_back(subjects uuid[], meters uuid[], periods timestamptz[], amounts numeric[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM meter_usage_lock(subjects, meters, periods);
  UPDATE meter_usage u SET taken = greatest(u.taken - g.amount, 0), updated_at = clock_timestamp()
  FROM (SELECT s, m, p, sum(a) AS amount FROM unnest(subjects, meters, periods, amounts) x(s, m, p, a) GROUP BY 1, 2, 3) g
  WHERE u.subject_id = g.s AND u.meter_id = g.m AND u.period_start = g.p;
END $$;
