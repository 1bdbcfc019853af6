import { createCoupon, createTaxRate } from "@/modules/invoices";
import { setBalance } from "@/modules/ledger";
import { changeSubscription, runDue } from "@/modules/subscriptions";
import { runNext } from "@/modules/subscriptions/service/due";
import type { Subscription } from "@/modules/subscriptions/contract";
import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { wrongBooks } from "./payments-fixture";
import { day, price, subscriptionsFixture } from "./subscriptions-fixture";

const database = useDatabase();
const s = subscriptionsFixture(database);

afterEach(async () => {
  await database.query("UPDATE subscriptions SET next_action_at = NULL");
  expect(await wrongBooks(database)).toEqual([]);
});

const inDays = (days: number): Ctx => {
  const { ctx } = s.world();
  return { ...ctx, now: () => new Date(Date.now() + days * day) };
};

type Given = { credit?: number; more?: object; country?: string };

/** A subscription that began 27 days ago, at $10 a month. */
async function begun(versionId: string, given: Given = {}) {
  const { ctx } = s.world();
  const customer = await s.world().customer({ country: given.country ?? null });
  const amount = { amount: (given.credit ?? 0) + 1_000, currency: "USD" };
  // The first bill takes 1000 of it.
  if (given.credit)
    await setBalance(ctx, customer.id, { balance: amount, reason: "Opening" });
  return s.open({
    ...{ customer_id: customer.id, plan_version_id: versionId },
    starts_at: new Date(Date.now() - 27 * day).toISOString(),
    ...given.more,
  });
}

/** What the renewal of a subscription wrote, without ids, times and numbers. */
async function written({ id, customer_id }: Subscription) {
  const rows = (text: string, by: string) =>
    database.query<Record<string, unknown>>(text, [toUuid(by)]);
  const [, last] = await s.invoicesOf(customer_id);
  if (!last) throw new Error(`${id} was not renewed.`);
  const { status, lines, taxes, subtotal, discount, tax, total, due } = last;
  return {
    ...{ status, subtotal, discount, tax, total, due, taxes },
    credit: last.credit_applied,
    lines: lines.map(({ kind, amount, ...line }) => ({
      ...{ kind, amount, discount: line.discount, tax: line.tax },
    })),
    entries: await rows(
      `SELECT t.kind, e.account, e.amount_minor FROM ledger_entries e
       JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.invoice_id = $1 ORDER BY t.id, e.id`,
      last.id,
    ),
    changes: await rows(
      "SELECT kind, status, money IS NOT NULL AS is_billed FROM subscription_changes WHERE subscription_id = $1 ORDER BY id",
      id,
    ),
    acts: await rows(
      "SELECT action FROM audit_log WHERE customer_id = $1 ORDER BY id",
      customer_id,
    ),
    events: await rows(
      `SELECT name FROM outbox WHERE payload->>'customer_id' = (SELECT public_id('cus', $1::uuid)) ORDER BY id`,
      customer_id,
    ),
    customer: await rows(
      "SELECT balance_minor, invoices_total, invoices_outstanding FROM customers WHERE id = $1",
      customer_id,
    ),
    period: await rows(
      "SELECT plan_name, is_in_force, period_start = current_period_start AS is_same FROM customer_entitlements e JOIN subscriptions s USING (customer_id) WHERE s.customer_id = $1",
      customer_id,
    ),
  };
}

test("renewals of a chunk write what each would write alone", async () => {
  const { ctx } = s.world();
  const version = await s.sold([price(1_000)]);
  const other = await s.sold([price(2_500)]);
  await createTaxRate(ctx, {
    ...{ name: "VAT", country: "FR", rate: "20" },
    ...{ is_inclusive: false, allows_reverse_charge: true },
  });
  await createCoupon(ctx, {
    ...{ code: "TENTH", name: "A tenth", percent: "10", duration: "forever" },
  });
  const kinds: Given[] = [
    {},
    { country: "FR" },
    { credit: 300 },
    { credit: 5_000, country: "FR" },
    { more: { coupon: "TENTH" } },
    { more: { coupon: "TENTH", quantity: 3 }, country: "FR" },
    { more: { quantity: 2 }, credit: 2_000 },
  ];
  const pair = async (given: Given) => [
    await begun(version.id, given),
    await begun(version.id, given),
  ];
  const pairs = [];
  for (const given of kinds) pairs.push(await pair(given));
  const moving = await pair({});
  for (const { id } of moving)
    await changeSubscription(ctx, id, {
      ...{ plan_version_id: other.id, when: "period_end" },
    });
  pairs.push(moving);
  const due = inDays(6);
  for (const [alone] of pairs)
    if (alone)
      while (
        await runNext(
          due,
          { ...alone, customerId: alone.customer_id, at: due.now() },
          due.now(),
        )
      );
  // Those that are left are one chunk.
  await runDue(due);
  for (const [alone, among] of pairs)
    if (alone && among)
      expect(await written(among)).toEqual(await written(alone));
}, 300_000);

