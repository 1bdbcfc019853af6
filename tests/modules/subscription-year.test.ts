import { runJobs } from "../support/jobs";
import { useDatabase } from "../support/database";
import { wrongBooks } from "./payments-fixture";
import { price, subscriptionsFixture } from "./subscriptions-fixture";

const database = useDatabase();
const s = subscriptionsFixture(database);

// Every figure was reckoned by hand: 2,500.00 and 5,000.00 KES a month, due in 14 days, no tax.
test("a year of an ISP's customer: trial, renewals, an unpaid month, a way back, up, down, and the end", async () => {
  const customer_id = await s.testCustomer("2026-01-17T06:00:00Z", {
    currency: "KES",
    time_zone: "Africa/Nairobi",
  });
  const kes = (amount: number) => price(amount, "month", "KES");
  const home10 = await s.sold([kes(250_000)], { trial_days: 14 });
  const home20 = await s.sold([kes(500_000)]);
  const pay = async () => {
    await s.payAll(s.world().ctx, customer_id);
    await runJobs(database);
  };
  const at = (to: string) => s.advance(customer_id, to);

  const sub = await s.open({ customer_id, plan_version_id: home10.id });
  const is = async (wanted: object) =>
    expect(await s.read(sub)).toMatchObject(wanted);
  await is({
    status: "trialing",
    has_access: true,
    trial_end: "2026-01-31T06:00:00.000Z",
  });
  await at("2026-01-31T05:59:00Z");
  expect(await s.bills(customer_id)).toEqual([]);

  // Jan 31 → Feb 28 → Mar 31, at nine in Nairobi.
  await at("2026-02-01T00:00:00Z");
  await is({
    status: "active",
    current_period_start: "2026-01-31T06:00:00.000Z",
    current_period_end: "2026-02-28T06:00:00.000Z",
  });
  expect(await s.bills(customer_id)).toEqual(["open 250000"]);
  await pay();
  await at("2026-03-01T00:00:00Z");
  await is({ current_period_end: "2026-03-31T06:00:00.000Z" });
  expect(await s.bills(customer_id)).toEqual(["paid 250000", "open 250000"]);
  await pay();

  // The month from Mar 31 is not paid: due on Apr 14, seven days of grace, dunning to May 5.
  await at("2026-04-14T05:59:00Z");
  await is({ status: "active", has_access: true });
  await at("2026-04-15T00:00:00Z");
  await is({
    status: "past_due",
    has_access: true,
    past_due_at: "2026-04-14T06:00:00.000Z",
    grace_until: "2026-04-21T06:00:00.000Z",
  });
  await at("2026-04-22T00:00:00Z");
  await is({ status: "past_due", has_access: false });
  await at("2026-05-06T05:59:00Z");
  await is({ status: "past_due" });
  const dunned = await database.query<{ payload: { day: number } }>(
    "SELECT payload FROM outbox WHERE name = 'subscription.dunning' ORDER BY id",
  );
  expect(dunned.map(({ payload }) => payload.day)).toEqual([2, 7, 14, 21]);
  await at("2026-05-10T06:00:00Z");
  await is({ status: "unpaid", has_access: false });
  // Nobody is billed for time without access.
  expect(await s.bills(customer_id)).toEqual([
    "paid 250000",
    "paid 250000",
    "open 250000",
  ]);

  // It is paid on May 10: a new period begins then, and is billed.
  await pay();
  await is({
    status: "active",
    has_access: true,
    current_period_start: "2026-05-10T06:00:00.000Z",
    current_period_end: "2026-06-10T06:00:00.000Z",
  });
  await pay();

  // Sixteen of thirty-one days are left: 2,580.65 for them, less 1,290.32 that was paid.
  await at("2026-05-25T06:00:00Z");
  const wanted = { plan_version_id: home20.id };
  const preview = await s.send(
    "subscriptions.preview",
    { subscription_id: sub.id },
    { act: "change", ...wanted },
  );
  expect(preview.body.now).toMatchObject({
    lines: [
      { kind: "proration", amount: { amount: -129_032, currency: "KES" } },
      { kind: "proration", amount: { amount: 258_065, currency: "KES" } },
    ],
    total: { amount: 129_033, currency: "KES" },
  });
  await s.verb("change", sub, { ...wanted, at: preview.body.at });
  await pay();
  await at("2026-06-11T00:00:00Z");
  await pay();

  // Down again when the period ends.
  await at("2026-06-20T00:00:00Z");
  const lower = await s.verb("change", sub, { plan_version_id: home10.id });
  expect(lower).toMatchObject({
    plan_version_id: home20.id,
    scheduled_change: {
      status: "scheduled",
      effective_at: "2026-07-10T06:00:00.000Z",
      after: { amount: { amount: 250_000, currency: "KES" } },
    },
  });
  await at("2026-07-11T00:00:00Z");
  await is({ plan_version_id: home10.id, scheduled_change: null });
  await pay();

  await at("2026-07-15T00:00:00Z");
  await s.verb("cancel", sub, {
    when: "period_end",
    reason: "switched_service",
    comment: "Moved away",
  });
  await is({ status: "active", cancel_at: "2026-08-10T06:00:00.000Z" });
  await at("2027-01-31T00:00:00Z");
  await is({
    status: "canceled",
    has_access: false,
    cancel_reason: "switched_service",
    ended_at: "2026-08-10T06:00:00.000Z",
  });

  expect(await s.bills(customer_id)).toEqual([
    "paid 250000",
    "paid 250000",
    "paid 250000",
    "paid 250000",
    "paid 129033",
    "paid 500000",
    "paid 250000",
  ]);
  const { body } = await s.send("customers.get", { customer_id });
  expect(body).toMatchObject({
    total_revenue: { amount: 1_879_033, currency: "KES" },
    balance: { amount: 0, currency: "KES" },
    total_subscriptions: 1,
    active_subscriptions: 0,
    outstanding_invoices: 0,
    overdue_invoices: 0,
  });
  expect(await wrongBooks(database)).toEqual([]);
}, 300_000);

test("the clock of a subscription is its customer's", async () => {
  const customer_id = await s.testCustomer("2026-03-01T00:00:00Z");
  const version = await s.sold([price(1_000)]);
  const sub = await s.open({ customer_id, plan_version_id: version.id });
  await s.payAll(s.world().ctx, customer_id);
  const { status, body } = await s.send(
    "subscriptions.advanceClockOf",
    { subscription_id: sub.id },
    { to: "2026-04-02T00:00:00Z" },
  );
  expect([status, body.clock_at]).toEqual([200, "2026-04-02T00:00:00.000Z"]);
  expect(await s.bills(customer_id)).toEqual(["paid 1000", "open 1000"]);
}, 60_000);

test("the clock goes on for test customers only, and never back", async () => {
  const { id } = await s.world().customer();
  const advance = (customer_id: string, to: string) =>
    s.send("subscriptions.advanceClock", { customer_id }, { to });
  expect(await advance(id, "2030-01-01T00:00:00Z")).toMatchObject({
    status: 409,
  });
  const tested = await s.testCustomer("2026-03-01T00:00:00Z");
  expect(await advance(tested, "2026-02-01T00:00:00Z")).toMatchObject({
    status: 409,
    body: { details: { clock_at: "2026-03-01T00:00:00.000Z" } },
  });
});
