import { rollOver, watchExpiry, watchProjections } from "@/modules/alerts";
import { ingestEvents } from "@/modules/usage/queries";
import { systemCtx } from "@/platform/jobs";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { event } from "./usage-fixture";

const db = useDatabase();
const ctx = systemCtx("test");
const day = 86_400_000;

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

async function quota(customer: string, meter: string, amount: number) {
  await db.query(
    `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, updated_at)
     SELECT $1, 'customer', id, $3, now() FROM meters WHERE name = $2
     ON CONFLICT (subject_id, meter_id) DO UPDATE SET amount = excluded.amount`,
    [toUuid(customer), meter, amount],
  );
}

const call = (customer: string, n: number, name: string, daysAgo = 0) =>
  ingestEvents(
    Array.from({ length: n }, (_, i) =>
      event(customer, `${name} ${i}`, {
        occurred_at: new Date(Date.now() - daysAgo * day).toISOString(),
      }),
    ),
  );

const alertsOf = async (customer: string, query = {}) =>
  (
    await callRoute("alerts.customer", {
      headers,
      params: { customer_id: customer },
      query,
    })
  ).body;

const mails = async (customer: string) => {
  const rows = await db.query<{ event: string }>(
    `SELECT n.event FROM notifications n WHERE n.customer_id = $1 ORDER BY n.id`,
    [toUuid(customer)],
  );
  return rows.map((row) => row.event);
};

test("a threshold is told once to a customer's people, in the app and by mail, and to the team in its list", async () => {
  const { customerId, cookie } = await w.person("owner");
  await quota(customerId, "calls", 10);
  await call(customerId, 8, "a");
  await runJobs(db);
  await runJobs(db);
  expect(await mails(customerId)).toEqual(["usage.threshold"]);
  const inbox = await callRoute("notifications.list", { headers: { cookie } });
  const notice = inbox.body.items.find(
    (one: { event: string }) => one.event === "usage.threshold",
  );
  expect(notice).toMatchObject({
    title: "80 % of Calls is used",
    href: "/portal/usage",
  });
  expect(notice.body).toContain("8 of 10");
  expect(await alertsOf(customerId)).toMatchObject({
    unread: 1,
    items: [
      {
        kind: "threshold",
        threshold: 80,
        meter: { name: "calls" },
        value: "8",
        limit: "10",
        percentage: 80,
        read_at: null,
      },
    ],
  });
  await call(customerId, 2, "b");
  await runJobs(db);
  expect(await mails(customerId)).toHaveLength(3);
});

test("a customer's people read their alerts, and the team its own: neither marks the other's", async () => {
  const { customerId, cookie } = await w.person("member");
  const stranger = await w.person("owner");
  await quota(customerId, "calls", 10);
  await call(customerId, 8, "a");
  const own = { headers: { cookie, origin: w.origin } };
  const { body } = await callRoute("alerts.list", own);
  expect(body).toMatchObject({
    unread: 1,
    items: [{ threshold: 80, recommendation: { href: "/portal/plan" } }],
  });
  expect((await alertsOf(customerId)).items[0].recommendation).toEqual({
    text: expect.stringContaining("Raise the quota"),
    href: `/customers/${customerId}/limits`,
  });
  const params = { alert_id: body.items[0].id };
  const theirs = await callRoute("alerts.read", {
    headers: { cookie: stranger.cookie, origin: w.origin },
    params,
  });
  expect(theirs.status).toBe(404);
  await callRoute("alerts.read", { ...own, params });
  expect((await callRoute("alerts.list", own)).body.unread).toBe(0);
  expect((await alertsOf(customerId)).unread).toBe(1);
  await callRoute("alerts.read", { headers, params });
  expect(await alertsOf(customerId, { unread: true })).toMatchObject({
    unread: 0,
    items: [],
  });
});

