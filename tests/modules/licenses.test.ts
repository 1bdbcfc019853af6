import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { license } from "../support/licenses";
import { licenseFixture } from "./license-fixture";

const database = useDatabase();
const { held, issue, on, byKey, validate, activate, totals } =
  licenseFixture(database);
let headers: Record<string, string>;
let customer_id: string;
beforeEach(() => {
  ({ headers, customer_id } = held);
});

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
  const other = (await license(held.w.ctx)).key;
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

test("a transferred license keeps its key, frees its slots, and counts with its new customer", async () => {
  const { id, key } = await issue({ max_machines: 1 });
  await activate(key, "a");
  const to = await held.w.customer();
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
  const other = await license(held.w.ctx);
  const { cookie } = await held.w.person("member", customer_id);
  const asked = { headers: { cookie, origin: held.w.origin } };
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
