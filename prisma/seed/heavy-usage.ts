import { bulk } from "@/platform/db/bulk";
import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import { addCustomers } from "./customers";
import { addPlans, metered, prices } from "./plans";

/**
 * A database of a size at which costs show: a million customers, their keys, subscriptions of a quarter
 * of them, and rollups of the last 35 days for one in ten; written by SQL, since nobody waits a day
 * for a seed.
 */
export async function addHeavyUsage(ctx: Ctx, { size = 1_000_000 }) {
  const first = await addCustomers(ctx, [
    {
      joinedDaysAgo: 900,
      creditMinor: 12_345_600,
      input: {
        email: "ada@analytical-engines.example",
        full_name: "Ada Lovelace",
        company_name: "Analytical Engines",
      },
    },
  ]);
  const sold = await addPlans(ctx, plans);
  await bulk(async (run) => {
    const step = 50_000;
    for (let from = 1; from < size; from += step)
      await run(customersSql, [from, Math.min(from + step, size) - 1]);
    for (const [name, [every, place]] of Object.entries(shares)) {
      const version = toUuid(sold.get(name)?.planId ?? "");
      await run(subscriptionsSql, [version, every, place]);
    }
    for (const text of [
      entitlementsSql,
      keysSql,
      dailySql,
      totalsSql,
      hourlySql,
    ])
      await run(text);
    await run("VACUUM ANALYZE");
  });
  return first;
}

const plans = [
  { name: "Starter", units: 9, quota: 10_000 },
  { name: "Business", units: 49, quota: 100_000 },
  { name: "Enterprise", units: 499, quota: null },
].map(({ name, units, quota }) => ({
  name,
  terms: {
    prices: prices(units),
    features: [metered("calls", "Calls", quota)],
  },
}));

/** Who has them: one of so many customers, the how-manieth; no customer has two. */
const shares: Record<string, [every: number, place: number]> = {
  Starter: [3, 0],
  Business: [50, 1],
  Enterprise: [20_000, 5],
};

// Ids and times grow together, as they do when customers come one after another.
const customersSql = `
  INSERT INTO customers (id, email, full_name, company_name, phone, country, currency, status,
    tags, joined_at, created_at, updated_at, usage_percentage, device_count)
  SELECT
    (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000a' || lpad(to_hex(n), 15, '0'))::uuid,
    'user' || n || '@' || (ARRAY['north','south','east','west','hill','lake','river','stone'])[n % 8 + 1] || n % 9973 || '.example',
    (ARRAY['Ada','Alan','Grace','Claude','Wanjiru','Kenji','Marie','Edsger','Linnea','Chidi'])[n % 10 + 1] || ' ' ||
      (ARRAY['Okafor','Tanaka','Hopper','Shannon','Kamau','Sato','Curie','Meier','Virtanen','Souza','Silva'])[n % 11 + 1],
    CASE WHEN n % 3 > 0 THEN (ARRAY['Northern','Global','Applied','Quiet','Bright','Modern','Blue'])[n % 7 + 1] || ' ' ||
      (ARRAY['Systems','Labs','Foods','Energy','Media','Logistics','Works','Data','Health'])[n % 9 + 1] || ' ' || n END,
    '+1555' || lpad(n::text, 7, '0'),
    (ARRAY['US','KE','DE','JP','BR'])[n % 5 + 1],
    (ARRAY['USD','USD','EUR','USD','USD'])[n % 5 + 1],
    CASE WHEN n % 20 = 0 THEN 'suspended' WHEN n % 33 = 0 THEN 'pending' WHEN n % 50 = 0 THEN 'archived' ELSE 'active' END,
    array_remove(ARRAY[
      CASE WHEN n % 2 = 0 THEN 'newsletter' END,
      CASE WHEN n % 100 = 7 THEN 'reseller' END,
      CASE WHEN n < 10000 THEN 'founder' END,
      CASE WHEN n % 50000 = 9 THEN 'press' END], NULL),
    at, at, at, n % 100, n % 4
  FROM (
    SELECT n, now() - interval '899 days' + n * interval '899 days' / 1000000 AS at
    FROM generate_series($1::bigint, $2::bigint) n
  ) numbered`;

const subscriptionsSql = `
  INSERT INTO subscriptions (id, customer_id, plan_version_id, status, has_access, currency, interval, amount_minor, anchor_at,
    time_zone, current_period_start, current_period_end, next_action_at, created_at, updated_at)
  SELECT gen_random_uuid(), c.id, $1::uuid, 'active', true, 'USD', 'month', p.amount_minor, starts, 'UTC', starts,
    starts + interval '1 month', starts + interval '1 month', starts, starts
  FROM (
    SELECT id, n, date_trunc('day', now(), 'UTC') - n % 27 * interval '1 day' AS starts
    FROM (SELECT id, status, currency, row_number() OVER (ORDER BY id) AS n FROM customers) numbered
    WHERE status = 'active' AND currency = 'USD' AND n % $2::int = $3::int AND NOT EXISTS (
      SELECT FROM subscriptions s WHERE s.customer_id = numbered.id)
  ) c
  JOIN plan_prices p ON p.plan_version_id = $1::uuid AND p.interval = 'month'`;

const entitlementsSql = `
  INSERT INTO customer_entitlements (customer_id, plan_id, plan_name, period_start, period_end, created_at, updated_at)
  SELECT s.customer_id, v.id, p.name, s.current_period_start, s.current_period_end, s.created_at, s.created_at
  FROM subscriptions s JOIN plan_versions v ON v.id = s.plan_version_id JOIN plans p ON p.id = v.plan_id
  ON CONFLICT (customer_id) DO NOTHING`;

const keysSql = `
  INSERT INTO api_keys (id, customer_id, name, prefix, last_four, hash, lineage_id, created_at, updated_at)
  SELECT id, id, 'Production', 'sk_live_', right(id::text, 4), sha256(id::text::bytea), id, created_at, created_at
  FROM customers`;

const callers = `(SELECT id, row_number() OVER (ORDER BY id) AS n FROM customers) c`;
const days = `generate_series(current_date - 34, current_date, interval '1 day') d`;

const dailySql = `
  INSERT INTO usage_daily (customer_id, day, calls, errors, refused, tokens, cost, duration_ms_total, duration_count, duration_sketch)
  SELECT c.id, d::date, 20 + n % 400, n % 7, n % 5, 0, 0, (20 + n % 400) * 120, 20 + n % 400, '{}'
  FROM ${callers}, ${days} WHERE c.n % 10 = 1
  ON CONFLICT DO NOTHING`;

const totalsSql = `
  INSERT INTO usage_totals (day, slot, calls, errors, refused, tokens, cost, duration_ms_total, duration_count, duration_sketch)
  SELECT day, 0, sum(calls), sum(errors), sum(refused), 0, 0, sum(duration_ms_total), sum(duration_count), '{}'
  FROM usage_daily GROUP BY day
  ON CONFLICT DO NOTHING`;

const hourlySql = `
  INSERT INTO usage_hourly (customer_id, hour, key_id, meter, provider, model, endpoint, calls, errors, duration_ms_total, duration_count)
  SELECT c.id, d + h * interval '1 hour', c.id, 'calls', '', '', e, 5, 0, 600, 5
  FROM ${callers}, ${days}, generate_series(8, 18, 5) h, unnest(ARRAY['/categorize', '/mx']) e
  WHERE c.n % 100 = 1
  ON CONFLICT DO NOTHING`;