test("a quota that will not last is said once in a period, and taken back when it will", async () => {
  const { customerId } = await w.person("owner");
  // Half a period behind, half to come, whatever day it is.
  await db.query(
    `INSERT INTO customer_entitlements (customer_id, period_start, period_end, updated_at)
     VALUES ($1, now() - interval '10 days', now() + interval '10 days', now())`,
    [toUuid(customerId)],
  );
  await quota(customerId, "calls", 150);
  for (let back = 9; back >= 1; back -= 1)
    await call(customerId, 10, `day ${back}`, back);
  const kinds = async () =>
    (await alertsOf(customerId, { state: "open" })).items.map(
      (one: { kind: string }) => one.kind,
    );
  await Promise.all([watchProjections(ctx), watchProjections(ctx)]);
  await watchProjections(ctx);
  expect(await kinds()).toEqual(["projection"]);
  await runJobs(db);
  expect(await mails(customerId)).toEqual(["usage.projection"]);
  await quota(customerId, "calls", 1_000);
  await watchProjections(ctx);
  expect(await kinds()).toEqual([]);
  expect(
    (await alertsOf(customerId, { state: "recovered" })).items,
  ).toHaveLength(1);
});

test("access that ends is said seven days and one day before, once each, and not once it is renewed", async () => {
  const { customerId } = await w.person("owner");
  const ends = (days: number) =>
    db.query("UPDATE customers SET expires_at = $2 WHERE id = $1", [
      toUuid(customerId),
      new Date(Date.now() + days * day),
    ]);
  const open = async () =>
    (await alertsOf(customerId, { state: "open", kind: "expiring" })).items.map(
      (one: { threshold: number }) => one.threshold,
    );
  await ends(8);
  await watchExpiry(ctx);
  expect(await open()).toEqual([]);
  await ends(5);
  await watchExpiry(ctx);
  await watchExpiry(ctx);
  expect(await open()).toEqual([7]);
  await ends(0.5);
  await watchExpiry(ctx);
  expect((await open()).sort()).toEqual([1, 7]);
  await runJobs(db);
  const told = (await mails(customerId)).filter(
    (one) => one === "customer.expiring",
  );
  expect(told.length).toBeGreaterThanOrEqual(2);
  await ends(400);
  await watchExpiry(ctx);
  expect(await open()).toEqual([]);
});

test("alerts of a period that is over have recovered, and the next period alerts anew", async () => {
  const { id: customer } = await w.customer();
  await quota(customer, "calls", 10);
  await call(customer, 10, "a");
  await db.query(
    `INSERT INTO customer_entitlements (customer_id, period_start, period_end, previous_period_start, updated_at)
     VALUES ($1, now(), now() + interval '30 days', date_trunc('month', now()), now())`,
    [toUuid(customer)],
  );
  await rollOver(ctx);
  await rollOver(ctx);
  expect((await alertsOf(customer, { state: "open" })).items).toEqual([]);
  await call(customer, 8, "b");
  expect((await alertsOf(customer, { state: "open" })).items).toHaveLength(1);
});

test("a model without a price alerts the team, until it has one", async () => {
  await w.staff({ email: "owner@example.com", password: "a long password 1" });
  const { id: customer } = await w.customer();
  await ingestEvents([
    event(customer, "a", { provider: "new", model: "one", tokens_input: 5 }),
  ]);
  await runJobs(db);
  const list = async () =>
    (
      await callRoute("alerts.list", {
        headers,
        query: { kind: "unpriced", state: "open" },
      })
    ).body.items;
  expect(await list()).toMatchObject([
    { provider: "new", model: "one", customer: null },
  ]);
  const [notice] = await db.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM notifications WHERE event = 'usage.unpriced'",
  );
  expect(notice?.n).toBe(1);
  await callRoute("pricing.create", {
    headers,
    body: { provider: "new", model: "one", per_call: "1", source: "A test" },
  });
  await runJobs(db);
  expect(await list()).toEqual([]);
});
