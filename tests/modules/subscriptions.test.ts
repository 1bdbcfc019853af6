import { createCoupon } from "@/modules/invoices";
import { runJobs } from "../support/jobs";
import { useDatabase } from "../support/database";
import { randomText, toUuid } from "@/shared/ids";
import { wrongBooks } from "./payments-fixture";
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

describe("opening", () => {
  test("bills the first period at once, gives access, and counts at the customer", async () => {
    const version = await s.sold([price(1_000)]);
    const sub = await s.open({
      customer_id,
      plan_version_id: version.id,
      quantity: 3,
    });
    expect(sub).toMatchObject({
      status: "active",
      has_access: true,
      amount: { amount: 3_000, currency: "USD" },
      current_period_end: "2026-02-28T10:00:00.000Z",
    });
    expect(await s.bills(customer_id)).toEqual(["open 3000"]);
    expect(await inForce()).toBe(true);
    const { body } = await s.send("customers.get", { customer_id });
    expect([body.total_subscriptions, body.active_subscriptions]).toEqual([
      1, 1,
    ]);
  });

  test("costs what its preview said, to the last unit, with a coupon", async () => {
    const version = await s.sold([price(999)]);
    const code = randomText(10).toUpperCase();
    await createCoupon(s.world().ctx, {
      ...{ code, name: "Third off", percent: "33.3", duration: "once" },
    });
    const body = { customer_id, plan_version_id: version.id, coupon: code };
    const shown = await s.send("subscriptions.previewOpen", {}, body);
    expect(shown.body.now.due).toEqual({ amount: 666, currency: "USD" });
    expect(shown.body.next.amount).toEqual({ amount: 999, currency: "USD" });
    expect(await s.bills(customer_id)).toEqual([]);
    await s.open(body);
    await s.payAll(s.world().ctx, customer_id);
    await s.advance(customer_id, "2026-03-01T00:00:00Z");
    expect(await s.bills(customer_id)).toEqual(["paid 666", "open 999"]);
  });

  test.each([
    ["JPY", 1_001, 501],
    ["USD", 1_001, 501],
    ["KWD", 12_345, 6_173],
  ])("bills %s in its own minor units", async (currency, full, half) => {
    const version = await s.sold([price(full, "month", currency)]);
    const code = randomText(10).toUpperCase();
    await createCoupon(s.world().ctx, {
      ...{ code, name: "Half", percent: "50", duration: "once" },
    });
    const plain = { customer_id, plan_version_id: version.id, currency };
    await s.open({ ...plain, coupon: code });
    await s.payAll(s.world().ctx, customer_id);
    await s.advance(customer_id, "2026-03-01T00:00:00Z");
    const bills = await s.invoicesOf(customer_id);
    // Half of an odd amount is rounded away from zero, and taken off.
    expect(bills.map(({ total }) => total)).toEqual([
      { amount: full - half, currency },
      { amount: full, currency },
    ]);
  });

  test("refuses a currency that the plan, or a coupon, is not sold in, and a plan's draft", async () => {
    const version = await s.sold([price(1_000)]);
    const code = randomText(10).toUpperCase();
    await createCoupon(s.world().ctx, {
      ...{ code, name: "Five", duration: "once" },
      amount: { amount: 500, currency: "EUR" },
    });
    const body = { customer_id, plan_version_id: version.id };
    for (const more of [
      { currency: "EUR" },
      { interval: "year" },
      { coupon: code },
      { coupon: "NOBODY" },
      { starts_at: "2026-02-01T00:00:00Z" },
      { starts_at: "2025-12-01T00:00:00Z" },
    ]) {
      const answer = await s.send(
        "subscriptions.open",
        {},
        { ...body, ...more },
      );
      expect([more, answer.status]).toEqual([more, 409]);
    }
    expect(await s.bills(customer_id)).toEqual([]);
  });

  test("a trial bills nothing until it ends, and is given once", async () => {
    const version = await s.sold([price(1_000)], { trial_days: 7 });
    const sub = await s.open({ customer_id, plan_version_id: version.id });
    expect(sub).toMatchObject({ status: "trialing", has_access: true });
    await s.verb("extendTrial", sub, { until: "2026-02-20T10:00:00Z" });
    await s.advance(customer_id, "2026-02-19T00:00:00Z");
    expect(await s.bills(customer_id)).toEqual([]);
    await s.advance(customer_id, "2026-02-21T00:00:00Z");
    expect(await s.read(sub)).toMatchObject({
      status: "active",
      current_period_start: "2026-02-20T10:00:00.000Z",
      current_period_end: "2026-03-20T10:00:00.000Z",
    });
    expect(await s.bills(customer_id)).toEqual(["open 1000"]);
    const again = await s.open({ customer_id, plan_version_id: version.id });
    expect(again.status).toBe("active");
  });

  test("that waits for its first payment has no access, and expires without it", async () => {
    const version = await s.sold([price(1_000)]);
    const body = {
      ...{ customer_id, plan_version_id: version.id, awaits_payment: true },
    };
    const sub = await s.open(body);
    expect(sub).toMatchObject({ status: "incomplete", has_access: false });
    expect(await inForce()).toBeNull();
    await s.payAll(s.world().ctx, customer_id);
    await runJobs(database);
    expect(await s.read(sub)).toMatchObject({
      status: "active",
      has_access: true,
    });
    expect(await inForce()).toBe(true);
    const late = await s.open(body);
    await s.advance(customer_id, "2026-02-02T00:00:00Z");
    expect(await s.read(late)).toMatchObject({
      status: "incomplete_expired",
      has_access: false,
    });
    expect(await s.bills(customer_id)).toEqual(["paid 1000", "void 1000"]);
  });
});

