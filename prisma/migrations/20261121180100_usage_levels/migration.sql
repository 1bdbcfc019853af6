-- Who called most, without reading what all customers did: each day's usage has a level, which an
-- index can hold. It changes when calls have doubled, so that counting stays a change in place.

-- 0 for no calls; level n has fewer than 2^n.
CREATE FUNCTION usage_level(calls bigint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (CASE WHEN calls < 1 THEN 0 ELSE 65 - position(B'1' IN calls::bit(64)) END)::smallint;

ALTER TABLE "usage_daily" ADD COLUMN "level" SMALLINT NOT NULL DEFAULT 0;

CREATE FUNCTION usage_daily_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.level := usage_level(NEW.calls);
  RETURN NEW;
END $$;
CREATE TRIGGER usage_daily_level BEFORE INSERT OR UPDATE ON usage_daily
  FOR EACH ROW WHEN (NEW.level <> usage_level(NEW.calls)) EXECUTE FUNCTION usage_daily_level();

-- The customers with most calls in some days, most first, out of the `per_day` first of each day and
-- the `most` likeliest of them. Nobody who is left out has more calls than `unseen`.
CREATE FUNCTION usage_busiest(first_day date, last_day date, per_day int, most int)
RETURNS TABLE (customer_id uuid, calls bigint, unseen float8) LANGUAGE sql STABLE AS $$
  WITH tops AS MATERIALIZED (
    SELECT t.customer_id, t.day, t.level
    FROM generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') d
    CROSS JOIN LATERAL (
      SELECT u.customer_id, u.day, u.level FROM usage_daily u WHERE u.day = d::date ORDER BY u.level DESC LIMIT per_day
    ) t
  ),
  below AS (
    SELECT sum(most_below) AS calls FROM (
      SELECT 2::float8 ^ min(level) AS most_below FROM tops GROUP BY day HAVING count(*) >= per_day
    ) days
  ),
  likely AS (
    SELECT t.customer_id, sum(2::float8 ^ t.level) AS at_most,
      row_number() OVER (ORDER BY sum(2::float8 ^ t.level) DESC, t.customer_id) AS place
    FROM tops t WHERE t.customer_id <> '00000000-0000-0000-0000-000000000000' -- what customers used that are gone
    GROUP BY t.customer_id
  )
  SELECT l.customer_id, s.calls,
    coalesce((SELECT calls FROM below), 0) + coalesce((SELECT at_most FROM likely WHERE place = most + 1), 0)
  FROM likely l
  CROSS JOIN LATERAL (
    SELECT sum(u.calls)::bigint AS calls FROM usage_daily u WHERE u.customer_id = l.customer_id AND u.day BETWEEN first_day AND last_day
  ) s
  WHERE l.place <= most ORDER BY s.calls DESC, l.customer_id
$$;
