import { issueKey } from "@/modules/keys";
import { endpoints } from "@/http/registry";
import { openapi } from "@/http/openapi";
import { callRoute, type Sent } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const onCustomer = (
  call: string,
  customer_id: string,
  ifMatch?: string,
  body?: unknown,
) =>
  callRoute(call, {
    params: { customer_id },
    headers: {
      ...headers,
      ...(ifMatch !== undefined && { "if-match": ifMatch }),
    },
    ...(body !== undefined && { body }),
  } satisfies Sent);
const patch = (id: string, ifMatch?: string, phone = "1") =>
  onCustomer("customers.update", id, ifMatch, { phone });
const tagOf = async (id: string) =>
  (await onCustomer("customers.get", id)).headers.get("etag") ?? "";

test("reading one and changing it answer its ETag, which is new after each change", async () => {
  const { id } = await w.customer();
  const first = await tagOf(id);
  expect(first).toMatch(/^"cus_[0-9a-z]+\.[0-9a-z]+"$/);
  expect(await tagOf(id)).toBe(first);
  const changed = await patch(id, first);
  const second = changed.headers.get("etag");
  expect([changed.status, second]).toEqual([200, await tagOf(id)]);
  expect(second).not.toBe(first);
});

test("of twenty changes at once that start from the same state exactly one passes", async () => {
  const { id } = await w.customer();
  const seen = await tagOf(id);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => patch(id, seen, `phone ${i}`)),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([200, ...Array<number>(19).fill(412)]);
  const winner = answers.find(({ status }) => status === 200);
  const { body } = await onCustomer("customers.get", id);
  expect(body.phone).toBe(winner?.body.phone);
});

test("a change under a stale ETag is refused with who changed it and when, and changes nothing", async () => {
  const { id } = await w.customer();
  const seen = await tagOf(id);
  const cookie = await w.staffCookie("billing");
  const theirs = await callRoute("customers.update", {
    params: { customer_id: id },
    headers: { cookie, origin: w.origin },
    body: { company_name: "Renamed" },
  });
  const mine = await patch(id, seen, "never");
  expect([mine.status, mine.body.code]).toEqual([412, "PRECONDITION_FAILED"]);
  expect(mine.body.details).toEqual({
    changed_by: { kind: "staff", name: "billing" },
    changed_at: theirs.body.updated_at,
    action: "customer.updated",
  });
  expect(mine.headers.get("etag")).toBe(theirs.headers.get("etag"));
  const { body } = await onCustomer("customers.get", id);
  expect([body.company_name, body.phone]).toEqual(["Renamed", null]);
});

test("a balance that was booked meanwhile counts as a change, with its own words", async () => {
  const { id } = await w.customer();
  const seen = await tagOf(id);
  const book = (ifMatch?: string) =>
    onCustomer("ledger.setBalance", id, ifMatch, {
      balance: { amount: 500, currency: "USD" },
      reason: "Opening credit",
    });
  expect((await book(seen)).status).toBe(200);
  expect((await book(seen)).status).toBe(412);
  const late = await patch(id, seen);
  expect([late.status, late.body.details.action]).toEqual([
    412,
    "ledger.adjusted",
  ]);
});

test("a removal or a status under a stale ETag is refused too", async () => {
  const { id } = await w.customer();
  const seen = await tagOf(id);
  await patch(id);
  const status = { status: "suspended" };
  expect((await onCustomer("customers.remove", id, seen)).status).toBe(412);
  expect(
    (await onCustomer("customers.setStatus", id, seen, status)).status,
  ).toBe(412);
  const fresh = await tagOf(id);
  expect((await onCustomer("customers.remove", id, fresh)).status).toBe(200);
});

test("without If-Match, with *, and with a list that names the state, a change passes", async () => {
  const { id } = await w.customer();
  expect((await patch(id)).status).toBe(200);
  expect((await patch(id, "*")).status).toBe(200);
  const listed = `"other", W/"weak" , ${await tagOf(id)}`;
  expect((await patch(id, listed)).status).toBe(200);
});

test("a weak tag never matches, and what is no tag is refused with words", async () => {
  const { id } = await w.customer();
  expect((await patch(id, `W/${await tagOf(id)}`)).status).toBe(412);
  for (const wrong of ["", "unquoted", '"open', '"a" "b"', '"a",']) {
    const answer = await patch(id, wrong);
    expect([wrong, answer.status]).toEqual([wrong, 400]);
    expect(answer.body.details.fields[0].field).toBe("header.if-match");
  }
});

test("a key's limits, name and revocation are guarded alike", async () => {
  const { id: customer_id } = await w.customer();
  const { id } = await issueKey(w.ctx, { customer_id });
  const on = (call: string, ifMatch?: string, body?: unknown) =>
    callRoute(call, {
      params: { key_id: id },
      headers: { ...headers, ...(ifMatch && { "if-match": ifMatch }) },
      ...(body !== undefined && { body }),
    });
  const seen = (await on("keys.get")).headers.get("etag") ?? "";
  const limits = { limits: { per_day: 5 } };
  const limited = await on("keys.update", seen, limits);
  expect(limited.status).toBe(200);
  expect((await on("keys.update", seen, { name: "Late" })).status).toBe(412);
  expect((await on("keys.revoke", seen)).status).toBe(412);
  const fresh = limited.headers.get("etag") ?? "";
  expect((await on("keys.revoke", fresh)).status).toBe(200);
  expect((await on("keys.revoke", fresh)).status).toBe(412);
  expect((await on("keys.revoke")).status).toBe(200);
});

test("a customer's people learn when their key was changed, and not by which of the staff", async () => {
  const { cookie, customerId } = await w.person("owner");
  const { id } = await issueKey(w.ctx, { customer_id: customerId });
  const headers = { cookie, origin: w.origin };
  const on = (call: string, more: object, body?: unknown) =>
    callRoute(call, {
      params: { key_id: id },
      headers: { ...headers, ...more },
      ...(body !== undefined && { body }),
    });
  const seen = (await on("keys.get", {})).headers.get("etag") ?? "";
  await callRoute("keys.update", {
    params: { key_id: id },
    headers: { cookie: await w.staffCookie("owner"), origin: w.origin },
    body: { name: "By staff" },
  });
  const late = await on("keys.update", { "if-match": seen }, { name: "Mine" });
  expect(late.status).toBe(412);
  expect(late.body.details.changed_by).toEqual({
    kind: "staff",
    name: "Our team",
  });
});

test("a change that no entry of the log tells of is still refused, by nobody known", async () => {
  const { id } = await w.customer();
  const seen = await tagOf(id);
  await database.query(
    "UPDATE customers SET updated_at = updated_at + interval '1 hour' WHERE email = (SELECT email FROM customers ORDER BY id DESC LIMIT 1)",
  );
  const answer = await patch(id, seen);
  expect([answer.status, answer.body.details.changed_by]).toEqual([412, null]);
});

test("the document names ETag and If-Match of each versioned endpoint, and no other's", () => {
  const { paths = {} } = openapi();
  for (const { id, path, method, versioned } of endpoints) {
    const item = paths[`/api${path}`] as Record<string, object>;
    const text = JSON.stringify(item[method.toLowerCase()]);
    const expected = [id, versioned, versioned && method !== "GET"];
    expect([id, text.includes('"ETag"'), text.includes('"If-Match"')]).toEqual(
      expected,
    );
  }
});
