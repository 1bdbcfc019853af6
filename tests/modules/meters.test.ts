import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { toUuid } from "@/shared/ids";

const db = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const create = (body: object) => callRoute("meters.create", { headers, body });
const on = (call: string, meter_id: string, body?: object) =>
  callRoute(call, { headers, params: { meter_id }, ...(body && { body }) });
const tokens = { aggregation: "sum", field: "tokens", unit: "token" };

test("a meter says what counts, and a check can name it at once", async () => {
  const made = await create({
    name: "gemini_tokens",
    title: "Gemini tokens",
    ...tokens,
    provider: "Gemini",
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    name: "gemini_tokens",
    provider: "gemini",
    model: null,
    is_used: false,
    is_system: false,
    archived_at: null,
  });
  const customer_id = (await w.customer()).id;
  const body = { customer_id, meter: "gemini_tokens", cost: 10 };
  const check = await callRoute("access.check", { headers, body });
  expect(check.body.code).toBe("VALID");
});

test("parts that do not fit together are refused, by field and with the ones that do", async () => {
  const refused = [
    [{ aggregation: "count", field: "tokens" }, "body.field", /left out/],
    [{ aggregation: "sum" }, "body.field", /quantity, tokens/],
    [{ aggregation: "sum", field: "endpoint" }, "body.field", /one of/],
    [{ aggregation: "unique", field: "tokens" }, "body.field", /endpoint/],
    [{ aggregation: "max", field: "property" }, "body.property", /required/],
    [
      { aggregation: "sum", field: "tokens", property: "x" },
      "body.property",
      /left out/,
    ],
  ] as const;
  for (const [parts, field, words] of refused) {
    const answer = await create({ name: "bad", title: "Bad", ...parts });
    expect([parts, answer.status]).toEqual([parts, 400]);
    expect(answer.body.details.fields[0]).toMatchObject({
      field,
      message: expect.stringMatching(words),
    });
  }
});

test("what has counted something keeps its meaning, and its title and unit can change", async () => {
  const { body: meter } = await create({
    name: "used",
    title: "Used",
    ...tokens,
  });
  expect((await on("meters.update", meter.id, { name: "unused" })).status).toBe(
    200,
  );
  await db.query(
    "INSERT INTO meter_usage (subject_id, meter_id, period_start) VALUES ($1, $2, now())",
    [toUuid((await w.customer()).id), toUuid(meter.id)],
  );
  const refused = await on("meters.update", meter.id, {
    name: "other",
    provider: "openai",
  });
  expect(refused.status).toBe(409);
  expect(refused.body.error).toMatch(/not name, provider/);
  const renamed = await on("meters.update", meter.id, {
    title: "All tokens",
    unit: "",
    name: "unused",
  });
  expect(renamed.body).toMatchObject({
    title: "All tokens",
    unit: "",
    is_used: true,
  });
});

test("an archived meter is not listed and no check can name it, until it is brought back", async () => {
  const { body: meter } = await create({
    name: "gone",
    title: "Gone",
    ...tokens,
  });
  expect(
    (await on("meters.archive", meter.id)).body.archived_at,
  ).not.toBeNull();
  expect((await on("meters.archive", meter.id)).status).toBe(200);
  const names = async (query = {}) =>
    (await callRoute("meters.list", { headers, query })).body.items.map(
      ({ name }: { name: string }) => name,
    );
  expect(await names()).not.toContain("gone");
  expect(await names({ include_archived: true, search: "GON" })).toEqual([
    "gone",
  ]);
  const customer_id = (await w.customer()).id;
  const ask = () =>
    callRoute("access.check", {
      headers,
      body: { customer_id, meter: "gone" },
    });
  expect((await ask()).status).toBe(400);
  const again = await create({ name: "gone", title: "Again", ...tokens });
  expect(again.status).toBe(409);
  expect(again.body.error).toMatch(/archived meter/);
  await on("meters.update", meter.id, { is_archived: false });
  expect((await ask()).body.code).toBe("VALID");
});

test("meters that came with the app stay: only their titles change", async () => {
  const { body } = await callRoute("meters.list", {
    headers,
    query: { search: "spend" },
  });
  const [spend] = body.items;
  expect((await on("meters.archive", spend.id)).status).toBe(409);
  expect(
    (await on("meters.update", spend.id, { is_archived: true })).status,
  ).toBe(409);
  expect((await on("meters.update", spend.id, { unit: "EUR" })).status).toBe(
    409,
  );
  expect(
    (await on("meters.update", spend.id, { title: "Spending" })).status,
  ).toBe(200);
});
