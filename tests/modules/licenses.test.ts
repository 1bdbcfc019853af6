import { runTimer, tell } from "../support/license-jobs";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { license } from "../support/licenses";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
let customer_id: string;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});
beforeEach(async () => {
  customer_id = (await w.customer({ time_zone: "Africa/Nairobi" })).id;
});

const issue = async (body: object = {}) =>
  (
    await callRoute("licenses.issue", {
      headers,
      body: { customer_id, ...body },
    })
  ).body;
const on = (verb: string, license_id: string, body?: unknown) =>
  callRoute(`licenses.${verb}`, { headers, params: { license_id }, body });
const byKey = (call: string, body: object, activation_id = "") =>
  callRoute(`licenses.${call}`, { body, params: { activation_id } });
const validate = async (key: string, place: object = {}) =>
  (await byKey("validate", { key, ...place })).body;
const activate = (key: string, identifier: string, kind = "machine") =>
  byKey("activate", { key, kind, identifier });
const totals = async (id = customer_id) => {
  const params = { customer_id: id };
  const { body } = await callRoute("customers.get", { headers, params });
  return [body.active_licenses, body.total_licenses];
};
const age = (id: string, column: string, interval: string) =>
  database.query(
    `UPDATE licenses SET ${column} = ${column} - $2::interval
     WHERE id = (SELECT id FROM licenses WHERE key = $1)`,
    [id, interval],
  );
const events = (name: string, id: string) =>
  database.query<{ payload: Record<string, unknown> }>(
    "SELECT payload FROM outbox WHERE name = $1 AND payload->>'license_id' = $2 ORDER BY id",
    [name, id],
  );

test("a license has a key of its own, is valid at once, and ends with its cycle in the customer's zone", async () => {
  const made = await issue({
    name: "Pro",
    interval: "month",
    quotas: { users: 5 },
  });
  expect(made.key).toMatch(
    /^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/,
  );
  const [row] = await database.query<{ right: boolean }>(
    `SELECT expires_at = ((created_at AT TIME ZONE 'Africa/Nairobi') + interval '1 month') AT TIME ZONE 'Africa/Nairobi' AS right
     FROM licenses WHERE key = $1`,
    [made.key],
  );
  expect(row?.right).toBe(true);
  expect(
    await validate(made.key.toLowerCase().replaceAll("-", "")),
  ).toMatchObject({
    valid: true,
    code: "VALID",
    license: {
      id: made.id,
      customer_id,
      status: "active",
      quotas: { users: 5 },
    },
  });
  expect(await totals()).toEqual([1, 1]);
});

test("a key that nobody has and one that is mistyped get the same answer, here and at every other door", async () => {
  const { key } = await issue();
  const mistyped = key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");
  const other = (await license(w.ctx)).key;
  await database.query("UPDATE licenses SET key = 'gone' WHERE key = $1", [
    other,
  ]);
  const unknown = await validate(other);
  expect(unknown).toMatchObject({
    valid: false,
    code: "NOT_FOUND",
    license: null,
  });
  expect(await validate(mistyped)).toEqual(unknown);
  expect(await validate("x")).toEqual(unknown);
  const place = { kind: "machine", identifier: "a" };
  for (const call of ["activate", "heartbeat", "release"] as const) {
    const id = "act_01jd0000000000000000000000";
    const ask = (key: string) =>
      byKey(call, { key, ...(call === "activate" && place) }, id);
    const [a, b] = [await ask(other), await ask(mistyped)];
    expect(a.status).toBe(404);
    expect({ ...a.body, request_id: "" }).toEqual({
      ...b.body,
      request_id: "",
    });
  }
});

test("a suspended license fails validation and says why, and is valid again when it is reinstated", async () => {
  const { id, key } = await issue();
  const suspended = await on("suspend", id, { reason: "Shared" });
  expect(suspended.body).toMatchObject({
    status: "suspended",
    suspended_by: "staff",
  });
  expect(await validate(key)).toMatchObject({
    valid: false,
    code: "SUSPENDED",
  });
  expect(await totals()).toEqual([0, 1]);
  expect((await on("suspend", id, {})).status).toBe(409);
  expect((await on("reinstate", id, {})).body.status).toBe("active");
  expect(await validate(key)).toMatchObject({ valid: true });
  expect((await on("reinstate", id, {})).status).toBe(409);
  expect(await totals()).toEqual([1, 1]);
});

