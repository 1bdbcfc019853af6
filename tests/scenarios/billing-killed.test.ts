import { setTimeout as sleep } from "node:timers/promises";
import { toUuid } from "@/shared/ids";
import { wrongBooks } from "../modules/payments-fixture";
import { useDatabase } from "../support/database";
import { startServer, type AppServer } from "../support/server";
import { plan } from "../support/things";
import { world } from "../support/world";

const database = useDatabase();
const count = 1_500;

let server: AppServer | undefined;
afterAll(async () => {
  await server?.stop();
}, 60_000);

/** Customers, each with a subscription of $10 a month whose period has just ended. */
async function addDue(versionId: string): Promise<void> {
  await database.query(
    `WITH made AS (
       INSERT INTO customers (id, email, full_name, currency, time_zone, status, updated_at)
       SELECT uuid_v7(), 'payer' || n || '@example.com', 'Payer ' || n, 'USD', 'UTC', 'active', now()
       FROM generate_series(1, $2::int) n RETURNING id
     )
     INSERT INTO subscriptions (id, customer_id, plan_version_id, status, has_access, currency, interval,
       amount_minor, anchor_at, time_zone, current_period_start, current_period_end, next_action_at, updated_at)
     SELECT uuid_v7(), id, $1, 'active', true, 'USD', 'month', 1000, now() - interval '1 month 1 minute', 'UTC',
       now() - interval '1 month 1 minute', now() - interval '1 minute', now() - interval '1 minute', now()
     FROM made`,
    [toUuid(versionId), count],
  );
}

async function billed(): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM invoices WHERE billing_key LIKE '%:period:1'",
  );
  return row?.n ?? 0;
}

/** Have some process bill what is due, and wait until so many are billed. */
async function bill(until: number): Promise<void> {
  await database.query(
    "SELECT graphile_worker.add_job('subscriptions_due', '{}'::json)",
  );
  const deadline = Date.now() + 90_000;
  while ((await billed()) < until) {
    if (Date.now() > deadline)
      throw new Error(`Only ${await billed()} of ${until} are billed.`);
    await sleep(10);
  }
}

test("a billing run that is killed again and again in the middle bills each period once, with no gap in the numbers", async () => {
  const w = await world();
  const { version } = await plan(w.ctx, {
    prices: [{ interval: "month", price: { amount: 1_000, currency: "USD" } }],
  });
  await addDue(version.id);
  for (const part of [0, 0.2, 0.4, 0.7]) {
    server = await startServer({ WORKER_MODE: "inline" });
    await bill(Math.max(1, Math.floor(count * part)));
    // Somewhere in the next transaction.
    await sleep(Math.random() * 400);
    await server.kill9();
    expect(await billed()).toBeLessThan(count);
  }
  server = await startServer({ WORKER_MODE: "inline" });
  await bill(count);
  const [once] = await database.query(
    `SELECT count(*)::int AS invoices, count(DISTINCT subscription_id)::int AS subscriptions,
       count(DISTINCT number)::int AS numbers, max(right(number, 6)::int) AS last,
       count(*) FILTER (WHERE total_minor = 1000 AND status = 'open')::int AS right
     FROM invoices`,
  );
  expect(once).toEqual({
    ...{ invoices: count, subscriptions: count, numbers: count },
    ...{ last: count, right: count },
  });
  const [left] = await database.query(
    "SELECT count(*)::int AS n FROM subscriptions WHERE next_action_at <= now() OR period_number <> 1",
  );
  expect(left).toEqual({ n: 0 });
  expect(await wrongBooks(database)).toEqual([]);
}, 400_000);
