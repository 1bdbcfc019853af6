import { idempotencyJobs } from "@/platform/idempotency";
import { systemCtx } from "@/platform/jobs";
import { seal, unseal } from "@/platform/seal";
import { endpoints } from "@/http/registry";
import { openapi } from "@/http/openapi";
import { randomText } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { expectCode, keyedPosts, newCustomer } from "../support/idempotency";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
});

const { post, countOf, keptKeys, age, onCustomers } = keyedPosts(
  database,
  () => w,
);

test("a repeated POST is carried out once, and gets the first answer, marked as a replay", async () => {
  const body = newCustomer();
  const key = randomText(20);
  const first = await post(key, body);
  const second = await post(key, body);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect(first.headers.has("idempotent-replayed")).toBe(false);
  expect(second.headers.get("idempotent-replayed")).toBe("true");
  expect(second.headers.get("x-request-id")).not.toBe(
    first.headers.get("x-request-id"),
  );
  expect(await countOf(body.email)).toBe(1);
});

test("the same key with another body, query or path is refused, and changes nothing", async () => {
  const key = randomText(20);
  await post(key, newCustomer());
  const other = newCustomer();
  expectCode(await post(key, other), 422, "IDEMPOTENCY_MISMATCH");
  expect(await countOf(other.email)).toBe(0);
  const issue = (customer_id: string) =>
    callRoute("keys.issueToCustomer", {
      params: { customer_id },
      headers: {
        authorization: `Bearer ${w.everything}`,
        "idempotency-key": "path",
      },
      body: { name: "Same body" },
    });
  expect((await issue((await w.customer()).id)).status).toBe(201);
  const elsewhere = await issue((await w.customer()).id);
  expectCode(elsewhere, 422, "IDEMPOTENCY_MISMATCH");
});

test("of calls at once under one key one is carried out, and the others get it or wait", async () => {
  const body = newCustomer();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post("at-once", body)),
  );
  const made = answers.filter(({ status }) => status === 201);
  const waiting = answers.filter(({ status }) => status === 409);
  expect(made.length).toBeGreaterThan(0);
  expect(made.length + waiting.length).toBe(20);
  for (const answer of waiting) {
    expectCode(answer, 409, "IDEMPOTENCY_IN_PROGRESS");
    expect(answer.headers.get("retry-after")).toBe("1");
  }
  expect(await countOf(body.email)).toBe(1);
});

test("one caller's key is nothing to another caller", async () => {
  const mine = newCustomer();
  const theirs = newCustomer();
  const other = await w.token(["customers:write"]);
  expect((await post("shared", mine)).status).toBe(201);
  const answer = await post("shared", theirs, other);
  expect([answer.status, answer.body.email]).toEqual([201, theirs.email]);
});

test("a refusal is kept like an answer; what passes by itself is not", async () => {
  const taken = await w.customer();
  const body = { email: taken.email, full_name: "Twice" };
  expectCode(await post("kept", body), 409, "CONFLICT");
  await database.query("DELETE FROM customers WHERE email = $1", [taken.email]);
  const again = await post("kept", body);
  expectCode(again, 409, "CONFLICT");
  expect(again.headers.get("idempotent-replayed")).toBe("true");

  const wanted = newCustomer();
  await onCustomers("BEFORE INSERT", "RAISE EXCEPTION 'broken'");
  expectCode(await post("broken", wanted), 500, "INTERNAL");
  await onCustomers(null);
  expect((await post("broken", wanted)).status).toBe(201);
});

test.each(["", " ", "a b", "ä", "x".repeat(256), "one, two"])(
  "the key %j is refused with words before anything happens",
  async (key) => {
    const body = newCustomer();
    const headers = { authorization: `Bearer ${w.everything}` };
    const answer = await callRoute("customers.create", {
      headers: { ...headers, "idempotency-key": key },
      body,
    });
    expectCode(answer, 400, "VALIDATION_FAILED");
    expect(answer.body.details.fields[0].field).toBe("header.idempotency-key");
    expect(await countOf(body.email)).toBe(0);
  },
);

test("a key of 255 characters is taken, and one on a GET is not looked at", async () => {
  expect((await post("~".repeat(255), newCustomer())).status).toBe(201);
  const list = await callRoute("customers.list", {
    headers: {
      authorization: `Bearer ${w.everything}`,
      "idempotency-key": "a b",
    },
  });
  expect(list.status).toBe(200);
});

test("a stored answer opens by its key alone: the database and APP_SECRET show nothing of it", async () => {
  const { id } = await w.customer();
  const send = () =>
    callRoute("keys.issue", {
      headers: {
        authorization: `Bearer ${w.everything}`,
        "idempotency-key": "sealed",
      },
      body: { customer_id: id },
    });
  const { key: secret } = (await send()).body;
  expect(secret).toMatch(/^sk_live_/);
  expect((await send()).body.key).toBe(secret);
  const rows = await database.query<{ answer: Buffer; row: string }>(
    "SELECT answer, k::text AS row FROM idempotency_keys k WHERE answer IS NOT NULL",
  );
  for (const { answer, row } of rows) {
    expect(answer.toString("latin1")).not.toContain(secret);
    expect(row).not.toContain("sealed");
  }
  const bound = Buffer.from("here");
  const kept = seal("the key", bound, secret);
  expect(unseal("the key", bound, kept)).toBe(secret);
  expect(() => unseal("another key", bound, kept)).toThrow();
  expect(() => unseal("the key", Buffer.from("there"), kept)).toThrow();
});

test("a check that is repeated under its key is counted once", async () => {
  const { id } = await w.customer();
  const check = (key?: string) =>
    callRoute("access.check", {
      headers: {
        authorization: `Bearer ${w.everything}`,
        ...(key && { "idempotency-key": key }),
      },
      body: { customer_id: id },
    });
  const first = await check("check-1");
  const again = await check("check-1");
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("ratelimit")).toBe(first.headers.get("ratelimit"));
  expect((await check()).body.usage.day).toBe(2);
});

test("keys are forgotten after 30 days, and not before", async () => {
  const body = newCustomer();
  await post("old", body);
  await age(29 * 86_400);
  const [timer] = idempotencyJobs.timers ?? [];
  await timer?.run(systemCtx("test"));
  expectCode(await post("old", newCustomer()), 422, "IDEMPOTENCY_MISMATCH");
  await age(2 * 86_400);
  await timer?.run(systemCtx("test"));
  expect(await keptKeys()).toBe(0);
  expectCode(await post("old", body), 409, "CONFLICT");
});

test("each POST of the API document takes the key, and names its refusals", () => {
  const { paths = {} } = openapi();
  const posts = endpoints.filter(({ method }) => method === "POST");
  for (const { id, path } of posts) {
    const operation = paths[`/api${path}`]?.post;
    const headers = (operation?.parameters ?? []).flatMap((parameter) =>
      "name" in parameter && parameter.in === "header" ? [parameter.name] : [],
    );
    expect([id, headers]).toEqual([
      id,
      expect.arrayContaining(["Idempotency-Key"]),
    ]);
    expect(operation?.responses?.["422"]).toBeDefined();
  }
});
