-- Quotas, spend caps, features, boosts and reservations in the one access decision.

-- Part 1: guards and seed rows ------------------------------------------------------------------

ALTER TABLE limit_policies
  DROP CONSTRAINT limit_policies_subject_kind,
  ADD CONSTRAINT limit_policies_subject_kind CHECK (
    subject_kind IN ('customer', 'key', 'plan', 'default')
    AND (subject_kind = 'default') = (subject_id = '00000000-0000-0000-0000-000000000000'));
ALTER TABLE meters
  ADD CONSTRAINT meters_name CHECK (name ~ '^[a-z][a-z0-9_.-]{0,63}$'),
  ADD CONSTRAINT meters_aggregation CHECK (aggregation IN ('count', 'sum', 'max', 'unique', 'latest')),
  ADD CONSTRAINT meters_field CHECK (
    CASE aggregation
      WHEN 'count' THEN field IS NULL
      WHEN 'unique' THEN field IS NOT NULL AND field IN ('endpoint', 'model', 'key', 'property')
      ELSE field IS NOT NULL AND field IN ('quantity', 'tokens', 'tokens_input', 'tokens_output', 'tokens_cached',
                                           'tokens_reasoning', 'cost', 'duration_ms', 'property')
    END AND (field IS NOT DISTINCT FROM 'property') = (property IS NOT NULL));
ALTER TABLE quotas
  ADD CONSTRAINT quotas_subject_kind CHECK (
    subject_kind IN ('customer', 'key', 'plan', 'default')
    AND (subject_kind = 'default') = (subject_id = '00000000-0000-0000-0000-000000000000')),
  ADD CONSTRAINT quotas_amount CHECK (amount >= 0);
ALTER TABLE feature_grants
  ADD CONSTRAINT feature_grants_subject_kind CHECK (
    subject_kind IN ('customer', 'key', 'plan', 'default')
    AND (subject_kind = 'default') = (subject_id = '00000000-0000-0000-0000-000000000000')),
  ADD CONSTRAINT feature_grants_feature CHECK (feature ~ '^[a-z][a-z0-9_.-]{0,63}$'),
  ADD CONSTRAINT feature_grants_kind CHECK (
    CASE kind WHEN 'boolean' THEN jsonb_typeof(value) = 'boolean' WHEN 'static' THEN value IS NOT NULL
              WHEN 'metered' THEN meter_id IS NOT NULL ELSE false END);
ALTER TABLE boosts
  ADD CONSTRAINT boosts_subject_kind CHECK (subject_kind IN ('customer', 'key')),
  ADD CONSTRAINT boosts_time CHECK (ends_at >= starts_at),
  ADD CONSTRAINT boosts_amounts CHECK (
    least(amount, per_second, per_minute, per_hour, per_day, per_month) >= 0
    AND (meter_id IS NULL) = (amount IS NULL)
    AND (meter_id IS NULL) = (num_nonnulls(per_second, per_minute, per_hour, per_day, per_month) > 0));
ALTER TABLE customer_entitlements
  ADD CONSTRAINT customer_entitlements_period CHECK (
    period_end > period_start AND (previous_period_start < period_start) IS NOT FALSE);
ALTER TABLE meter_usage
  SET (fillfactor = 50),
  ADD CONSTRAINT meter_usage_amounts CHECK (least(value, taken, held, alert_above) >= 0);
ALTER TABLE reservations
  ADD CONSTRAINT reservations_status CHECK (status IN ('held', 'settled', 'released', 'expired')),
  ADD CONSTRAINT reservations_amounts CHECK (least(amount, spend, settled_amount, settled_spend) >= 0),
  ADD CONSTRAINT reservations_closed CHECK ((status = 'held') = (closed_at IS NULL));
CREATE INDEX reservations_held ON reservations (customer_id, expires_at) WHERE status = 'held';
ALTER TABLE alerts
  ADD CONSTRAINT alerts_kind CHECK (kind IN ('threshold', 'projection', 'unpriced', 'expiring')),
  ADD CONSTRAINT alerts_threshold CHECK (threshold >= 0);
-- Once, until it has recovered.
CREATE UNIQUE INDEX alerts_once ON alerts (kind, customer_id, meter_id, threshold, subject)
  NULLS NOT DISTINCT WHERE recovered_at IS NULL;

