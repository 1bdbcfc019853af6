import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
let customer_id: string;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
  customer_id = (await w.customer()).id;
});

const issue = async (body: object = {}) =>
  (await callRoute("keys.issue", { headers, body: { customer_id, ...body } }))
    .body;
const on = (call: string, key_id: string, body?: unknown) =>
  callRoute(call, { headers, params: { key_id }, body });
const check = async (key: string) =>
  (await callRoute("access.check", { headers, body: { key } })).body;
const verify = async (key: string) =>
  (await callRoute("access.verify", { headers, body: { key } })).body;

test("a key's secret is in the answer to its issue, and nowhere after", async () => {
  const { key, id, last_four } = await issue({ name: "Once" });
  expect(key).toMatch(/^sk_live_[0-9A-Za-z]{38}$/);
  expect(last_four).toBe(key.slice(-4));
  expect((await check(key)).valid).toBe(true);
  const answers = [
    await on("keys.get", id),
    await callRoute("keys.list", { headers }),
    await callRoute("audit.list", { headers }),
  ];
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain(key);
  const tables = await database.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'graphile_worker')",
  );
  for (const { name } of tables) {
    const [found] = await database.query(
      `SELECT count(*)::int AS n FROM (SELECT t::text AS row FROM ${name} t) r
       WHERE row LIKE '%' || $1 || '%'`,
      [key.slice(8, -6)],
    );
    expect([name, found]).toEqual([name, { n: 0 }]);
  }
});

test("a mistyped key is unknown without a look into the database", async () => {
  const { key } = await issue();
  const swapped = key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");
  expect(await check(swapped)).toMatchObject({
    code: "NOT_FOUND",
    valid: false,
  });
  expect((await check("sk_live_")).code).toBe("NOT_FOUND");
  expect((await check("💥".repeat(50))).code).toBe("NOT_FOUND");
});

test("disabling, enabling and revoking act on the next request", async () => {
  const { key, id } = await issue();
  await on("keys.update", id, { is_enabled: false });
  expect((await check(key)).code).toBe("DISABLED");
  await on("keys.update", id, { is_enabled: true });
  expect((await check(key)).code).toBe("VALID");
  const revoked = await on("keys.revoke", id);
  expect(revoked.body.status).toBe("revoked");
  expect((await check(key)).code).toBe("NOT_FOUND");
  expect((await on("keys.revoke", id)).status).toBe(200);
  expect((await on("keys.update", id, { name: "x" })).status).toBe(409);
  expect((await on("keys.rotate", id, {})).status).toBe(409);
});

test("a rotated key works through the overlap, with one set of counters", async () => {
  const { key, id } = await issue({ limits: { per_day: 3 } });
  await check(key);
  const { status, body } = await on("keys.rotate", id, {
    overlap_seconds: 3_600,
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ rotated_from: id, limits: { per_day: 3 } });
  expect((await on("keys.get", id)).body.status).toBe("rotating");
  expect((await check(key)).usage.day).toBe(2);
  expect((await check(body.key)).usage.day).toBe(3);
  expect((await check(body.key)).code).toBe("RATE_LIMITED");
  expect((await check(key)).code).toBe("RATE_LIMITED");
  expect((await on("keys.rotate", id, {})).status).toBe(409);
});

test("a rotation without overlap ends the old key at once", async () => {
  const { key, id } = await issue();
  const { body } = await on("keys.rotate", id, {});
  expect((await check(key)).code).toBe("EXPIRED");
  expect((await check(body.key)).code).toBe("VALID");
  const answer = await on("keys.rotate", body.id, { overlap_seconds: 2592001 });
  expect(answer.status).toBe(400);
});

test("verifying makes the same decision and counts nothing", async () => {
  const { key } = await issue({ limits: { per_hour: 1 } });
  expect((await verify(key)).usage.hour).toBe(0);
  expect((await verify(key)).usage.hour).toBe(0);
  await check(key);
  expect(await verify(key)).toMatchObject({
    code: "RATE_LIMITED",
    usage: { hour: 1 },
  });
});

test("an expiry in the past and an archived customer are refused", async () => {
  const past = await callRoute("keys.issue", {
    headers,
    body: { customer_id, expires_at: "2020-01-01T00:00:00Z" },
  });
  expect(past.status).toBe(400);
  const archived = await w.customer({ status: "archived" });
  const answer = await callRoute("keys.issue", {
    headers,
    body: { customer_id: archived.id },
  });
  expect(answer.status).toBe(409);
});

test("a customer's people see and issue keys of their own customer only", async () => {
  const cookie = { cookie: await w.customerCookie(), origin: w.origin };
  const own = await callRoute("keys.issue", { headers: cookie, body: {} });
  expect(own.status).toBe(201);
  const { body } = await callRoute("keys.list", { headers: cookie });
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual([own.body.id]);
  const foreign = { headers: cookie, body: { customer_id } };
  expect((await callRoute("keys.issue", foreign)).status).toBe(404);
  const listed = { headers: cookie, query: { customer_id } };
  expect((await callRoute("keys.list", listed)).status).toBe(404);
  const usage = await callRoute("usage.own", {
    headers: cookie,
    query: { customer_id },
  });
  expect(usage.status).toBe(404);
});
