-- Whether a meter was used; it is asked before a meter's definition changes. An index of meters alone
-- is what the planner takes for a row of meter_usage while the table is small or unknown; under this
-- form only the question that needs it finds it.
CREATE INDEX meter_usage_of_meter ON meter_usage ((meter_id::text));

-- What is in force, for those who look at it: by the functions that the access decision uses.

-- A customer's windows with what boosts add, what they are without, and whose they are.
CREATE FUNCTION effective_limits(customer uuid, at timestamptz DEFAULT clock_timestamp())
RETURNS TABLE (limits bigint[], base bigint[], source text, plan_name text) LANGUAGE sql STABLE AS $$
  SELECT r.customer_limits,
    ARRAY(SELECT l - coalesce(b, 0)
          FROM unnest(r.customer_limits, limit_boost(customer, at)) WITH ORDINALITY w(l, b, n) ORDER BY n),
    coalesce((
      SELECT p.subject_kind FROM limit_policies p
      WHERE p.subject_id = ANY (quota_subjects(customer, r.plan_id))
      ORDER BY array_position(quota_subjects(customer, r.plan_id), p.subject_id) LIMIT 1), 'default'),
    (SELECT e.plan_name FROM customer_entitlements e WHERE e.customer_id = customer)
  FROM unnest(access_requests(NULL, ARRAY[customer], ARRAY[1], at => at)) r
$$;

-- The meters of which a subject has a quota, and what is used of it: of a customer, or of one of
-- its keys' lineages. What reservations past their time hold is free: the next check gives it back.
CREATE FUNCTION effective_quotas(subject uuid, customer uuid, at timestamptz DEFAULT clock_timestamp())
RETURNS TABLE (
  meter_id uuid, name text, title text, unit text, amount numeric, base numeric, boost numeric,
  allows_overage boolean, source text, value numeric, taken numeric, held numeric,
  period_start timestamptz, period_end timestamptz) LANGUAGE sql STABLE AS $$
  SELECT m.id, m.name, m.title, m.unit, q.amount, q.amount - b.amount, b.amount, q.allows_overage, q.subject_kind,
    coalesce(u.value, 0), coalesce(u.taken, 0), greatest(coalesce(u.held, 0) - due.amount, 0), p.starts, p.ends
  FROM (SELECT customer AS id) c
  LEFT JOIN customer_entitlements e ON e.customer_id = c.id
  CROSS JOIN LATERAL (SELECT billing_period_start(e, at) AS starts, billing_period_end(e, at) AS ends,
    CASE WHEN subject = c.id THEN quota_subjects(c.id, e.plan_id) ELSE ARRAY[subject] END AS subjects) p
  CROSS JOIN meters m
  CROSS JOIN LATERAL meter_quota(p.subjects, m.id, at) q
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(x.amount), 0) AS amount FROM boosts x
    WHERE x.subject_id = subject AND x.meter_id = m.id AND x.starts_at <= at AND x.ends_at > at) b
  LEFT JOIN meter_usage u ON u.subject_id = subject AND u.meter_id = m.id AND u.period_start = p.starts
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(h.a), 0) AS amount
    FROM reservations r, unnest(r.hold_subjects, r.hold_meters, r.hold_amounts) h(s, m, a)
    WHERE r.customer_id = c.id AND r.status = 'held' AND r.expires_at <= at AND r.period_start = p.starts
      AND h.s = subject AND h.m = m.id) due
  WHERE m.archived_at IS NULL
  ORDER BY m.is_system, m.title, m.name
$$;

-- A customer's features, and whose they are.
CREATE FUNCTION effective_features(customer uuid)
RETURNS TABLE (feature text, kind text, value jsonb, meter text, source text) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (g.feature) g.feature, g.kind, g.value, m.name, g.subject_kind
  FROM (SELECT customer AS id) c
  LEFT JOIN customer_entitlements e ON e.customer_id = c.id
  JOIN feature_grants g ON g.subject_id = ANY (quota_subjects(c.id, e.plan_id))
  LEFT JOIN meters m ON m.id = g.meter_id
  ORDER BY g.feature, array_position(quota_subjects(c.id, e.plan_id), g.subject_id)
$$;

-- What is kept of a key's lineage goes with its last key, which goes with its customer.
CREATE FUNCTION delete_lineage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM limit_policies WHERE subject_id = OLD.lineage_id;
  DELETE FROM limit_counters WHERE subject_id = OLD.lineage_id;
  DELETE FROM quotas WHERE subject_id = OLD.lineage_id;
  DELETE FROM feature_grants WHERE subject_id = OLD.lineage_id;
  DELETE FROM meter_usage WHERE subject_id = OLD.lineage_id;
  DELETE FROM meter_uniques WHERE subject_id = OLD.lineage_id;
  RETURN NULL;
END $$;
CREATE TRIGGER api_keys_delete_lineage AFTER DELETE ON api_keys
  FOR EACH ROW WHEN (OLD.id = OLD.lineage_id) EXECUTE FUNCTION delete_lineage();
