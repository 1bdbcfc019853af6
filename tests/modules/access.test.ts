import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const limits = (customer_id: string, body: object) =>
  callRoute("limits.set", { headers, params: { customer_id }, body });
const check = (body: object, query = {}) =>
  callRoute("access.check", { headers, body, query });

test("a check tells the customer, the windows and the tightest one in headers", async () => {
  const { id, name } = await w.customer();
  const answer = await check({ customer_id: id });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    code: "VALID",
    valid: true,
    message: expect.any(String),
    customer: { id, name },
    key_id: null,
    limits: {
      per_second: 10,
      per_minute: 100,
      per_hour: 1_000,
      per_day: 10_000,
      per_month: 100_000,
    },
    usage: { second: 1, minute: 1, hour: 1, day: 1, month: 1 },
    remaining: { second: 9, minute: 99, hour: 999, day: 9_999, month: 99_999 },
    window: "second",
    retry_after: null,
    quota: null,
    spend: null,
    feature: null,
    reservation: null,
  });
  expect(answer.headers.get("x-ratelimit-limit")).toBe("10");
  expect(answer.headers.get("x-ratelimit-remaining")).toBe("9");
  expect(answer.headers.get("ratelimit")).toMatch(/^"second";r=9;t=\d+$/);
});

test("a refusal is 200 and says when; with enforce=status it is the 429 to pass on", async () => {
  const { id } = await w.customer();
  await limits(id, { per_minute: 2 });
  await check({ customer_id: id, cost: 2 });
  const plain = await check({ customer_id: id });
  expect(plain.status).toBe(200);
  expect(plain.body).toMatchObject({ code: "RATE_LIMITED", valid: false });
  expect(plain.body.retry_after).toBeGreaterThan(58);
  expect(plain.body.retry_after).toBeLessThanOrEqual(61);
  const passed = await check({ customer_id: id }, { enforce: "status" });
  expect(passed.status).toBe(429);
  expect(passed.body).toMatchObject({
    status: "error",
    error: expect.stringMatching(/^Rate limit exceeded: 2 calls per minute/),
    error_type: "rate_limit",
    code: "RATE_LIMITED",
    limits: { per_minute: 2 },
    usage: { minute: 2 },
    retry_after: expect.any(Number),
    request_id: expect.stringMatching(/^req_/),
  });
  expect(passed.headers.get("retry-after")).toBe(
    String(Math.ceil(passed.body.retry_after)),
  );
});

test("waiting Retry-After makes the next call pass, and no less", async () => {
  const { id } = await w.customer();
  await limits(id, { per_second: 3 });
  await check({ customer_id: id, cost: 3 });
  const { body } = await check({ customer_id: id });
  expect(body.code).toBe("RATE_LIMITED");
  await new Promise((done) => setTimeout(done, body.retry_after * 1_000 - 150));
  expect((await check({ customer_id: id })).body.code).toBe("RATE_LIMITED");
  await new Promise((done) => setTimeout(done, 160));
  expect((await check({ customer_id: id })).body.code).toBe("VALID");
});

test("0 denies, null is unlimited, and a cost above the limit can never pass", async () => {
  const { id } = await w.customer();
  await limits(id, { per_day: 0 });
  const none = (await check({ customer_id: id })).body;
  expect(none).toMatchObject({ code: "RATE_LIMITED", retry_after: null });
  await limits(id, { per_day: null, per_hour: 5 });
  const answer = (await check({ customer_id: id, cost: 6 })).body;
  expect(answer).toMatchObject({ code: "RATE_LIMITED", retry_after: null });
  expect(answer.limits).toEqual({
    per_second: null,
    per_minute: null,
    per_hour: 5,
    per_day: null,
    per_month: null,
  });
  await limits(id, {});
  expect((await check({ customer_id: id })).body.limits.per_second).toBe(10);
});

test.each([
  [{ status: "suspended" as const }, "CUSTOMER_SUSPENDED"],
  [{ status: "archived" as const }, "CUSTOMER_SUSPENDED"],
  [{ expires_at: "2020-01-01T00:00:00Z" }, "CUSTOMER_EXPIRED"],
])(
  "a customer with %j is refused as %s, with 403 to pass on",
  async (state, code) => {
    const { id } = await w.customer(state);
    expect((await check({ customer_id: id })).body.code).toBe(code);
    const passed = await check({ customer_id: id }, { enforce: "status" });
    expect([passed.status, passed.body.code]).toEqual([403, code]);
  },
);

test.each([
  [{}],
  [{ key: "sk_live_x", customer_id: "cus_01jd0000000000000000000000" }],
  [{ customer_id: "cus_01jd0000000000000000000000", cost: 0 }],
  [{ customer_id: "cus_01jd0000000000000000000000", cost: 1.5 }],
  [{ customer_id: "cus_01jd0000000000000000000000", cost: "1" }],
  [{ customer_id: "1 OR 1=1" }],
  [{ key: { $ne: null } }],
])("refuses %j with 400", async (body) => {
  const answer = await check(body);
  expect(answer.status).toBe(400);
  expect(answer.body.details.fields.length).toBeGreaterThan(0);
});

test("refusals are logged as usage with their code, and are no calls", async () => {
  const { id } = await w.customer();
  await limits(id, { per_day: 1 });
  for (let i = 0; i < 4; i += 1) await check({ customer_id: id });
  await new Promise((done) => setTimeout(done, 900));
  const { body } = await callRoute("usage.customer", {
    headers,
    params: { customer_id: id },
  });
  expect(body).toMatchObject({ total_calls: 0, total_refused: 3 });
  expect(body.current.day).toBe(1);
});