-- Spend is a meter like others, in USD; a spend cap is its quota. access_check knows it by its id.
INSERT INTO meters (id, name, title, unit, aggregation, field, event_meter, is_system, updated_at) VALUES
  ('00000000-0000-7000-8000-000000000001', 'calls', 'Calls', 'call', 'count', NULL, 'calls', true, now()),
  ('00000000-0000-7000-8000-000000000002', 'tokens', 'Tokens', 'token', 'sum', 'tokens', NULL, true, now()),
  ('00000000-0000-7000-8000-000000000003', 'spend', 'Spend', 'USD', 'sum', 'cost', NULL, true, now());
CREATE FUNCTION meter_of_spend() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '00000000-0000-7000-8000-000000000003'::uuid;

-- Part 2: ids, events, periods and quotas --------------------------------------------------------

-- A UUID of version 7 (RFC 9562), for what SQL inserts; PostgreSQL has one of its own from 18 on.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
RETURN encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
  PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
  52, 1), 53, 1), 'hex')::uuid;

-- The public form of an id: a TypeID, 26 digits of Crockford's base 32.
CREATE FUNCTION public_id(prefix text, id uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT prefix || '_' || string_agg(
    substr('0123456789abcdefghjkmnpqrstvwxyz', substring(bits FROM 5 * i + 1 FOR 5)::bit(5)::int + 1, 1), '' ORDER BY i)
  FROM (SELECT B'00' || ('x' || replace(id::text, '-', ''))::bit(128) AS bits) b, generate_series(0, 25) i
$$;

-- An event for the listeners of other modules, as platform/outbox.ts emits them.
CREATE FUNCTION emit_event(name text, payload jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  event_id constant uuid := uuid_v7();
BEGIN
  INSERT INTO outbox (id, name, payload) VALUES (event_id, emit_event.name, emit_event.payload);
  PERFORM graphile_worker.add_job('deliver_event', json_build_object('id', event_id));
END $$;

CREATE FUNCTION month_start(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_trunc('month', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
CREATE FUNCTION month_end(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (date_trunc('month', at AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';

-- Where the billing period that holds a moment starts: the subscription's, or a calendar month.
-- What comes after the period's end counts in the next one, before a renewal has written it down.
CREATE FUNCTION billing_period_start(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN at >= e.period_end THEN e.period_end
  WHEN at >= e.period_start THEN e.period_start
  WHEN at >= e.previous_period_start THEN e.previous_period_start
  ELSE month_start(at) END;
-- A calendar month before the first billing period ends where that starts.
CREATE FUNCTION billing_period_end(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN at >= e.period_end THEN e.period_end + (e.period_end - e.period_start)
  WHEN at >= e.period_start THEN e.period_end
  WHEN at >= e.previous_period_start THEN e.period_start
  ELSE least(month_end(at), coalesce(e.previous_period_start, e.period_start)) END;
-- The period as limit_counters counts it: a calendar month by its number, another period by the
-- minute of its start, which is greater than any month's number.
CREATE FUNCTION limit_period(e customer_entitlements, at timestamptz)
RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN e.period_start IS NULL OR at < coalesce(e.previous_period_start, e.period_start) THEN limit_month(at)
  ELSE (extract(epoch FROM billing_period_start(e, at)) / 60)::int END;

-- Whose quota counts for a customer, in this order.
CREATE FUNCTION quota_subjects(customer_id uuid, plan_id uuid) RETURNS uuid[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY[customer_id, plan_id, '00000000-0000-0000-0000-000000000000'::uuid];

-- The quota of the first of the subjects that has one, with the boosts of the first subject on
-- top. No row: none of them has one. A NULL amount: as much as wanted.
CREATE FUNCTION meter_quota(subjects uuid[], meter uuid, at timestamptz)
RETURNS TABLE (amount numeric, allows_overage boolean, subject_kind text) LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
  SELECT q.amount + coalesce((
      SELECT sum(b.amount) FROM boosts b
      WHERE b.subject_id = subjects[1] AND b.meter_id = meter AND b.starts_at <= at AND b.ends_at > at), 0),
    q.allows_overage, q.subject_kind
  FROM quotas q WHERE q.meter_id = meter AND q.subject_id = ANY (subjects)
  ORDER BY array_position(subjects, q.subject_id) LIMIT 1
$$;

-- Part 3: alerts at thresholds --------------------------------------------------------------------

-- Raise the alerts that a customer's use of a meter has reached, each once, and note what must be
-- reached for the next. The caller holds the row's lock, so one alert comes of many concurrent events.
CREATE FUNCTION alert_thresholds(subject uuid, meter uuid, period timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  u meter_usage;
  e customer_entitlements;
  quota numeric;
  reached numeric;
  next_above numeric := 'Infinity';
  threshold int;
  alert uuid;
BEGIN
  SELECT * INTO u FROM meter_usage m WHERE m.subject_id = subject AND m.meter_id = meter AND m.period_start = period;
  SELECT * INTO e FROM customer_entitlements ce WHERE ce.customer_id = subject;
  -- A key's own quota stops its calls; only customers are alerted.
  IF EXISTS (SELECT FROM customers c WHERE c.id = subject) THEN
    SELECT amount INTO quota FROM meter_quota(quota_subjects(subject, e.plan_id), meter, clock_timestamp());
  END IF;
  reached := u.value + u.taken;
  IF quota > 0 THEN
    FOR threshold IN SELECT unnest('{80,90,100}'::int[]) LOOP
      IF reached * 100 < quota * threshold THEN
        next_above := least(next_above, quota * threshold / 100);
        CONTINUE;
      END IF;
      alert := NULL;
      INSERT INTO alerts (id, customer_id, kind, meter_id, threshold, subject, period_start, limit_amount, value)
      VALUES (uuid_v7(), subject, 'threshold', meter, threshold, period::text, period, quota, reached)
      ON CONFLICT DO NOTHING RETURNING id INTO alert;
      IF alert IS NOT NULL THEN
        PERFORM emit_event('alert.raised', jsonb_build_object(
          'alert_id', public_id('alr', alert), 'customer_id', public_id('cus', subject)));
      END IF;
    END LOOP;
  END IF;
  UPDATE meter_usage m SET alert_above = next_above
  WHERE m.subject_id = subject AND m.meter_id = meter AND m.period_start = period;
END $$;

-- A customer's quota has changed: alerts that no longer hold have recovered and may come again,
-- those that hold now are raised. NULL is any meter.
CREATE FUNCTION alert_rearm(customer uuid, only_meter uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  e customer_entitlements;
  u record;
  a record;
BEGIN
  SELECT * INTO e FROM customer_entitlements ce WHERE ce.customer_id = customer;
  FOR u IN
    SELECT m.meter_id, m.period_start, m.value + m.taken AS reached, q.amount AS quota
    FROM meter_usage m
    LEFT JOIN LATERAL meter_quota(quota_subjects(customer, e.plan_id), m.meter_id, clock_timestamp()) q ON true
    WHERE m.subject_id = customer AND m.period_start = billing_period_start(e, clock_timestamp())
      AND (only_meter IS NULL OR m.meter_id = only_meter)
    ORDER BY m.meter_id, m.period_start FOR UPDATE OF m
  LOOP
    FOR a IN
      UPDATE alerts SET recovered_at = clock_timestamp()
      WHERE customer_id = customer AND kind = 'threshold' AND meter_id = u.meter_id AND subject = u.period_start::text
        AND recovered_at IS NULL AND (u.quota IS NULL OR u.reached * 100 < u.quota * threshold)
      RETURNING id
    LOOP
      PERFORM emit_event('alert.recovered', jsonb_build_object(
        'alert_id', public_id('alr', a.id), 'customer_id', public_id('cus', customer)));
    END LOOP;
    PERFORM alert_thresholds(customer, u.meter_id, u.period_start);
  END LOOP;
END $$;

-- Part 4: the access decision ----------------------------------------------------------------------
-- access_check = find who asks (access_requests) and what that would use (access_holds), lock their
-- counters (access_lock), read the clock, decide (access_decide). A further condition is an
-- attribute of access_request, filled by access_requests, and a line in access_refusal.

DROP FUNCTION access_check(bytea[], uuid[], int[], boolean);
DROP FUNCTION access_decide(access_request[], boolean, timestamptz);
DROP FUNCTION access_lock(access_request[]);
DROP FUNCTION access_refusal(access_request, timestamptz);
DROP FUNCTION access_requests(bytea[], uuid[], int[]);
DROP FUNCTION access_answer(access_decision, limit_tally, limit_tally);
DROP FUNCTION access_usage(uuid[]);
DROP TYPE access_request;
DROP TYPE access_decision;

-- One question, with what it is decided by. The limits are those of the customer, and of the key's
-- lineage where that has a policy of its own; the lineage is NULL otherwise.
CREATE TYPE access_request AS (
  ordinal int,
  cost bigint, -- of the windows, which count calls: 1 when the amount is of a meter that counts something else
  amount numeric, -- of the meter
  key_id uuid,
  key_disabled boolean,
  key_expires_at timestamptz,
  key_last_used_at timestamptz,
  key_forbidden boolean, -- it is another customer's, or the call comes from an address it may not come from
  customer_id uuid,
  customer_name text,
  customer_status text,
  customer_expires_at timestamptz,
  customer_limits bigint[],
  lineage_id uuid,
  key_limits bigint[],
  key_lineage_id uuid, -- also where that has no policy
  plan_id uuid,
  in_force boolean,
  period_start timestamptz,
  period_end timestamptz,
  period int,
  meter_missing boolean,
  meter_id uuid,
  meter_name text,
  meter_is_gauge boolean, -- it has a level that calls do not add to: max, latest, unique
  feature_missing boolean,
  feature_kind text,
  feature_value jsonb,
  reserve_amount numeric, -- NULL: nothing is reserved
  reserve_spend numeric,
  reserve_ttl int
);

-- What a request uses of a meter, and how much of it there may be. An amount of 0 uses nothing and
-- needs something to be left.
CREATE TYPE access_hold AS (
  ordinal int, -- the request
  slot int, -- the same for the same subject, meter and period
  subject_id uuid,
  meter_id uuid,
  period_start timestamptz,
  amount numeric,
  quota numeric, -- NULL: as much as wanted
  allows_overage boolean,
  is_spend boolean
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
  retry_after_ms bigint, -- NULL also when no waiting helps
  period_end timestamptz,
  -- of the named meter, or that of the feature: of the subject that has less left; NULL without a quota
  meter_name text,
  quota_limit numeric,
  quota_used numeric,
  -- of spend; NULL without a cap
  spend_cap numeric,
  spend_used numeric,
  feature_kind text,
  feature_value jsonb,
  reservation_id uuid,
  reservation_expires_at timestamptz
);

-- What subjects used of each window by now. A subject that never used any has zeros.
CREATE FUNCTION access_usage(subjects uuid[])
RETURNS TABLE (subject_id uuid, used bigint[]) LANGUAGE plpgsql AS $$
DECLARE
  at constant timestamptz := clock_timestamp();
BEGIN
  RETURN QUERY
    SELECT s, (limit_counter_at(s, c, limit_ms(at), limit_period(e, at))).used
    FROM unnest(subjects) s
    LEFT JOIN limit_counters c ON c.subject_id = s
    LEFT JOIN customer_entitlements e ON e.customer_id = s;
END $$;

-- Limits with what boosts add; an unlimited window stays so.
CREATE FUNCTION limits_plus(limits bigint[], boost bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN boost IS NULL THEN limits ELSE ARRAY[
  limits[1] + boost[1], limits[2] + boost[2], limits[3] + boost[3], limits[4] + boost[4], limits[5] + boost[5]] END;

-- What the boosts of a subject add to its windows; NULL without any.
CREATE FUNCTION limit_boost(subject uuid, at timestamptz) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ARRAY[coalesce(sum(per_second), 0), coalesce(sum(per_minute), 0), coalesce(sum(per_hour), 0),
               coalesce(sum(per_day), 0), coalesce(sum(per_month), 0)]::bigint[]
  FROM boosts WHERE subject_id = subject AND meter_id IS NULL AND starts_at <= at AND ends_at > at
  HAVING count(*) > 0
$$;

-- A revoked key is gone: nobody's. A key and a customer given together must belong together.
CREATE FUNCTION access_requests(
  key_hashes bytea[], customer_ids uuid[], costs int[], ips text[] DEFAULT NULL, meter_names text[] DEFAULT NULL,
  features text[] DEFAULT NULL, reserve_amounts numeric[] DEFAULT NULL, reserve_spends numeric[] DEFAULT NULL,
  reserve_ttls int[] DEFAULT NULL, at timestamptz DEFAULT clock_timestamp())
RETURNS access_request[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  -- Of all who have no period of their own.
  this_month constant timestamptz := month_start(at);
  next_month constant timestamptz := month_end(at);
  month_number constant int := limit_month(at);
  default_limits constant bigint[] := coalesce((
    SELECT limit_windows(d) FROM limit_policies d
    WHERE d.subject_id = '00000000-0000-0000-0000-000000000000'), '{0,0,0,0,0}');
BEGIN
  IF 1 > ANY (costs) OR 1000000 < ANY (costs) OR array_position(costs, NULL) > 0 THEN
    RAISE EXCEPTION 'a cost is a whole number from 1 to 1000000' USING ERRCODE = 'numeric_value_out_of_range';
  END IF;
  RETURN (
    SELECT array_agg(ROW(
      i.ordinal, CASE WHEN m.aggregation <> 'count' THEN 1 ELSE i.cost END, i.cost, k.id, k.disabled_at IS NOT NULL, k.expires_at, k.last_used_at,
      i.customer_id <> k.customer_id OR (k.allowed_ips <> '{}' AND (i.ip::inet <<= ANY (k.allowed_ips::cidr[])) IS NOT TRUE),
      c.id, coalesce(nullif(c.company_name, ''), c.full_name), c.status, c.expires_at,
      CASE WHEN cb.added IS NULL THEN cw.limits ELSE ARRAY[
        cw.limits[1] + coalesce(cb.added[1], 0), cw.limits[2] + coalesce(cb.added[2], 0), cw.limits[3] + coalesce(cb.added[3], 0),
        cw.limits[4] + coalesce(cb.added[4], 0), cw.limits[5] + coalesce(cb.added[5], 0)] END,
      kp.subject_id,
      CASE WHEN kb.added IS NULL THEN kw.limits ELSE ARRAY[
        kw.limits[1] + coalesce(kb.added[1], 0), kw.limits[2] + coalesce(kb.added[2], 0), kw.limits[3] + coalesce(kb.added[3], 0),
        kw.limits[4] + coalesce(kb.added[4], 0), kw.limits[5] + coalesce(kb.added[5], 0)] END,
      k.lineage_id, e.plan_id, coalesce(e.is_in_force, true),
      CASE WHEN e.customer_id IS NULL THEN this_month ELSE billing_period_start(e, at) END,
      CASE WHEN e.customer_id IS NULL THEN next_month ELSE billing_period_end(e, at) END,
      CASE WHEN e.customer_id IS NULL THEN month_number ELSE limit_period(e, at) END,
      i.meter IS NOT NULL AND mm.id IS NULL, m.id, m.name, m.aggregation NOT IN ('count', 'sum'),
      i.feature IS NOT NULL AND (f.kind IS NULL OR f.value = 'false'), f.kind, f.value,
      i.reserve_amount, i.reserve_spend, i.reserve_ttl)::access_request)
    FROM unnest(key_hashes, customer_ids, costs, ips, meter_names, features, reserve_amounts, reserve_spends, reserve_ttls)
      WITH ORDINALITY i(key_hash, customer_id, cost, ip, meter, feature, reserve_amount, reserve_spend, reserve_ttl, ordinal)
    LEFT JOIN api_keys k ON k.hash = i.key_hash AND k.revoked_at IS NULL
    LEFT JOIN customers c ON c.id = CASE WHEN i.key_hash IS NULL THEN i.customer_id ELSE k.customer_id END
    LEFT JOIN customer_entitlements e ON e.customer_id = c.id
    LEFT JOIN limit_policies cp ON cp.subject_id = c.id
    LEFT JOIN limit_policies pp ON pp.subject_id = e.plan_id
    LEFT JOIN limit_policies kp ON kp.subject_id = k.lineage_id
    CROSS JOIN LATERAL (SELECT coalesce(limit_windows(cp), limit_windows(pp), default_limits)) cw(limits)
    CROSS JOIN LATERAL (SELECT limit_windows(kp)) kw(limits)
    LEFT JOIN LATERAL (
      SELECT ARRAY[sum(per_second), sum(per_minute), sum(per_hour), sum(per_day), sum(per_month)]::bigint[] AS added
      FROM boosts WHERE subject_id = c.id AND meter_id IS NULL AND starts_at <= at AND ends_at > at HAVING count(*) > 0
    ) cb ON true
    LEFT JOIN LATERAL (
      SELECT ARRAY[sum(per_second), sum(per_minute), sum(per_hour), sum(per_day), sum(per_month)]::bigint[] AS added
      FROM boosts WHERE subject_id = kp.subject_id AND meter_id IS NULL AND starts_at <= at AND ends_at > at HAVING count(*) > 0
    ) kb ON kp.subject_id IS NOT NULL
    LEFT JOIN meters mm ON mm.name = i.meter AND mm.archived_at IS NULL
    LEFT JOIN LATERAL (
      SELECT g.kind, g.value, g.meter_id FROM feature_grants g
      WHERE g.feature = i.feature AND g.subject_id = ANY (k.lineage_id || quota_subjects(c.id, e.plan_id))
      ORDER BY array_position(k.lineage_id || quota_subjects(c.id, e.plan_id), g.subject_id) LIMIT 1
    ) f ON i.feature IS NOT NULL
    LEFT JOIN meters m ON m.id = coalesce(mm.id, f.meter_id)
  );
END $$;

-- What the requests would use of meters that have a quota, in the order of the requests, quotas
-- before spend caps. NULL when nothing has one.
CREATE FUNCTION access_holds(requests access_request[], at timestamptz)
RETURNS access_hold[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  keys_have_quotas constant boolean := EXISTS (SELECT FROM quotas WHERE subject_kind = 'key');
BEGIN
  IF NOT EXISTS (SELECT FROM unnest(requests) r WHERE r.meter_id IS NOT NULL OR r.reserve_ttl IS NOT NULL)
     AND NOT EXISTS (SELECT FROM quotas WHERE meter_id = meter_of_spend()) THEN
    RETURN NULL;
  END IF;
  RETURN (
    SELECT array_agg(ROW(ordinal, slot, subject_id, meter_id, period_start, amount, quota, allows_overage, is_spend)::access_hold
                     ORDER BY ordinal, is_spend, slot)
    FROM (
      SELECT r.ordinal, dense_rank() OVER (ORDER BY s.subject_id, m.meter_id, r.period_start)::int AS slot,
        s.subject_id, m.meter_id, r.period_start, m.amount, q.amount AS quota, q.allows_overage, m.is_spend
      FROM unnest(requests) r
      CROSS JOIN LATERAL (
        SELECT r.meter_id, CASE WHEN r.reserve_ttl IS NOT NULL THEN coalesce(r.reserve_amount, 0) WHEN r.meter_is_gauge THEN 0 ELSE r.amount END, false
        WHERE r.meter_id IS NOT NULL
        UNION ALL SELECT meter_of_spend(), coalesce(r.reserve_spend, 0), true
        WHERE r.meter_id IS DISTINCT FROM meter_of_spend()
      ) m(meter_id, amount, is_spend)
      CROSS JOIN LATERAL (
        SELECT r.customer_id, quota_subjects(r.customer_id, r.plan_id)
        UNION ALL SELECT r.key_lineage_id, ARRAY[r.key_lineage_id] WHERE keys_have_quotas AND r.key_lineage_id IS NOT NULL
      ) s(subject_id, subjects)
      CROSS JOIN LATERAL meter_quota(s.subjects, m.meter_id, at) q
      WHERE r.customer_id IS NOT NULL AND q.amount IS NOT NULL
    ) h);
END $$;

-- Why a request is refused whatever was used; NULL when it is not.
CREATE FUNCTION access_refusal(request access_request, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN request.meter_missing THEN 'METER_NOT_FOUND'
  WHEN request.customer_id IS NULL THEN 'NOT_FOUND'
  WHEN request.key_disabled THEN 'DISABLED'
  WHEN request.key_expires_at <= at THEN 'EXPIRED'
  WHEN request.key_forbidden THEN 'FORBIDDEN'
  WHEN request.customer_status <> 'active' THEN 'CUSTOMER_SUSPENDED'
  WHEN request.customer_expires_at <= at THEN 'CUSTOMER_EXPIRED'
  WHEN NOT request.in_force THEN 'SUBSCRIPTION_INACTIVE'
  WHEN request.feature_missing THEN 'FEATURE_NOT_GRANTED'
END;

-- Give back what these reservations hold. The caller holds the locks of them and of meter_usage.
CREATE FUNCTION reservations_expire(due uuid[], at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH expired AS (
    UPDATE reservations SET status = 'expired', closed_at = at WHERE id = ANY (due) RETURNING *
  ),
  freed AS (
    SELECT h.subject_id, h.meter_id, e.period_start, sum(h.amount) AS amount
    FROM expired e, unnest(e.hold_subjects, e.hold_meters, e.hold_amounts) h(subject_id, meter_id, amount)
    GROUP BY 1, 2, 3
  )
  UPDATE meter_usage u SET held = u.held - f.amount, updated_at = at FROM freed f
  WHERE u.subject_id = f.subject_id AND u.meter_id = f.meter_id AND u.period_start = f.period_start;
END $$;

-- Lock rows of meter_usage in the order of their keys, as every statement does that locks more
-- than one, so that no two can wait for each other.
CREATE FUNCTION meter_usage_lock(subjects uuid[], meters uuid[], periods timestamptz[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM (SELECT DISTINCT * FROM unnest(subjects, meters, periods) w(s, m, p)) w
  JOIN meter_usage u ON u.subject_id = w.s AND u.meter_id = w.m AND u.period_start = w.p
  ORDER BY u.subject_id, u.meter_id, u.period_start FOR UPDATE OF u;
END $$;

-- Lock the counters that the requests may change, making those that are missing: the windows, then
-- reservations past their time (whose holds are given back), then meters; each in the order of the
-- ids, made first and locked then. Without
-- windows, only the reservations and meters.
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

-- Write what a statement has taken and holds, by slot, and raise the alerts that follow.
CREATE FUNCTION meter_usage_take(holds access_hold[], taken numeric[], held numeric[], at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  u record;
BEGIN
  FOR u IN
    UPDATE meter_usage m SET taken = m.taken + s.taken, held = m.held + s.held, updated_at = at
    FROM (
      SELECT DISTINCT ON (slot) subject_id, meter_id, period_start,
        meter_usage_take.taken[slot] AS taken, meter_usage_take.held[slot] AS held
      FROM unnest(holds) ORDER BY slot
    ) s
    WHERE s.taken + s.held > 0 AND m.subject_id = s.subject_id AND m.meter_id = s.meter_id AND m.period_start = s.period_start
    RETURNING m.subject_id, m.meter_id, m.period_start, m.value + m.taken >= m.alert_above AS is_due
  LOOP
    IF u.is_due THEN PERFORM alert_thresholds(u.subject_id, u.meter_id, u.period_start); END IF;
  END LOOP;
END $$;

-- Decide many requests at once: `key_hashes[i]` or `customer_ids[i]` asks for `costs[i]`; NULL for
-- an array of what no request says. With `consume`, an admitted request uses its cost of all
-- windows and takes or holds its amounts of the quotas, and a refused one nothing. `at` is for
-- tests; NULL is the database's clock.
CREATE FUNCTION access_check(
  key_hashes bytea[], customer_ids uuid[], costs int[], consume boolean, ips text[] DEFAULT NULL,
  meter_names text[] DEFAULT NULL, features text[] DEFAULT NULL, reserve_amounts numeric[] DEFAULT NULL,
  reserve_spends numeric[] DEFAULT NULL, reserve_ttls int[] DEFAULT NULL, at timestamptz DEFAULT NULL)
RETURNS SETOF access_decision LANGUAGE plpgsql
-- One plan, by the indexes, whatever the sizes of the tables: planning would cost as much again.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_material = off SET join_collapse_limit = 1
AS $$
DECLARE
  asked_at constant timestamptz := coalesce(at, clock_timestamp());
  requests constant access_request[] := access_requests(
    key_hashes, customer_ids, costs, ips, meter_names, features, reserve_amounts, reserve_spends, reserve_ttls, asked_at);
  holds constant access_hold[] := access_holds(requests, asked_at);
BEGIN
  IF consume THEN PERFORM access_lock(requests, holds, asked_at); END IF;
  RETURN QUERY SELECT * FROM access_decide(requests, consume, coalesce(at, clock_timestamp()), holds);
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

-- Part 5: the end of a reservation -------------------------------------------------------------------

-- Book what was used of a reservation, and give back the rest; NULL amounts give back all. What was
-- used is booked after its time too. Answers the reservation and whether it is as was asked: one
-- that was closed otherwise before is not. No row: there is none.
CREATE FUNCTION reservation_close(reservation uuid, amount_used numeric, spend_used numeric, closed timestamptz DEFAULT NULL)
RETURNS TABLE (reservation_row reservations, agrees boolean) LANGUAGE plpgsql AS $$
DECLARE
  r reservations;
  u record;
  wanted constant text := CASE WHEN amount_used IS NULL AND spend_used IS NULL THEN 'released' ELSE 'settled' END;
  at constant timestamptz := coalesce(closed, clock_timestamp());
BEGIN
  SELECT * INTO r FROM reservations WHERE id = reservation FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF r.status = 'held' AND r.expires_at <= at THEN
    PERFORM meter_usage_lock(r.hold_subjects, r.hold_meters, array_fill(r.period_start, ARRAY[cardinality(r.hold_meters)]));
    PERFORM reservations_expire(ARRAY[r.id], at);
    SELECT * INTO r FROM reservations WHERE id = reservation;
  END IF;
  IF r.status IN ('settled', 'released') OR wanted = 'released' AND r.status = 'expired' THEN
    RETURN QUERY SELECT r, wanted = 'released' AND r.status <> 'settled'
      OR r.status = 'settled' AND wanted = 'settled' AND r.settled_amount = coalesce(amount_used, 0)
         AND r.settled_spend = coalesce(spend_used, 0);
    RETURN;
  END IF;

  INSERT INTO meter_usage (subject_id, meter_id, period_start)
  SELECT r.customer_id, m, r.period_start
  FROM unnest(ARRAY[CASE WHEN amount_used > 0 THEN r.meter_id END, CASE WHEN spend_used > 0 THEN meter_of_spend() END]) m
  WHERE m IS NOT NULL ORDER BY m ON CONFLICT DO NOTHING;
  FOR u IN
    WITH used AS (
      SELECT s.subject_id, s.meter_id, sum(s.freed) AS freed, max(s.taken) AS taken
      FROM (
        SELECT h.s AS subject_id, h.m AS meter_id, CASE WHEN r.status = 'held' THEN h.a ELSE 0 END AS freed,
          CASE WHEN h.m = r.meter_id THEN amount_used ELSE spend_used END AS taken
        FROM unnest(r.hold_subjects, r.hold_meters, r.hold_amounts) h(s, m, a)
        UNION ALL SELECT r.customer_id, r.meter_id, 0, amount_used WHERE amount_used > 0 AND r.meter_id IS NOT NULL
        UNION ALL SELECT r.customer_id, meter_of_spend(), 0, spend_used
          WHERE spend_used > 0 AND r.meter_id IS DISTINCT FROM meter_of_spend()
      ) s GROUP BY 1, 2
    ),
    locked AS (
      SELECT m.subject_id, m.meter_id FROM meter_usage m JOIN used USING (subject_id, meter_id)
      WHERE m.period_start = r.period_start ORDER BY m.subject_id, m.meter_id FOR UPDATE OF m
    )
    UPDATE meter_usage m SET held = m.held - used.freed, taken = m.taken + coalesce(used.taken, 0), updated_at = at
    FROM used JOIN locked USING (subject_id, meter_id)
    WHERE m.subject_id = used.subject_id AND m.meter_id = used.meter_id AND m.period_start = r.period_start
    RETURNING m.subject_id, m.meter_id, m.value + m.taken >= m.alert_above AS is_due
  LOOP
    IF u.is_due THEN PERFORM alert_thresholds(u.subject_id, u.meter_id, r.period_start); END IF;
  END LOOP;
  UPDATE reservations SET status = wanted, closed_at = at,
    settled_amount = CASE WHEN wanted = 'settled' THEN coalesce(amount_used, 0) END,
    settled_spend = CASE WHEN wanted = 'settled' THEN coalesce(spend_used, 0) END
  WHERE id = reservation RETURNING * INTO r;
  RETURN QUERY SELECT r, true;
END $$;
