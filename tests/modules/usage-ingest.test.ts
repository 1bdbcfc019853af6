import { createPrice } from "@/modules/pricing";
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

const send = (body: unknown) => callRoute("usage.ingest", { headers, body });
const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();

test("one event is booked and shows in the summary and the trends", async () => {
  const { id } = await w.customer();
  const answer = await send({
    id: "one",
    customer_id: id,
    endpoint: "/categorize",
    status_code: 502,
    duration_ms: 120,
    tokens_input: 3,
    tokens_output: 4,
    cost: "0.00125",
  });
  expect(answer.body).toEqual({
    accepted: 1,
    duplicates: 0,
    rejected: 0,
    items: [{ id: "one", status: "accepted", cost: "0.00125" }],
  });
  const params = { customer_id: id };
  const { body } = await callRoute("usage.customer", { headers, params });
  expect(body).toMatchObject({
    total_calls: 1,
    total_errors: 1,
    total_tokens: 7,
    total_cost: "0.00125",
    avg_response_time_ms: 120,
  });
  expect(body.daily).toHaveLength(30);
  expect(body.daily.at(-1)).toMatchObject({ calls: 1, errors: 1 });
  const trends = await callRoute("usage.trends", {
    headers,
    query: { customer_id: id, group_by: "endpoint", interval: "hour" },
  });
  expect(trends.body.series[0].name).toBe("/categorize");
  expect(
    trends.body.series[0].calls.reduce((a: number, b: number) => a + b),
  ).toBe(1);
});

test("a batch books the good ones and names the rest", async () => {
  const { body, status } = await send([
    { id: "a", customer_id },
    { id: "a", customer_id },
    { id: "a", customer_id, endpoint: "/other" },
    { id: "b", customer_id, duration_ms: -1 },
    { id: "c", customer_id: "cus_01jd0000000000000000000000" },
    { id: "d", customer_id, occurred_at: days(-36) },
    { id: "e", customer_id, occurred_at: days(1) },
    { id: "f", key: "sk_live_nonsense" },
    "nonsense",
    { id: "g", customer_id, occurred_at: days(-34) },
  ]);
  expect(status).toBe(200);
  expect(body).toMatchObject({ accepted: 2, duplicates: 1, rejected: 7 });
  expect(
    body.items.map((item: { status: string; code?: string }) => [
      item.status,
      item.code ?? null,
    ]),
  ).toEqual([
    ["accepted", null],
    ["duplicate", null],
    ["conflict", "CONFLICT"],
    ["rejected", "VALIDATION_FAILED"],
    ["rejected", "NOT_FOUND"],
    ["rejected", "OUT_OF_WINDOW"],
    ["rejected", "OUT_OF_WINDOW"],
    ["rejected", "NOT_FOUND"],
    ["rejected", "VALIDATION_FAILED"],
    ["accepted", null],
  ]);
  expect(body.items[3].error).toContain("duration_ms");
  const again = await send({ id: "a", customer_id });
  expect(again.body.items).toEqual([{ id: "a", status: "duplicate" }]);
});

test("the same id of another customer is another event; a key tells whose it is", async () => {
  const other = await w.customer();
  const { body: key } = await callRoute("keys.issueToCustomer", {
    headers,
    params: { customer_id: other.id },
    body: { name: "Site" },
  });
  const answer = await send({ id: "a", key: key.key });
  expect(answer.body.accepted).toBe(1);
  const { body } = await callRoute("usage.customer", {
    headers,
    params: { customer_id: other.id },
  });
  expect(body.by_key[0]).toMatchObject({
    name: `Site …${key.last_four}`,
    calls: 1,
  });
});

test("a call made before its key was revoked counts when it is reported after", async () => {
  const { body: key } = await callRoute("keys.issue", {
    headers,
    body: { customer_id },
  });
  const params = { key_id: key.id };
  await callRoute("keys.revoke", { headers, params });
  const answer = await send({ id: "late-report", key: key.key });
  expect(answer.body.accepted).toBe(1);
});

test.each([
  ["duration_ms", "-1"],
  ["tokens_input", "-1"],
  ["tokens_input", "1e309"],
  ["tokens_input", "9007199254740993"],
  ["tokens_input", '"12"'],
  ["quantity", "-0.5"],
  ["quantity", "1e309"],
  ["cost", "0.1"],
  ["cost", '"-1"'],
  ["cost", '"1e5"'],
  ["status_code", "99"],
  ["occurred_at", '"yesterday"'],
  ["endpoint", '"a\\u0000b"'],
  ["model", '{"$gt": ""}'],
])("a single event with %s %s is a 400 that names it", async (field, value) => {
  const answer = await send(
    `{"id":"x","customer_id":"${customer_id}","${field}":${value}}`,
  );
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body.details.fields)).toContain(field);
});

test("NaN is no JSON; an empty batch and one of 1,001 are refused whole", async () => {
  const nan = `{"id":"x","customer_id":"${customer_id}","tokens_input":NaN}`;
  expect((await send(nan)).body.code).toBe("INVALID_JSON");
  expect((await send([])).status).toBe(400);
  const many = Array.from({ length: 1_001 }, (_, i) => ({
    id: `many-${i}`,
    customer_id,
  }));
  expect((await send(many)).status).toBe(400);
  const [row] = await database.query(
    "SELECT count(*)::int AS n FROM usage_events WHERE id LIKE 'many-%'",
  );
  expect(row).toEqual({ n: 0 });
  expect((await send(many.slice(1))).body.accepted).toBe(1_000);
});

test("200 single events sent at once are each booked once", async () => {
  const { id } = await w.customer();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      send({ id: `at-once-${i % 100}`, customer_id: id }),
    ),
  );
  const count = (name: string) =>
    answers.reduce((sum, { body }) => sum + body[name], 0);
  expect([count("accepted"), count("duplicates")]).toEqual([100, 100]);
});

test("an event whose price overflows is named, alone or in a batch, and the rest are booked", async () => {
  await createPrice(w.ctx, {
    provider: "example",
    model: "dear",
    per_unit: "900000",
    unit: "page",
    source: "A test",
  });
  const { id: customer_id } = await w.customer();
  const dear = (id: string) => ({
    ...{ id, customer_id, provider: "example", model: "dear" },
    quantity: 100_000_000,
  });
  const plain = (id: string) => ({ id, customer_id });
  const batch = ["a", "b", "c", "d", "e"].map(plain);
  const answer = await send([...batch, dear("x"), plain("f"), dear("y")]);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ accepted: 6, rejected: 2 });
  expect(answer.body.items[5]).toMatchObject({
    id: "x",
    status: "rejected",
    error: expect.stringMatching(/too large/),
  });
  const alone = await send(dear("z"));
  expect(alone.body).toMatchObject({ accepted: 0, rejected: 1 });
});
