-- An event may come 35 days late, and so be of the period before the previous one: of two months, one
-- may have 28 days, and periods may be cut short.

-- AlterTable
ALTER TABLE "customer_entitlements" ADD COLUMN     "earlier_period_starts" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[];

-- Where the period of a moment before the previous one starts: a billing period, or a calendar month.
CREATE FUNCTION earlier_period_start(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(max(s), month_start(at)) FROM unnest(e.earlier_period_starts) s WHERE s <= at
$$;
-- A calendar month before the first billing period ends where that starts.
CREATE FUNCTION earlier_period_end(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT least(min(s) FILTER (WHERE s > at), CASE WHEN count(*) FILTER (WHERE s <= at) = 0 THEN month_end(at) END)
  FROM unnest(e.earlier_period_starts || coalesce(e.previous_period_start, e.period_start)) s
$$;

CREATE OR REPLACE FUNCTION billing_period_start(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN at >= e.period_end THEN e.period_end
  WHEN at >= e.period_start THEN e.period_start
  WHEN at >= e.previous_period_start THEN e.previous_period_start
  ELSE earlier_period_start(e, at) END;
CREATE OR REPLACE FUNCTION billing_period_end(e customer_entitlements, at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN at >= e.period_end THEN e.period_end + (e.period_end - e.period_start)
  WHEN at >= e.period_start THEN e.period_end
  WHEN at >= e.previous_period_start THEN e.period_start
  ELSE earlier_period_end(e, at) END;
