import { CustomerFilters } from "@/modules/customers/contract";
import { newId } from "@/shared/ids";
import { callRoute, type Answer } from "../support/app";
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
const list = (query: Query) =>
  callRoute("customers.list", { headers, query: { per_page: 100, ...query } });
const ids = ({ body }: Answer): string[] =>
  body.items.map(({ id }: { id: string }) => id).sort();
const save = (name: string, filters: object) =>
  callRoute("segments.create", { headers, body: { name, filters } });
const update = (customer_id: string, body: object) =>
  callRoute("customers.update", { headers, params: { customer_id }, body });
const tags = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await callRoute("tags.list", { headers })).body.items.map(
      (tag: { name: string; customers: number }) => [tag.name, tag.customers],
    ),
  );

describe("tags", () => {
  test("are kept in one form, each once, however they are typed", async () => {
    expect((await w.customer()).tags).toEqual([]);
    const { body } = await callRoute("customers.create", {
      headers,
      body: {
        email: "tagged@example.com",
        full_name: "Tagged",
        tags: ["VIP", "  early   Access ", "ｖｉｐ", "Ä"],
      },
    });
    expect(body.tags).toEqual(["early access", "vip", "ä"]);
    const changed = await update(body.id, { tags: ["b", "A"] });
    expect(changed.body.tags).toEqual(["a", "b"]);
    const same = await update(body.id, { phone: "1" });
    expect(same.body.tags).toEqual(["a", "b"]);
    expect((await update(body.id, { tags: [] })).body.tags).toEqual([]);
  });

  test.each([["a,b"], [""], ["x".repeat(41)], ["a\u0000"], [7]])(
    "%j is none, and refused by name",
    async (tag) => {
      const { id } = await w.customer();
      const answer = await update(id, { tags: ["good", tag] });
      expect(answer.status).toBe(400);
      expect(answer.body.details.fields[0].field).toBe("body.tags.1");
    },
  );

  test("are at most twenty", async () => {
    const { id } = await w.customer();
    const some = (count: number) =>
      Array.from({ length: count }, (_, i) => `t${i}`);
    expect((await update(id, { tags: some(20) })).status).toBe(200);
    expect((await update(id, { tags: some(21) })).status).toBe(400);
  });

  test("are counted as customers come, change and go", async () => {
    const one = await w.customer({ tags: ["counted", "once"] });
    const two = await w.customer({ tags: ["counted"] });
    expect(await tags()).toMatchObject({ counted: 2, once: 1 });
    await update(one.id, { tags: ["counted"] });
    await callRoute("customers.remove", {
      headers,
      params: { customer_id: two.id },
    });
    expect(await tags()).toMatchObject({ counted: 1 });
    expect(await tags()).not.toHaveProperty("once");
    const [row] = await database.query<{ wrong: number }>(`
      SELECT count(*)::int AS wrong FROM tags t
      WHERE customers <> (SELECT count(*) FROM customers WHERE tags @> ARRAY[t.name])`);
    expect(row?.wrong).toBe(0);
  });

  test("find customers, in any case, beside other filters", async () => {
    const one = await w.customer({ tags: ["found"] });
    const two = await w.customer({ tags: ["found", "more"], country: "KE" });
    await update(two.id, { status: "suspended" });
    expect(ids(await list({ tag: " FOUND" }))).toEqual([one.id, two.id].sort());
    expect(ids(await list({ tag: "found", status: "active" }))).toEqual([
      one.id,
    ]);
    expect(ids(await list({ tag: "foun" }))).toEqual([]);
    expect((await list({ tag: "a,b" })).status).toBe(400);
  });

  test("are in the log when they change", async () => {
    const { id } = await w.customer({ tags: ["before"] });
    await update(id, { tags: ["after"] });
    const { body } = await callRoute("audit.customer", {
      headers,
      params: { customer_id: id },
    });
    expect(body.items[0]).toMatchObject({
      action: "customer.updated",
      before: { tags: ["before"] },
      after: { tags: ["after"] },
    });
  });
});