describe("a change", () => {
  test("of the interval gives back what is unused and begins a period of its own", async () => {
    const version = await s.sold([price(3_100), price(30_000, "year")]);
    const customer = await s.testCustomer("2026-03-01T00:00:00Z");
    const sub = await s.open({
      ...{ customer_id: customer, plan_version_id: version.id },
    });
    await s.payAll(s.world().ctx, customer);
    await s.advance(customer, "2026-03-11T00:00:00Z");
    // A year costs less than twelve months, so unless said it would wait.
    const wanted = { interval: "year", when: "now" };
    const shown = await preview(sub.id, { act: "change", ...wanted });
    // 21 of 31 days are left of 31.00.
    expect(shown.now.total.amount).toBe(27_900);
    const after = await s.verb("change", sub, wanted);
    expect(after).toMatchObject({
      current_period_start: "2026-03-11T00:00:00.000Z",
      current_period_end: "2027-03-11T00:00:00.000Z",
      period_number: 1,
    });
    await s.advance(customer, "2027-03-12T00:00:00Z");
    const bills = await s.bills(customer);
    expect(bills.slice(0, 2)).toEqual(["paid 3100", "open 27900"]);
  }, 60_000);

  test("down waits for the period's end, can be called off, and now gives credit", async () => {
    const [big, small] = [
      await s.sold([price(2_800)]),
      await s.sold([price(1_400)]),
    ];
    const customer = await s.testCustomer("2026-02-01T00:00:00Z");
    const sub = await s.open({
      ...{ customer_id: customer, plan_version_id: big.id },
    });
    await s.payAll(s.world().ctx, customer);
    const down = { plan_version_id: small.id };
    const { scheduled_change } = await s.verb("change", sub, down);
    const off = await s.send("subscriptions.cancelChange", {
      ...{ subscription_id: sub.id, change_id: scheduled_change?.id ?? "" },
    });
    expect(off.body.scheduled_change).toBeNull();
    await s.advance(customer, "2026-02-15T00:00:00Z");
    await s.verb("change", sub, { ...down, when: "now" });
    // Half of February is left: 14.00 back, 7.00 charged.
    const { body } = await s.send("customers.get", { customer_id: customer });
    expect(body.balance).toEqual({ amount: 700, currency: "USD" });
    await s.advance(customer, "2026-03-02T00:00:00Z");
    const last = (await s.invoicesOf(customer)).at(-1);
    expect([last?.total.amount, last?.due.amount]).toEqual([1_400, 700]);
  }, 60_000);

  test("is refused while it is going to be canceled, paused or not paid, and when nothing changes", async () => {
    const version = await s.sold([price(1_000)]);
    const sub = await s.open({ customer_id, plan_version_id: version.id });
    await s.refused("change", sub, { quantity: 1 });
    await s.refused("change", sub, {
      ...{ quantity: 2, at: "2026-01-01T00:00:00Z" },
    });
    await s.verb("cancel", sub, {});
    await s.refused("change", sub, { quantity: 2 });
    await s.refused("cancel", sub, {});
    await s.verb("resume", sub);
    await s.refused("resume", sub);
    await s.verb("pause", sub, {});
    await s.refused("change", sub, { quantity: 2 });
    await s.refused("pause", sub, {});
    await s.verb("unpause", sub);
    await s.refused("unpause", sub);
    await s.refused("extendTrial", sub, { until: "2030-01-01T00:00:00Z" });
    expect(await s.bills(customer_id)).toEqual(["open 1000"]);
  });
});