test("two subscriptions of a customer take its credit once, though they are due together", async () => {
  const version = await s.sold([price(1_000)]);
  const first = await begun(version.id, { credit: 1_500 });
  const { customer_id, id } = first;
  const starts_at = new Date(Date.now() - 27 * day).toISOString();
  const { ctx } = s.world();
  await setBalance(ctx, customer_id, {
    balance: { amount: 2_500, currency: "USD" },
    reason: "More",
  });
  const second = await s.open({
    ...{ customer_id, plan_version_id: version.id, starts_at },
  });
  expect(second.id).not.toBe(id);
  await runDue(inDays(6));
  const bills = await s.invoicesOf(customer_id);
  expect(bills.slice(-2).map((bill) => bill.credit_applied.amount)).toEqual([
    1_000, 500,
  ]);
}, 60_000);

test("one that cannot be billed stops no other, is named in the log, and takes no number", async () => {
  const version = await s.sold([price(1_000)]);
  const subs = [];
  for (let i = 0; i < 9; i += 1) subs.push(await begun(version.id));
  const [refused, broken, ...others] = subs;
  if (!refused || !broken) throw new Error("There are nine.");
  // One that the database refuses, and one whose next terms are not sold any more.
  await database.query(
    `CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$`,
  );
  await database.query(
    `CREATE TRIGGER refuse_one BEFORE INSERT ON invoices FOR EACH ROW
     WHEN (NEW.subscription_id = '${toUuid(refused.id)}') EXECUTE FUNCTION refuse_one()`,
  );
  await changeSubscription(s.world().ctx, broken.id, {
    ...{ quantity: 2, when: "period_end" },
  });
  await database.query(
    `UPDATE subscription_changes SET after = after || '{"interval": "year"}' WHERE subscription_id = $1 AND status = 'scheduled'`,
    [toUuid(broken.id)],
  );
  const failed: unknown[] = [];
  const due = inDays(6);
  const log = Object.assign(Object.create(due.log) as Ctx["log"], {
    error: (about: { subscription_id: string }) =>
      failed.push(about.subscription_id),
  });
  await runDue({ ...due, log });
  expect(failed.sort()).toEqual([refused.id, broken.id].sort());
  for (const { customer_id } of others)
    expect(await s.bills(customer_id)).toEqual(["open 1000", "open 1000"]);
  for (const { customer_id } of [refused, broken])
    expect(await s.bills(customer_id)).toEqual(["open 1000"]);
  await database.query("DROP TRIGGER refuse_one ON invoices");
  await runDue({ ...due, log });
  expect(await s.bills(refused.customer_id)).toHaveLength(2);
  const gaps = await database.query(
    `SELECT series FROM invoice_series s WHERE series LIKE 'INV%'
     AND last <> (SELECT count(*) FROM invoices WHERE number LIKE s.series || '-%')`,
  );
  expect(gaps).toEqual([]);
}, 90_000);

test("several runs at once share what is due, and each period is billed once", async () => {
  const version = await s.sold([price(1_000)]);
  const { customer_id } = await begun(version.id);
  // More than a chunk.
  await database.query(
    `WITH made AS (
       INSERT INTO customers (id, email, full_name, currency, time_zone, status, updated_at)
       SELECT uuid_v7(), 'payer' || n || '@test.example', 'Payer ' || n, 'USD', 'UTC', 'active', now()
       FROM generate_series(1, 450) n RETURNING id)
     INSERT INTO subscriptions (id, customer_id, plan_version_id, status, has_access, currency, interval, amount_minor,
       anchor_at, time_zone, current_period_start, current_period_end, next_action_at, updated_at)
     SELECT uuid_v7(), made.id, $1::uuid, 'active', true, 'USD', 'month', 1000, s.anchor_at, 'UTC',
       s.current_period_start, s.current_period_end, s.current_period_end, now()
     FROM made, subscriptions s WHERE s.customer_id = $2::uuid`,
    [toUuid(version.id), toUuid(customer_id)],
  );
  const due = inDays(6);
  await Promise.all([runDue(due), runDue(due), runDue(due)]);
  await runDue(due);
  const [found] = await database.query(
    `SELECT count(*)::int AS bills, count(DISTINCT subscription_id)::int AS subscriptions,
       count(DISTINCT number)::int AS numbers FROM invoices WHERE reason = 'subscription_cycle'
       AND customer_id IN (SELECT id FROM customers WHERE email LIKE 'payer%@test.example')`,
  );
  expect(found).toEqual({ bills: 450, subscriptions: 450, numbers: 450 });
}, 300_000);
