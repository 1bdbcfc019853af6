import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { activation, license } from "../support/licenses";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const byKey = (call: string, body: object, activation_id = "") =>
  callRoute(`licenses.${call}`, { body, params: { activation_id } });
const activate = (key: string, identifier: string, kind = "machine") =>
  byKey("activate", { key, kind, identifier });
const validate = async (key: string, place: object) =>
  (await byKey("validate", { key, ...place })).body;
const slots = async (license_id: string) =>
  (
    await callRoute("licenses.listActivations", {
      headers,
      params: { license_id },
    })
  ).body.items;

test("the same machine again is the same activation, and takes no second slot", async () => {
  const { id, key } = await license(w.ctx, undefined, { max_machines: 1 });
  const [first, again] = [await activate(key, "a"), await activate(key, "a")];
  expect(again.body.activation.id).toBe(first.body.activation.id);
  expect(await slots(id)).toHaveLength(1);
  expect(await validate(key, { machine: "a" })).toMatchObject({
    code: "VALID",
    activation: { id: first.body.activation.id },
    license: { machines: 1, max_machines: 1 },
  });
  expect(await validate(key, { machine: "b" })).toMatchObject({
    code: "TOO_MANY_MACHINES",
  });
  expect(await validate(key, {})).toMatchObject({ code: "NO_MACHINE" });
});

test("a domain is the same however it is written, and another one does not fit", async () => {
  const { key } = await license(w.ctx, undefined, {
    max_machines: null,
    max_domains: 1,
  });
  expect(
    (await activate(key, "https://Bücher.example/x", "domain")).status,
  ).toBe(200);
  for (const domain of ["bücher.example", "XN--BCHER-KVA.example:443"])
    expect(await validate(key, { domain })).toMatchObject({ code: "VALID" });
  expect(await validate(key, { domain: "other.example" })).toMatchObject({
    code: "DOMAIN_MISMATCH",
  });
  const full = await activate(key, "other.example", "domain");
  expect(full.body.details).toEqual({ code: "TOO_MANY_DOMAINS" });
  expect((await activate(key, "*.example.com", "domain")).status).toBe(400);
});

test("a freed slot is another's, by the key or by the customer's own people", async () => {
  const { id: customer_id } = await w.customer();
  const { id, key } = await license(w.ctx, customer_id, { max_machines: 1 });
  const first = (await activate(key, "a")).body.activation;
  expect((await byKey("release", { key }, first.id)).status).toBe(200);
  expect((await byKey("release", { key }, first.id)).status).toBe(404);
  const second = (await activate(key, "b")).body.activation;
  const free = async (role: "owner" | "member") => {
    const { cookie } = await w.person(role, customer_id);
    return callRoute("licenses.freeActivation", {
      headers: { cookie, origin: w.origin },
      params: { license_id: id, activation_id: second.id },
    });
  };
  expect((await free("member")).status).toBe(403);
  expect((await free("owner")).status).toBe(200);
  expect((await activate(key, "c")).status).toBe(200);
});

test("an activation is freed only by its own license's key", async () => {
  const [mine, other] = [await license(w.ctx), await license(w.ctx)];
  const { id } = await activation(w.ctx, mine.key);
  for (const call of ["release", "heartbeat"])
    expect((await byKey(call, { key: other.key }, id)).status).toBe(404);
  expect(await slots(mine.id)).toHaveLength(1);
});

test("the churn limit holds a customer for 30 days, and not the seller", async () => {
  const { id, key } = await license(w.ctx, undefined, {
    max_machines: 1,
    churn_limit: 1,
  });
  const one = (await activate(key, "a")).body.activation;
  expect((await byKey("release", { key }, one.id)).status).toBe(200);
  const two = (await activate(key, "b")).body.activation;
  const held = await byKey("release", { key }, two.id);
  expect([held.status, held.body.details]).toEqual([
    409,
    { churn_limit: 1, freed: 1 },
  ]);
  await database.query(
    "UPDATE activations SET freed_at = freed_at - interval '30 days 1 second' WHERE freed_at IS NOT NULL",
  );
  expect((await byKey("release", { key }, two.id)).status).toBe(200);
  const three = (await activate(key, "c")).body.activation;
  const params = { license_id: id, activation_id: three.id };
  const freed = await callRoute("licenses.freeActivation", { headers, params });
  expect(freed.status).toBe(200);
});

test("a lease goes on by its heartbeat, and without one its slot is free", async () => {
  const { id, key } = await license(w.ctx, undefined, {
    max_machines: 1,
    is_floating: true,
    lease_seconds: 600,
    churn_limit: 0,
  });
  const lease = (await activate(key, "a")).body.activation;
  const ends = Date.parse(lease.expires_at) - Date.now();
  expect(Math.abs(ends - 600_000)).toBeLessThan(10_000);
  await database.query(
    "UPDATE activations SET expires_at = now() + interval '5 seconds' WHERE license_id = (SELECT id FROM licenses WHERE key = $1)",
    [key],
  );
  const beat = await byKey("heartbeat", { key }, lease.id);
  expect(Date.parse(beat.body.expires_at) - Date.now()).toBeGreaterThan(
    590_000,
  );
  await database.query(
    "UPDATE activations SET expires_at = now() - interval '1 second' WHERE license_id = (SELECT id FROM licenses WHERE key = $1)",
    [key],
  );
  expect(await validate(key, { machine: "a" })).toMatchObject({
    code: "NOT_ACTIVATED",
  });
  expect((await byKey("heartbeat", { key }, lease.id)).status).toBe(404);
  const next = await activate(key, "b");
  expect(next.status).toBe(200);
  expect(await slots(id)).toHaveLength(1);
  // Giving a lease back is its use: the churn limit of 0 does not hold it.
  const given = await byKey("release", { key }, next.body.activation.id);
  expect(given.status).toBe(200);
});

test("a heartbeat on a suspended license is refused with its code", async () => {
  const { id, key } = await license(w.ctx, undefined, { is_floating: true });
  const lease = (await activate(key, "a")).body.activation;
  const params = { license_id: id };
  await callRoute("licenses.suspend", { headers, params, body: {} });
  const beat = await byKey("heartbeat", { key }, lease.id);
  expect([beat.status, beat.body.details]).toEqual([
    409,
    { code: "SUSPENDED" },
  ]);
});

test("50 activations at once on 3 slots admit exactly 3", async () => {
  const { id, key } = await license(w.ctx, undefined, { max_machines: 3 });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => activate(key, `m-${i}`)),
  );
  const count = (wanted: number) =>
    answers.filter(({ status }) => status === wanted).length;
  expect([count(200), count(409)]).toEqual([3, 47]);
  expect(await slots(id)).toHaveLength(3);
});
