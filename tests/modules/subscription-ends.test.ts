import { runJobs } from "../support/jobs";
import { useDatabase } from "../support/database";
import { listCustomerPayments } from "@/modules/payments";
import { applyFact } from "@/modules/payments/service/facts";
import { transaction } from "@/platform/db/transaction";
import { toUuid } from "@/shared/ids";
import { disputeFact, saveCard, wrongBooks } from "./payments-fixture";
import { price, subscriptionsFixture } from "./subscriptions-fixture";

const database = useDatabase();
const s = subscriptionsFixture(database);

const start = "2026-01-31T10:00:00Z";
let customer_id: string;
beforeEach(async () => {
  customer_id = await s.testCustomer(start);
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

const inForce = async () => {
  const [row] = await database.query<{ is_in_force: boolean; plan_id: string }>(
    "SELECT is_in_force, plan_id FROM customer_entitlements WHERE customer_id = $1",
    [toUuid(customer_id)],
  );
  return row?.is_in_force ?? null;
};
const preview = async (id: string, body: object) =>
  (await s.send("subscriptions.preview", { subscription_id: id }, { ...body }))
    .body;

describe("a card", () => {
  test("is charged for each period, and a failed charge makes it past due until one passes", async () => {
    await saveCard(s.world().ctx, database, customer_id);
    const version = await s.sold([price(1_000)]);
    const sub = await s.open({
      ...{ customer_id, plan_version_id: version.id, provider: "sandbox" },
    });
    expect(sub.status).toBe("incomplete");
    await runJobs(database);
    expect(await s.read(sub)).toMatchObject({ status: "active" });
    await s.advance(customer_id, "2026-03-01T00:00:00Z");
    expect(await s.bills(customer_id)).toEqual(["paid 1000", "paid 1000"]);
    await database.query("UPDATE payment_methods SET detached_at = now()");
    await s.advance(customer_id, "2026-04-01T00:00:00Z");
    expect(await s.read(sub)).toMatchObject({ status: "past_due" });
    await database.query("UPDATE payment_methods SET detached_at = NULL");
    await s.advance(customer_id, "2026-04-03T00:00:00Z");
    expect(await s.read(sub)).toMatchObject({
      status: "active",
      past_due_at: null,
      grace_until: null,
    });
  }, 60_000);

  test("that declines takes an upgrade back, and its invoice is void", async () => {
    await saveCard(s.world().ctx, database, customer_id, "declines");
    const free = await s.sold([price(0)]);
    const paid = await s.sold([price(3_100)]);
    const body = { customer_id, plan_version_id: free.id, provider: "sandbox" };
    const sub = await s.open(body);
    const up = await s.verb("change", sub, { plan_version_id: paid.id });
    expect(up.plan_version_id).toBe(paid.id);
    expect(await s.refused("change", sub, { quantity: 2 })).toContain(
      "under way",
    );
    await runJobs(database);
    expect(await s.read(sub)).toMatchObject({
      status: "active",
      plan_version_id: free.id,
      amount: { amount: 0, currency: "USD" },
    });
    expect(await s.bills(customer_id)).toEqual(["void 3100"]);
    const changes = await s.send("subscriptions.changes", {
      subscription_id: sub.id,
    });
    expect(
      changes.body.items.map((one: { kind: string; status: string }) => [
        one.kind,
        one.status,
      ]),
    ).toEqual([
      ["roll_back", "applied"],
      ["change", "failed"],
      ["create", "applied"],
    ]);
  }, 60_000);
});

test("a payment that its bank took back makes it past due, and no card is charged for it again", async () => {
  const { ctx } = s.world();
  await saveCard(ctx, database, customer_id);
  const version = await s.sold([price(1_000)]);
  const sub = await s.open({
    ...{ customer_id, plan_version_id: version.id, provider: "sandbox" },
  });
  await runJobs(database);
  const payments = async () =>
    (await listCustomerPayments(ctx, customer_id, {})).items;
  const [charged] = await payments();
  await transaction(ctx, (tx) =>
    applyFact(
      tx,
      "sandbox",
      disputeFact({ there: charged?.provider_payment_id ?? "" }),
    ),
  );
  await runJobs(database);
  expect(await s.read(sub)).toMatchObject({ status: "past_due" });
  await s.advance(customer_id, "2026-02-08T00:00:00Z");
  expect(await s.read(sub)).toMatchObject({ status: "past_due" });
  expect(await s.bills(customer_id)).toEqual(["open 1000"]);
  expect(await payments()).toHaveLength(1);
  await s.payAll(ctx, customer_id);
  await runJobs(database);
  expect(await s.read(sub)).toMatchObject({ status: "active" });
}, 60_000);

describe("an end", () => {
  test("now stops access at once, and can give back what is unused", async () => {
    const version = await s.sold([price(2_800)]);
    const customer = await s.testCustomer("2026-02-01T00:00:00Z");
    const sub = await s.open({
      ...{ customer_id: customer, plan_version_id: version.id },
    });
    await s.payAll(s.world().ctx, customer);
    await s.advance(customer, "2026-02-15T00:00:00Z");
    const wanted = { when: "now", credit_unused: true, reason: "unused" };
    const shown = await preview(sub.id, { act: "cancel", ...wanted });
    expect(shown).toMatchObject({
      status: "canceled",
      now: { total: { amount: -1_400, currency: "USD" } },
    });
    expect(await s.verb("cancel", sub, wanted)).toMatchObject({
      status: "canceled",
      has_access: false,
      ended_at: "2026-02-15T00:00:00.000Z",
    });
    await s.refused("cancel", sub, wanted);
    const { body } = await s.send("customers.get", { customer_id: customer });
    expect(body.balance).toEqual({ amount: 1_400, currency: "USD" });
    expect(body.active_subscriptions).toBe(0);
  });

  test("a pause stops access and bills; after the period's end a new one begins", async () => {
    const version = await s.sold([price(1_000)]);
    const sub = await s.open({ customer_id, plan_version_id: version.id });
    await s.payAll(s.world().ctx, customer_id);
    await s.verb("pause", sub, { until: "2026-05-01T00:00:00Z" });
    expect(await inForce()).toBe(false);
    await s.advance(customer_id, "2026-04-30T00:00:00Z");
    expect(await s.bills(customer_id)).toEqual(["paid 1000"]);
    await s.advance(customer_id, "2026-05-02T00:00:00Z");
    expect(await s.read(sub)).toMatchObject({
      status: "active",
      has_access: true,
      current_period_start: "2026-05-01T00:00:00.000Z",
    });
    expect(await s.bills(customer_id)).toEqual(["paid 1000", "open 1000"]);
    expect(await inForce()).toBe(true);
  });

  test("of dunning is a cancellation where the settings say so", async () => {
    const params = {};
    const group = {
      ...{ grace_days: 0, dunning_end: "canceled", payment_window_hours: 24 },
      ...{ trial_notice_days: 3, renewal_notice_days: 7 },
    };
    await s.send("settings.update", params, { subscriptions: group });
    const version = await s.sold([price(1_000)]);
    const sub = await s.open({ customer_id, plan_version_id: version.id });
    await s.advance(customer_id, "2026-02-15T00:00:00Z");
    expect(await s.read(sub)).toMatchObject({
      status: "past_due",
      has_access: false,
    });
    await s.advance(customer_id, "2026-04-01T00:00:00Z");
    expect(await s.read(sub)).toMatchObject({
      status: "canceled",
      cancel_reason: "not_paid",
    });
    await s.send("settings.update", params, {
      subscriptions: { ...group, grace_days: 7, dunning_end: "unpaid" },
    });
  });
});
