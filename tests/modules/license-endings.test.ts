import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runTimer, tell } from "../support/license-jobs";
import { licenseFixture } from "./license-fixture";

const database = useDatabase();
const { held, issue, on, validate, activate, totals, age, events } =
  licenseFixture(database);
let headers: Record<string, string>;
let customer_id: string;
beforeEach(() => {
  ({ headers, customer_id } = held);
});

test("a license is expired at its end, whoever asks first; the timer then says so once", async () => {
  const { id, key } = await issue();
  await age(key, "expires_at", "40 days");
  expect(await validate(key)).toMatchObject({ code: "EXPIRED" });
  expect((await on("get", id)).body.status).toBe("expired");
  const found = await callRoute("licenses.list", {
    headers,
    query: { customer_id, status: "expired" },
  });
  expect(found.body.items).toHaveLength(1);
  expect(await totals()).toEqual([1, 1]);
  await runTimer("licenses_watch");
  await runTimer("licenses_watch");
  expect(await totals()).toEqual([0, 1]);
  expect(await events("license.expired", id)).toHaveLength(1);
});

test("renewing adds a cycle to what is left, and begins anew from now when nothing is", async () => {
  const { id, key, expires_at } = await issue({ interval: "year" });
  const renewed = (await on("renew", id, {})).body;
  const years = (at: string) => Number(at.slice(0, 4));
  expect(years(renewed.expires_at)).toBe(years(expires_at) + 1);
  await age(key, "expires_at", "3 years");
  // Nobody has run the timer: the totals still have it, and must not have it twice.
  expect((await on("renew", id, {})).body.status).toBe("active");
  expect(await totals()).toEqual([1, 1]);
  expect(await validate(key)).toMatchObject({ valid: true });
  const end = "2990-01-01T00:00:00.000Z";
  const set = await on("renew", id, { expires_at: end });
  expect(set.body.expires_at).toBe(end);
  const past = await on("renew", id, { expires_at: "2020-01-01T00:00:00Z" });
  expect(past.status).toBe(400);
  const { id: endless } = await issue({ interval: "once" });
  expect((await on("renew", endless, {})).status).toBe(409);
});

test("a license that starts on activation waits, and its days begin with the first activation", async () => {
  const { id, key, expires_at, status } = await issue({
    interval: "once",
    valid_days: 30,
    starts_on_activation: true,
    max_machines: 2,
  });
  expect([status, expires_at]).toEqual(["pending", null]);
  expect(await totals()).toEqual([0, 1]);
  expect(await validate(key, { machine: "a" })).toMatchObject({
    code: "PENDING",
  });
  expect((await on("renew", id, {})).status).toBe(409);
  const { body } = await activate(key, "a");
  expect(body).toMatchObject({ valid: true, license: { status: "active" } });
  const days = (Date.parse(body.license.expires_at) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29.99);
  expect(days).toBeLessThanOrEqual(30);
  expect(await totals()).toEqual([1, 1]);
  await activate(key, "b");
  const again = await on("get", id);
  expect(again.body.expires_at).toBe(body.license.expires_at);
});

test("reminders of an end come 14 and 3 days before, once each, and again after a renewal", async () => {
  const { id, key } = await issue();
  const at = (days: number) =>
    database.query(
      "UPDATE licenses SET expires_at = now() + make_interval(days => $2) - interval '1 minute' WHERE key = $1",
      [key, days],
    );
  const told = async () =>
    (await events("license.expiring", id)).map(
      ({ payload }) => payload["days"],
    );
  await at(20);
  await runTimer("licenses_watch");
  expect(await told()).toEqual([]);
  await at(14);
  await runTimer("licenses_watch");
  await runTimer("licenses_watch");
  expect(await told()).toEqual([14]);
  await at(3);
  await runTimer("licenses_watch");
  await runTimer("licenses_watch");
  expect(await told()).toEqual([14, 3]);
  await on("renew", id, {});
  await at(2);
  await runTimer("licenses_watch");
  expect(await told()).toEqual([14, 3, 3]);
});

describe("the end of a subscription", () => {
  const subscription = "sub_01jd0000000000000000000000";
  async function withSubscription() {
    const made = await issue();
    await database.query(
      "UPDATE licenses SET subscription_id = gen_random_uuid() WHERE key = $1",
      [made.key],
    );
    const [row] = await database.query<{ id: string }>(
      "SELECT subscription_id AS id FROM licenses WHERE key = $1",
      [made.key],
    );
    return { ...made, subscription: row?.id ?? subscription };
  }
  const set = (on_subscription_end: string) =>
    callRoute("settings.update", {
      headers,
      body: { licenses: { on_subscription_end } },
    });

  test("suspends its licenses, and they come back with it, but not those that staff suspended", async () => {
    await set("suspend");
    const one = await withSubscription();
    await tell(database, "subscription.canceled", one.subscription);
    expect(await validate(one.key)).toMatchObject({ code: "SUSPENDED" });
    await tell(database, "subscription.reactivated", one.subscription);
    expect(await validate(one.key)).toMatchObject({ code: "VALID" });
    await on("suspend", one.id, {});
    await tell(database, "subscription.unpaid", one.subscription);
    await tell(database, "subscription.reactivated", one.subscription);
    expect(await validate(one.key)).toMatchObject({ code: "SUSPENDED" });
  });

  test("expires them, or leaves them, as the setting says", async () => {
    const [expired, kept] = [
      await withSubscription(),
      await withSubscription(),
    ];
    await set("expire");
    await tell(database, "subscription.unpaid", expired.subscription);
    expect(await validate(expired.key)).toMatchObject({ code: "EXPIRED" });
    expect(await totals()).toEqual([1, 2]);
    await set("keep");
    await tell(database, "subscription.canceled", kept.subscription);
    expect(await validate(kept.key)).toMatchObject({ code: "VALID" });
    await set("suspend");
  });
});