describe("segments", () => {
  test("find whoever fits their filters at that time, like the same filters in the list", async () => {
    const filters = {
      tag: "seg-a",
      status: "active",
      "created[gte]": "2020-01-01T00:00:00Z",
    };
    const { body: segment } = await save("Active A", filters);
    expect(segment).toMatchObject({ name: "Active A", filters });
    const one = await w.customer({ tags: ["seg-a"] });
    const two = await w.customer({ tags: ["seg-a"], full_name: "Other" });
    await w.customer({ tags: ["seg-b"] });
    const found = await list({ segment: segment.id });
    expect(ids(found)).toEqual([one.id, two.id].sort());
    expect(found.body.total).toBe(2);
    expect(ids(found)).toEqual(ids(await list(filters)));
    await update(one.id, { status: "suspended" });
    expect(ids(await list({ segment: segment.id }))).toEqual([two.id]);
  });

  test("hold beside other filters, of the same name too", async () => {
    const { body: segment } = await save("B", {
      tag: "both-a",
      status: "active",
    });
    const both = await w.customer({ tags: ["both-a", "both-b"] });
    await w.customer({ tags: ["both-a"] });
    await w.customer({ tags: ["both-b"] });
    const query = { segment: segment.id, tag: "both-b" };
    expect(ids(await list(query))).toEqual([both.id]);
    expect(
      ids(await list({ segment: segment.id, status: "suspended" })),
    ).toEqual([]);
  });

  test("of the status alone are counted as the list counts, without looking at rows", async () => {
    const { body: segment } = await save("Archived", { status: "archived" });
    await w.customer({ status: "archived" });
    const { body } = await list({ segment: segment.id });
    expect(body).toMatchObject({ total: 1, total_is_exact: true });
  });

  test("take what the list takes, and nothing else", async () => {
    const sample: Record<string, unknown> = {
      search: "ada",
      status: "active",
      is_active: true,
      has_licenses: false,
      expires: "soon",
      tag: "x",
      "expires_at[gte]": "2026-01-01T00:00:00Z",
      "expires_at[lte]": "2026-01-01T00:00:00Z",
      "created[gte]": "2026-01-01T00:00:00Z",
      "created[lte]": "2026-01-01T00:00:00Z",
      "revenue[gte]": 1,
      "revenue[lte]": 2,
      "balance[gte]": -1,
      "balance[lte]": 0,
      plan: newId("pln"),
    };
    expect(Object.keys(CustomerFilters.shape).sort()).toEqual(
      Object.keys(sample).sort(),
    );
    const { status, body } = await save("Everything", sample);
    expect(status).toBe(201);
    expect(body.filters).toEqual(sample);
    expect((await list({ segment: body.id })).status).toBe(200);
    for (const [wrong, field] of [
      [{ status: "gone" }, "filters.status"],
      [{ surprise: 1 }, "filters.surprise"],
      [{ segment: body.id }, "filters.segment"],
      [{ sort_by: "name" }, "filters.sort_by"],
      [{}, "filters"],
      [{ "revenue[gte]": "much" }, "filters.revenue[gte]"],
    ] as const) {
      const answer = await save("Wrong", wrong);
      expect([wrong, answer.status]).toEqual([wrong, 400]);
      expect(answer.body.details.fields[0].field).toBe(`body.${field}`);
    }
  });

  test("have names that differ, are renamed, changed and deleted, and all of it is in the log", async () => {
    const { body: segment } = await save("Named", { tag: "n" });
    const taken = await save("NAMED", { tag: "m" });
    expect(taken.status).toBe(409);
    expect(taken.body.details.fields[0].field).toBe("name");
    const on = (call: string, body?: object) =>
      callRoute(call, {
        headers,
        params: { segment_id: segment.id },
        ...(body && { body }),
      });
    expect(
      (await on("segments.update", { name: "Renamed" })).body,
    ).toMatchObject({
      name: "Renamed",
      filters: { tag: "n" },
    });
    await on("segments.update", { filters: { tag: "o" } });
    const { body: all } = await callRoute("segments.list", { headers });
    const names = all.items.map(({ name }: { name: string }) => name);
    expect(names).toContain("Renamed");
    expect((await on("segments.remove")).status).toBe(200);
    expect((await list({ segment: segment.id })).status).toBe(404);
    expect((await on("segments.update", { name: "x" })).status).toBe(404);
    const log = await callRoute("audit.list", {
      headers,
      query: { target_id: segment.id },
    });
    expect(
      log.body.items.map(({ action }: { action: string }) => action),
    ).toEqual([
      "segment.deleted",
      "segment.updated",
      "segment.updated",
      "segment.created",
    ]);
  });

  test("are chosen by whoever reads customers, and changed by who writes them", async () => {
    const cookie = await w.staffCookie("viewer");
    const viewer = { cookie, origin: w.origin };
    expect((await callRoute("segments.list", { headers: viewer })).status).toBe(
      200,
    );
    const body = { name: "Viewer’s", filters: { tag: "v" } };
    expect(
      (await callRoute("segments.create", { headers: viewer, body })).status,
    ).toBe(403);
  });
});