test("a revoked license is over for good: nothing brings it back, and its slots are free", async () => {
  const { id, key } = await issue({ max_machines: 1 });
  await activate(key, "a");
  const revoked = await on("revoke", id);
  expect(revoked.body).toMatchObject({ status: "revoked", machines: 0 });
  expect(await validate(key, { machine: "a" })).toMatchObject({
    code: "REVOKED",
  });
  expect(await totals()).toEqual([0, 0]);
  expect((await on("revoke", id)).status).toBe(200);
  expect(await totals()).toEqual([0, 0]);
  for (const verb of ["suspend", "reinstate", "renew", "update"])
    expect([verb, (await on(verb, id, {})).status]).toEqual([verb, 409]);
  const refused = await activate(key, "a");
  expect([refused.status, refused.body.details]).toEqual([
    409,
    { code: "REVOKED" },
  ]);
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

test("a transferred license keeps its key, frees its slots, and counts with its new customer", async () => {
  const { id, key } = await issue({ max_machines: 1 });
  await activate(key, "a");
  const to = await w.customer();
  const moved = await on("transfer", id, { customer_id: to.id });
  expect(moved.body).toMatchObject({ customer_id: to.id, key, machines: 0 });
  expect([await totals(), await totals(to.id)]).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect((await on("transfer", id, { customer_id: to.id })).status).toBe(409);
});

test("a suspended customer's licenses are not valid, and say so", async () => {
  const { key } = await issue();
  await callRoute("customers.setStatus", {
    headers,
    params: { customer_id },
    body: { status: "suspended" },
  });
  expect(await validate(key)).toMatchObject({ code: "CUSTOMER_SUSPENDED" });
  const refused = await activate(key, "a");
  expect(refused.body.details).toEqual({ code: "CUSTOMER_SUSPENDED" });
});

test("a customer with licenses in force is not deleted; those that ended go with it", async () => {
  const { id } = await issue();
  const params = { customer_id };
  const kept = await callRoute("customers.remove", { headers, params });
  expect(kept.status).toBe(409);
  expect(kept.body.details.blockers).toContainEqual({
    kind: "active licenses",
    count: 1,
  });
  await on("revoke", id);
  const gone = await callRoute("customers.remove", { headers, params });
  expect(gone.status).toBe(200);
  expect((await on("get", id)).status).toBe(404);
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

test("licenses are found by the beginning of their key, by name, and by status", async () => {
  const made = await issue({ name: "50%_off" });
  await issue({ name: "Other" });
  const search = async (text: string) =>
    (
      await callRoute("licenses.list", {
        headers,
        query: { customer_id, search: text },
      })
    ).body.items.map(({ name }: { name: string }) => name);
  expect(await search(made.key.slice(0, 8).toLowerCase())).toEqual(["50%_off"]);
  expect(await search("%_")).toEqual(["50%_off"]);
  expect(await search("oth")).toEqual(["Other"]);
  expect(await search("50__off")).toEqual([]);
});

test("people of a customer see their own licenses and no others'", async () => {
  const own = await issue();
  const other = await license(w.ctx);
  const { cookie } = await w.person("member", customer_id);
  const asked = { headers: { cookie, origin: w.origin } };
  const listed = await callRoute("licenses.list", asked);
  expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([
    own.id,
  ]);
  for (const call of ["licenses.get", "licenses.listActivations"]) {
    const params = { license_id: other.id };
    expect((await callRoute(call, { ...asked, params })).status).toBe(404);
  }
});

test("a license that sets its end in two ways is refused, with the field that says so", async () => {
  const end = "2990-01-01T00:00:00Z";
  for (const more of [{ valid_days: 3 }, { starts_on_activation: true }]) {
    const refused = await issue({ expires_at: end, ...more });
    expect(refused.details.fields[0].field).toBe("body.expires_at");
  }
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

test("domains and devices of a customer are counted, kept in one form, and once each", async () => {
  const params = { customer_id };
  const add = (call: string, body: object) =>
    callRoute(call, { headers, params, body });
  const domain = await add("domains.add", {
    name: "https://Bücher.example/shop",
  });
  expect(domain.body.name).toBe("xn--bcher-kva.example");
  expect((await add("domains.add", { name: "BÜCHER.example" })).status).toBe(
    409,
  );
  expect((await add("domains.add", { name: "*.example.com" })).status).toBe(
    400,
  );
  const device = await add("devices.add", {
    name: "Router",
    identifier: "00:1A",
  });
  expect(
    (await add("devices.add", { name: "Same", identifier: "00:1A" })).status,
  ).toBe(409);
  const { body } = await callRoute("customers.get", { headers, params });
  expect([body.total_domains, body.device_count]).toEqual([1, 1]);
  await callRoute("domains.remove", {
    headers,
    params: { customer_id, domain_id: domain.body.id },
  });
  await callRoute("devices.remove", {
    headers,
    params: { customer_id, device_id: device.body.id },
  });
  const after = await callRoute("customers.get", { headers, params });
  expect([after.body.total_domains, after.body.device_count]).toEqual([0, 0]);
});
