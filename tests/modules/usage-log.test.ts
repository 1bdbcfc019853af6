import { randomUUID } from "node:crypto";
import { readXlsx } from "hucre/xlsx";
import { ingestEvents } from "@/modules/usage/queries";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { event, randomEvent } from "./usage-fixture";

const db = useDatabase();

let w: World;
let customer: string;
let other: string;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
  customer = (await w.customer({ company_name: '=HYPERLINK("x")' })).id;
  other = (await w.customer()).id;
  for (const one of [customer, other])
    await ingestEvents(
      Array.from({ length: 130 }, (_, i) => randomEvent(one, `${i}`, [])),
    );
});

type Query = Record<string, string | number | boolean>;
const list = (query: Query = {}, as = headers) =>
  callRoute("usage.events", { headers: as, query });

async function all(query: Query, as = headers) {
  const items: { id: string; customer: { id: string } }[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 40; page += 1) {
    const { body } = await list({ ...query, ...(cursor && { cursor }) }, as);
    items.push(...body.items);
    cursor = body.next_cursor;
    if (cursor === null) return items;
  }
  throw new Error("the log has no end");
}

test("the log gives each event once, newest first, page by page", async () => {
  const items = await all({ limit: 37 });
  expect(items).toHaveLength(260);
  expect(new Set(items.map((one) => one.customer.id + one.id)).size).toBe(260);
  const times = items.map((one) => (one as never)["occurred_at"]);
  expect(times).toEqual([...times].sort().reverse());
});

test.each([
  ["customer_id", "customer_id = $1"],
  ["provider=openai", "provider = 'openai'"],
  ["model=LARGE", "model = 'large'"],
  ["endpoint=/a", "endpoint = '/a'"],
  ["status=4xx", "status_code BETWEEN 400 AND 499"],
  ["refused=true", "code IS NOT NULL"],
  ["refused=false", "code IS NULL"],
  ["code=RATE_LIMITED", "code = 'RATE_LIMITED'"],
  ["unpriced=true", "unpriced"],
  ["meter=calls", "meter = 'calls'"],
])("the filter %s leaves what it says", async (filter, where) => {
  const [name = "", value = customer] = filter.split("=");
  const [row] = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM usage_events e WHERE ${where.replace("$1", `(SELECT id FROM customers WHERE company_name LIKE '=%')`)}`,
  );
  expect(row?.n).toBeGreaterThan(0);
  expect(await all({ [name]: value, limit: 100 })).toHaveLength(row?.n ?? -1);
});

test("from is included, to is not", async () => {
  const { id } = await w.customer();
  const hour = (h: number) => new Date(Date.UTC(2026, 3, 1, h)).toISOString();
  await ingestEvents(
    [1, 2, 3].map((h) => event(id, `${h}`, { occurred_at: hour(h) })),
  );
  const found = await all({ customer_id: id, from: hour(1), to: hour(3) });
  expect(found.map((one) => one.id)).toEqual(["2", "1"]);
});

test("a customer's people see their own events, and no other's", async () => {
  const { cookie } = await w.person("member", customer);
  const own = await all({ limit: 100 }, { cookie });
  expect(own).toHaveLength(130);
  expect(new Set(own.map((one) => one.customer.id))).toEqual(
    new Set([customer]),
  );
  expect((await list({ customer_id: other }, { cookie })).status).toBe(404);
});

test("a cursor of somebody's making is a 400", async () => {
  for (const cursor of [
    "x",
    "AAAA",
    Buffer.from('[1,"cus_x",2]').toString("base64url"),
  ])
    expect((await list({ cursor })).status).toBe(400);
});

const exported = (query: Query, as = headers) =>
  callRoute("usage.export", { headers: as, query });

test("the CSV has every event of the list, and no formula", async () => {
  const { body, headers: sent } = await exported({
    customer_id: customer,
    from: "2020-01-01T00:00:00Z",
  });
  expect(sent.get("content-disposition")).toMatch(/usage-events-.*\.csv/);
  const lines = String(body).trim().split("\n");
  expect(lines).toHaveLength(131);
  expect(lines[0]).toMatch(/^id,customer_id,customer,key_id,occurred_at/);
  expect(lines[1]).toContain(`'=HYPERLINK`);
  expect(lines.slice(1).every((line) => !/(^|,)"?[=+@]/.test(line))).toBe(true);
});

test("the sums by day are those of the rollups", async () => {
  const { body } = await exported({ of: "days", from: "2020-01-01T00:00:00Z" });
  const lines = String(body).trim().split("\n").slice(1);
  const [row] = await db.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM usage_daily",
  );
  expect(lines).toHaveLength(row?.n ?? -1);
});

test("the XLSX opens, with the same rows, and text that stays text", async () => {
  const { usageLogApi } = await import("@/modules/usage/contract/log");
  const { exportUsage } = await import("@/modules/usage");
  const query = usageLogApi.export.query.parse({
    format: "xlsx",
    customer_id: customer,
    from: "2020-01-01T00:00:00Z",
  });
  const { stream } = await exportUsage(w.ctx, query);
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const book = await readXlsx(bytes);
  const rows = book.sheets[0]?.rows ?? [];
  expect(rows).toHaveLength(131);
  expect(rows[1]?.[2]).toBe(`'=HYPERLINK("x")`);
});

test("everyone's usage is charted by provider and by customer, beside the days before", async () => {
  const trends = (query: Query) =>
    callRoute("usage.trends", { headers, query });
  const { body } = await trends({ group_by: "customer", compare: "previous" });
  expect(body.series.map((one: { id: string }) => one.id).sort()).toEqual(
    expect.arrayContaining([customer, other].sort()),
  );
  expect(body.previous).toMatchObject({ calls: expect.any(Number) });
  const byProvider = (await trends({ group_by: "provider" })).body;
  const sum = (all: { calls: number[] }[]) =>
    all.flatMap((one) => one.calls).reduce((a, b) => a + b, 0);
  expect(sum(byProvider.series)).toBe(byProvider.totals.calls);
  expect(sum(body.series)).toBe(body.totals.calls);
});

test("a reading of a meter counts as an event does, and is told in the audit log", async () => {
  const { id } = await w.customer();
  const name = `gb-${randomUUID().slice(0, 8)}`;
  await db.query(
    `INSERT INTO meters (id, name, title, unit, aggregation, field, event_meter, updated_at)
     VALUES (gen_random_uuid(), $1, 'Data', 'GB', 'latest', 'quantity', $1, now())`,
    [name],
  );
  await db.query(
    `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, updated_at)
     SELECT c.id, 'customer', m.id, 40, now() FROM customers c, meters m WHERE m.name = $1 AND c.email = $2`,
    [
      name,
      (
        await callRoute("customers.get", {
          headers,
          params: { customer_id: id },
        })
      ).body.email,
    ],
  );
  const put = (body: object) =>
    callRoute("customers.recordReading", {
      headers,
      params: { customer_id: id },
      body,
    });
  expect((await put({ meter: name, value: 30 })).body.usage_percentage).toBe(
    75,
  );
  expect((await put({ meter: name, value: 34 })).body.usage_percentage).toBe(
    85,
  );
  const { body } = await callRoute("usage.customer", {
    headers,
    params: { customer_id: id },
  });
  expect(body.quotas).toMatchObject([
    { meter: name, used: 34, limit: 40, remaining: 6, percentage: 85 },
  ]);
  expect((await put({ meter: "calls", value: 1 })).status).toBe(400);
  expect((await put({ meter: name })).status).toBe(400);
});
