-- How many calls a customer ever made, and everyone, without reading a row for each of their days.

CREATE TABLE "usage_lifetime" (
    "customer_id" UUID NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "before" DATE NOT NULL,

    CONSTRAINT "usage_lifetime_pkey" PRIMARY KEY ("customer_id")
);
ALTER TABLE usage_lifetime ADD CONSTRAINT usage_lifetime_counts CHECK (calls >= 0);

-- Without a row all days are read: so taking one away is never wrong.
CREATE FUNCTION usage_calls(customer uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT calls FROM usage_lifetime WHERE customer_id = customer), 0) + coalesce(sum(u.calls), 0)::bigint
  FROM usage_daily u WHERE u.customer_id = customer
    AND u.day >= coalesce((SELECT before FROM usage_lifetime WHERE customer_id = customer), '-infinity')
$$;

-- Everyone's stand under the nil UUID.
CREATE FUNCTION usage_calls_of_everyone() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT (coalesce((SELECT calls FROM usage_lifetime WHERE customer_id = '00000000-0000-0000-0000-000000000000'), 0)
    + coalesce(sum(b.calls), 0))::bigint
  FROM usage_breakdown b WHERE b.span = 'day' AND b.dimension = 'none'
    AND b.starts_at >= coalesce((SELECT before::timestamp AT TIME ZONE 'UTC' FROM usage_lifetime
                                 WHERE customer_id = '00000000-0000-0000-0000-000000000000'), '-infinity')
$$;

-- Add the days before a day, for which no event may come any more, to what these customers called.
CREATE FUNCTION usage_lifetime_add(customers uuid[], until date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM usage_recount_alone();
  INSERT INTO usage_lifetime AS l (customer_id, calls, before)
  SELECT u.customer_id, sum(u.calls), until
  FROM usage_daily u LEFT JOIN usage_lifetime k USING (customer_id)
  WHERE u.customer_id = ANY (customers) AND u.day < until AND u.day >= coalesce(k.before, '-infinity')
    AND u.customer_id <> '00000000-0000-0000-0000-000000000000'
  GROUP BY 1 ORDER BY 1
  ON CONFLICT (customer_id) DO UPDATE SET calls = l.calls + excluded.calls, before = excluded.before;
END $$;

CREATE FUNCTION usage_lifetime_add_everyone(until date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  everyone constant uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  PERFORM usage_recount_alone();
  INSERT INTO usage_lifetime AS l (customer_id, calls, before)
  SELECT everyone, greatest(sum(b.calls), 0), until
  FROM usage_breakdown b
  WHERE b.span = 'day' AND b.dimension = 'none' AND b.starts_at < until::timestamp AT TIME ZONE 'UTC'
    AND b.starts_at >= coalesce((SELECT before::timestamp AT TIME ZONE 'UTC' FROM usage_lifetime WHERE customer_id = everyone), '-infinity')
  HAVING count(*) > 0
  ON CONFLICT (customer_id) DO UPDATE SET calls = l.calls + excluded.calls, before = excluded.before;
END $$;

-- Calls came or went on days that were added already: they are added again. NULL is everyone.
CREATE FUNCTION usage_lifetime_drop(customers uuid[], since date) RETURNS void LANGUAGE sql AS $$
  DELETE FROM usage_lifetime WHERE before > since
    AND customer_id = ANY (coalesce(customers, ARRAY['00000000-0000-0000-0000-000000000000'::uuid]))
$$;

ALTER FUNCTION usage_recount_daily(uuid[], date, date) RENAME TO usage_recount_days;
CREATE FUNCTION usage_recount_daily(customers uuid[], first_day date, last_day date)
RETURNS TABLE (customer_id uuid, rows bigint, calls bigint, cost numeric) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY SELECT * FROM usage_recount_days(customers, first_day, last_day);
  IF FOUND THEN PERFORM usage_lifetime_drop(customers, first_day); END IF;
END $$;

ALTER FUNCTION usage_recount_breakdown(date) RENAME TO usage_recount_parts;
CREATE FUNCTION usage_recount_breakdown(of_day date) RETURNS TABLE (rows bigint, calls bigint, cost numeric)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY SELECT * FROM usage_recount_parts(of_day);
  IF FOUND THEN PERFORM usage_lifetime_drop(NULL, of_day); END IF;
END $$;

-- Who is gone leaves no row here either; everyone's sum stays.
CREATE FUNCTION usage_lifetime_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM usage_lifetime WHERE customer_id IN (SELECT customer_id FROM gone)
    AND customer_id <> '00000000-0000-0000-0000-000000000000';
  RETURN NULL;
END $$;
CREATE TRIGGER usage_lifetime_forget AFTER DELETE ON usage_daily
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION usage_lifetime_forgotten();
