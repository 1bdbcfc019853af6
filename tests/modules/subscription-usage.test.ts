import { runDue } from "@/modules/subscriptions";
import type { Ctx } from "@/platform/context";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { wrongBooks } from "./payments-fixture";
import { calls, perCall } from "./plans-fixture";
import { day, price, subscriptionsFixture } from "./subscriptions-fixture";

const database = useDatabase();
const s = subscriptionsFixture(database);

afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

const inDays = (days: number): Ctx => {
  const { ctx } = s.world();
  return { ...ctx, now: () => new Date(Date.now() + days * day) };
};

let ids = 0;
/** So many calls, some days ago. */
async function call(customer_id: string, count: number, daysAgo: number) {
  const occurred_at = new Date(Date.now() - daysAgo * day).toISOString();
  const body = Array.from({ length: count }, () => ({
    ...{ id: `call-${(ids += 1)}`, customer_id, meter: "calls", occurred_at },
  }));
  const answer = await callRoute("usage.ingest", {
    headers: s.headers(),
    body,
  });
  expect(answer.body).toMatchObject({ accepted: count });
}

async function metered(plan: object = calls({ quota: 2, overage: true })) {
  const { id } = await s.world().customer();
  const version = await s.sold([price(1_000)], {
    // Safe: as the tests of plans make them.
    features: [plan as never],
    charges: [perCall("0.5") as never],
  });
  return s.open({
    ...{ customer_id: id, plan_version_id: version.id },
    starts_at: new Date(Date.now() - 20 * day).toISOString(),
  });
}

test("use beyond what the plan includes is billed with the next period, and what comes late as an adjustment", async () => {
  const sub = await metered();
  const { customer_id } = sub;
  await call(customer_id, 5, 10);
  await s.payAll(s.world().ctx, customer_id);
  await runDue(inDays(12));
  // Three calls beyond the two, at half a dollar.
  expect(await s.bills(customer_id)).toEqual(["paid 1000", "open 1150"]);
  await s.payAll(s.world().ctx, customer_id);
  await call(customer_id, 1, 9);
  await runDue(inDays(12 + 31));
  const [, second, third] = await s.invoicesOf(customer_id);
  expect(second?.lines.map(({ kind }) => kind)).toEqual([
    "base_fee",
    "overage",
  ]);
  expect(third?.lines.map(({ kind, amount }) => [kind, amount.amount])).toEqual(
    [
      ["base_fee", 1_000],
      ["adjustment", 50],
    ],
  );
}, 60_000);

test("an end bills what was used so far, once, and shows it before", async () => {
  const sub = await metered();
  await call(sub.customer_id, 4, 3);
  const shown = await s.send(
    "subscriptions.preview",
    { subscription_id: sub.id },
    { act: "cancel", when: "now" },
  );
  expect(shown.body.now.total).toEqual({ amount: 100, currency: "USD" });
  await s.verb("cancel", sub, { when: "now" });
  await runDue(inDays(40));
  expect(await s.bills(sub.customer_id)).toEqual(["open 1000", "open 100"]);
});

test("what was used before an end and came in after it is billed once its days are over, and later use never", async () => {
  const sub = await metered();
  const { customer_id } = sub;
  await call(customer_id, 4, 3);
  await s.verb("cancel", sub, { when: "now" });
  await call(customer_id, 2, 5);
  await call(customer_id, 9, 0);
  expect(await s.bills(customer_id)).toEqual(["open 1000", "open 100"]);
  await runDue(inDays(37));
  await runDue(inDays(74));
  expect(await s.bills(customer_id)).toEqual([
    ...["open 1000", "open 100", "open 100"],
  ]);
  const last = (await s.invoicesOf(customer_id)).at(-1);
  expect(last?.lines).toMatchObject([{ kind: "adjustment", quantity: "2" }]);
}, 60_000);

test("what comes late of a year is billed with the next one", async () => {
  const { id: customer_id } = await s.world().customer();
  const version = await s.sold([price(1_000, "year")], {
    // Safe: as the tests of plans make them.
    features: [calls({ quota: 2, overage: true }) as never],
    charges: [perCall("0.5") as never],
  });
  await s.open({
    ...{ customer_id, plan_version_id: version.id, interval: "year" },
    starts_at: new Date(Date.now() - 360 * day).toISOString(),
  });
  await s.payAll(s.world().ctx, customer_id);
  await runDue(inDays(6));
  await s.payAll(s.world().ctx, customer_id);
  await call(customer_id, 5, 20);
  await runDue(inDays(6 + 366));
  const third = (await s.invoicesOf(customer_id)).at(-1);
  expect(third?.lines.map(({ kind, amount }) => [kind, amount.amount])).toEqual(
    [
      ["base_fee", 1_000],
      ["adjustment", 150],
    ],
  );
}, 60_000);

test("a customer that is archived is billed what it used, and no further period", async () => {
  const sub = await metered();
  const { customer_id } = sub;
  await s.payAll(s.world().ctx, customer_id);
  await call(customer_id, 4, 3);
  await callRoute("customers.setStatus", {
    headers: s.headers(),
    params: { customer_id },
    body: { status: "archived" },
  });
  await runDue(inDays(12));
  expect(await s.bills(customer_id)).toEqual(["paid 1000", "open 100"]);
  expect(await s.read(sub)).toMatchObject({ status: "canceled" });
  await runDue(inDays(100));
  expect(await s.bills(customer_id)).toHaveLength(2);
});

test("a customer that is suspended goes on being billed", async () => {
  const sub = await metered();
  await s.payAll(s.world().ctx, sub.customer_id);
  await callRoute("customers.setStatus", {
    headers: s.headers(),
    params: { customer_id: sub.customer_id },
    body: { status: "suspended" },
  });
  await runDue(inDays(12));
  expect(await s.bills(sub.customer_id)).toEqual(["paid 1000", "open 1000"]);
});

test("a downgrade is billed by the old terms for the period that ended, and by the new ones from then on", async () => {
  const sub = await metered();
  const cheap = await s.sold([price(400)]);
  await call(sub.customer_id, 4, 3);
  await s.payAll(s.world().ctx, sub.customer_id);
  await s.verb("change", sub, { plan_version_id: cheap.id });
  await runDue(inDays(12));
  expect(await s.bills(sub.customer_id)).toEqual(["paid 1000", "open 500"]);
});

test("of two subscriptions one bills a customer's use", async () => {
  const sub = await metered();
  const version = { plan_version_id: sub.plan_version_id };
  await s.open({
    ...{ customer_id: sub.customer_id, ...version },
    starts_at: new Date(Date.now() - 20 * day + 1_000).toISOString(),
  });
  await call(sub.customer_id, 4, 3);
  await s.payAll(s.world().ctx, sub.customer_id);
  await runDue(inDays(12));
  const bills = await s.bills(sub.customer_id);
  expect(bills.sort()).toEqual([
    ...["open 1000", "open 1100", "paid 1000", "paid 1000"],
  ]);
});
