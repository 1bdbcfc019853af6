import { readXlsx } from "hucre/xlsx";
import { exportCustomers } from "@/modules/batches";
import { CustomerExportQuery } from "@/modules/batches/contract/export";
import type { Ctx } from "@/platform/context";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

type Query = Record<string, string | number | boolean>;
const asCsv = (query: Query = {}, as = headers) =>
  callRoute("customerFiles.export", { headers: as, query });
/** The lines of a CSV without commas in its cells. */
async function lines(query: Query = {}, as = headers): Promise<string[][]> {
  const { status, body } = await asCsv(query, as);
  expect(status).toBe(200);
  return String(body)
    .trim()
    .split("\n")
    .map((line) => line.split(","));
}
const book = async (query: Query, ctx: Ctx = w.ctx) => {
  const wanted = CustomerExportQuery.parse({ format: "xlsx", ...query });
  const { stream } = await exportCustomers(ctx, wanted);
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return (await readXlsx(bytes)).sheets[0]?.rows ?? [];
};

describe("many customers", () => {
  beforeAll(async () => {
    // Few values, so that each read of a thousand ends among rows that are equal in all but the id.
    await database.query(`
      INSERT INTO customers (id, email, full_name, status, expires_at, balance_minor, revenue_minor, created_at, updated_at)
      SELECT gen_random_uuid(), 'many' || i || '@many.example', 'Name ' || i % 3,
             (ARRAY['active', 'suspended', 'archived'])[1 + i % 3],
             CASE WHEN i % 2 = 0 THEN timestamptz '2030-01-01' + i % 4 * interval '1 day' END,
             i % 2 * 100, i % 5 * 1000, timestamptz '2026-01-01' + i % 7 * interval '1 hour', now()
      FROM generate_series(1, 2300) i`);
  });

  test.each(
    [
      ["created_at", "created_at", "id"],
      ["name", "sort_name", "id"],
      ["email", "email", ""],
      ["balance", "balance_minor", "id"],
      ["revenue", "revenue_minor", "id"],
      ["expires_at", "expires_at", "id"],
    ].flatMap((sort) => ["asc", "desc"].map((order) => [...sort, order])),
  )(
    "sorted by %s come each once, in the order of the list (%s %s %s)",
    async (sort_by, column, tie, sort_order) => {
      const order = [column, tie]
        .filter(Boolean)
        .map((one) => `${one} ${sort_order}`);
      const wanted = await database.query<{ email: string }>(
        `SELECT email FROM customers WHERE email LIKE '%@many.example' ORDER BY ${order.join(", ")}`,
      );
      const query = { search: "@many.example", sort_by, sort_order } as Query;
      const [, ...rows] = await lines(query);
      expect(rows.map((row) => row[2])).toEqual(
        wanted.map(({ email }) => email),
      );
    },
  );

  test("sorted by status come with the newest first in each", async () => {
    const wanted = await database.query<{ email: string }>(
      `SELECT email FROM customers WHERE email LIKE '%@many.example'
       ORDER BY status, created_at DESC, id DESC`,
    );
    const query = {
      search: "@many.example",
      sort_by: "status",
      sort_order: "asc",
    };
    const [, ...rows] = await lines(query);
    expect(rows.map((row) => row[2])).toEqual(wanted.map(({ email }) => email));
  });

  test("are those that the filters and the segment of the list find", async () => {
    const { body: segment } = await callRoute("segments.create", {
      headers,
      body: { name: "Suspended", filters: { status: "suspended" } },
    });
    const query = { segment: segment.id, "revenue[gte]": 4000 };
    const listed = await callRoute("customers.list", { headers, query });
    const [, ...rows] = await lines(query);
    expect(rows).toHaveLength(listed.body.total);
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map((row) => row[12]))).toEqual(new Set(["suspended"]));
  });

  test("stop being read when the caller has enough", async () => {
    let reads = 0;
    const query = CustomerExportQuery.parse({ search: "@many.example" });
    const given = (target: object, name: string | symbol): unknown =>
      Reflect.get(target, name);
    const customer = new Proxy(w.ctx.db.customer, {
      get(target, name) {
        if (name === "findMany") reads += 1;
        return given(target, name);
      },
    });
    const db = new Proxy(w.ctx.db, {
      get: (target, name) =>
        name === "customer" ? customer : given(target, name),
    });
    const ctx = { ...w.ctx, db };
    const { stream } = await exportCustomers(ctx, query);
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    const soFar = reads;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(soFar).toBeLessThan(6);
    expect(reads).toBe(soFar);
  });
});

test("money is decimals beside its currency, and below zero still a number", async () => {
  for (const [currency, minor] of [
    ["USD", -1234],
    ["JPY", 1234],
    ["KWD", 5],
  ] as const) {
    const made = await w.customer({ currency, full_name: `Money ${currency}` });
    await database.query(
      "UPDATE customers SET balance_minor = $2 WHERE email = $1",
      [made.email, minor],
    );
  }
  const query = { search: "Money ", sort_by: "name", sort_order: "asc" };
  const [head = [], ...rows] = await lines(query);
  const at = head.indexOf("balance");
  expect(head[at - 1]).toBe("currency");
  expect(rows.map((row) => row.slice(at - 1, at + 1))).toEqual([
    ["JPY", "1234"],
    ["KWD", "0.005"],
    ["USD", "-12.34"],
  ]);
  const sheet = await book(query);
  expect(sheet.slice(1).map((row) => row[at])).toEqual([1234, 0.005, -12.34]);
});

test("who may not see billing gets no money", async () => {
  const cookie = await w.staffCookie("developer");
  const [head] = await lines({}, { cookie, origin: w.origin });
  expect(head).toContain("email");
  expect(head).not.toContain("balance");
  expect(head).not.toContain("total_revenue");
});

test("text that is a formula to a spreadsheet is none in the file", async () => {
  await w.customer({
    full_name: "=HYPERLINK(1)",
    company_name: "@SUM(1)",
    phone: "+254700",
    address: 'two\nlines "quoted"; and a comma, here',
    tags: ["b", "formula"],
    metadata: { plan: "gold" },
  });
  const { body } = await asCsv({ tag: "formula" });
  expect(body).toContain("'=HYPERLINK(1),'@SUM(1),'+254700");
  expect(body).toContain('"two\nlines ""quoted""; and a comma, here"');
  expect(body).toContain('"b, formula"');
  expect(body).toContain('"{""plan"":""gold""}"');
  const [head = [], row = []] = await book({ tag: "formula" });
  expect(row[head.indexOf("full_name")]).toBe("'=HYPERLINK(1)");
  expect(row[head.indexOf("address")]).toContain("two\nlines");
});

test("an unknown segment is 404, an unknown format 400, a member 403", async () => {
  const absent = { segment: "seg_01jd0000000000000000000000" };
  expect((await asCsv(absent)).status).toBe(404);
  expect((await asCsv({ format: "pdf" })).status).toBe(400);
  expect((await asCsv({ page: 2 })).status).toBe(400);
  const cookie = await w.customerCookie();
  expect((await asCsv({}, { cookie, origin: w.origin })).status).toBe(403);
});
