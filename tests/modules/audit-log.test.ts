import { record } from "@/modules/audit";
import type { Actor } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { namedId, newId, toUuid } from "@/shared/ids";
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

const ada = newId("usr");
const grace = newId("usr");
const staff = (userId: string): Actor => ({
  kind: "staff",
  userId,
  name: userId === ada ? "Ada" : "Grace",
  role: "owner",
  sessionId: newId("ses"),
  hasTwoFactor: false,
  restriction: null,
});

async function write(
  action: `${string}.${string}`,
  given: {
    actor?: Actor;
    at?: string;
    target?: string;
    customer?: string;
  } = {},
): Promise<void> {
  const ctx = { ...w.ctx, actor: given.actor ?? staff(ada) };
  if (given.at) ctx.now = () => new Date(given.at ?? "");
  await transaction(ctx, (tx) =>
    record(tx, {
      action,
      target: { kind: "key", id: given.target ?? newId("key") },
      customerId: given.customer ?? null,
    }),
  );
}

const list = async (query: Record<string, string | number>) =>
  (await callRoute("audit.list", { headers, query })).body;
const actions = async (query: Record<string, string | number>) =>
  (await list(query)).items.map(({ action }: { action: string }) => action);

test("what staff do as a customer is theirs, on the customer's behalf", async () => {
  const customer = await w.customer({ company_name: "Acme" });
  const session = {
    sessionId: newId("ses"),
    userId: grace,
    hasTwoFactor: false,
    restriction: null,
  };
  await write("key.looked_at", {
    customer: customer.id,
    actor: {
      kind: "customer",
      name: "Acme",
      role: "owner",
      customerId: customer.id,
      selfService: { off: new Set(), contact: "" },
      viewer: { userId: grace, name: "Grace" },
      ...session,
    },
  });
  const { items } = await list({ actor_id: grace });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    actor: { kind: "staff", id: grace, name: "Grace" },
    on_behalf_of: { id: customer.id, name: "Acme" },
    customer_id: customer.id,
  });
  const [own] = (await list({ customer_id: customer.id })).items.slice(-1);
  expect(own).toMatchObject({ on_behalf_of: null });
});

test("each filter narrows the log, and they narrow it together", async () => {
  const [target, customer] = [newId("key"), newId("cus")];
  await write("door.opened", { at: "2020-01-01T00:00:00Z", target });
  await write("door.closed", { at: "2020-01-02T00:00:00Z", customer });
  await write("doorbell.rung", { at: "2020-01-03T00:00:00Z", target });
  const other = staff(grace);
  await write("door.opened", { at: "2020-01-04T00:00:00Z", actor: other });
  const early = { "created[lte]": "2021-01-01T00:00:00Z" };
  expect(await actions({ action: "door." })).toEqual([
    "door.opened",
    "door.closed",
    "door.opened",
  ]);
  expect(await actions({ action: "door.closed" })).toEqual(["door.closed"]);
  expect(await actions({ target_id: target })).toEqual([
    "doorbell.rung",
    "door.opened",
  ]);
  expect(await actions({ target_id: target, action: "door." })).toEqual([
    "door.opened",
  ]);
  expect(await actions({ customer_id: customer })).toEqual(["door.closed"]);
  expect(await actions({ actor_id: grace, ...early })).toEqual(["door.opened"]);
  expect(await actions({ actor_id: ada, action: "door.", ...early })).toEqual([
    "door.closed",
    "door.opened",
  ]);
  const days = { "created[gte]": "2020-01-02T00:00:00Z", ...early };
  expect(await actions(days)).toEqual([
    "door.opened",
    "doorbell.rung",
    "door.closed",
  ]);
  expect(
    await actions({ ...days, "created[lte]": "2020-01-03T00:00:00Z" }),
  ).toEqual(["doorbell.rung", "door.closed"]);
  expect(await actions({ actor_id: newId("usr") })).toEqual([]);
  expect(await actions({ action: "nothing." })).toEqual([]);
});

test("_ in an action is a letter, and not any letter", async () => {
  const customer = newId("cus");
  await write("service_token.issued", { customer });
  await write("serviceXtoken.issued".toLowerCase() as "a.b", { customer });
  const query = { customer_id: customer, action: "service_token." };
  expect(await actions(query)).toEqual(["service_token.issued"]);
});

type Query = Record<string, string>;

test.each<Query>([
  {},
  { action: "page." },
  { actor_id: ada, action: "page." },
  { actor_id: ada },
  { "created[gte]": "2000-01-01T00:00:00Z" },
])("pages under %j hold each entry once, newest first", async (filter) => {
  for (let i = 0; i < 5; i += 1) await write(`page.${"abcde"[i]}`);
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { id: string }[]; next_cursor: string | null } =
      await list({ ...filter, limit: 3, ...(cursor && { cursor }) });
    found.push(...page.items.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor);
  const whole: { items: { id: string }[] } = await list({
    ...filter,
    limit: 100,
  });
  expect(found).toEqual(whole.items.map(({ id }) => id));
  expect(found.length).toBeGreaterThan(4);
  expect(found).toEqual([...found].sort().reverse());
});

test("what is no id, action or time is refused by name", async () => {
  const refused: Query[] = [
    { actor_id: "ada" },
    { target_id: "' OR 1=1" },
    { action: "%" },
    { action: "door" },
    { "created[gte]": "yesterday" },
  ];
  for (const query of refused) {
    const answer = await callRoute("audit.list", { headers, query });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(Object.keys(query)[0]);
  }
});

test("a thing with a name and no UUID keeps one id", () => {
  expect(namedId("set", "company")).toMatch(/^set_/);
  expect(namedId("set", "company")).toBe(namedId("set", "company"));
  expect(namedId("set", "company")).not.toBe(namedId("set", "portal"));
  expect(() => namedId("set", "é")).toThrow();
  expect(() => namedId("set", "longer than sixteen")).toThrow();
});

test("every filter is served by an index, whatever it is about", async () => {
  await database.query(
    `INSERT INTO audit_log (id, actor_kind, actor_id, actor_name, action, target_kind, target_id, customer_id, created_at)
     SELECT uuidv7(n * interval '-1 minute'), 'system', CASE WHEN n % 2 = 0 THEN $1::uuid END, 'bulk',
       'bulk.' || chr(97 + n % 20), 'key', gen_random_uuid(), gen_random_uuid(), now() - n * interval '1 minute'
     FROM generate_series(1, 60000) n`,
    [toUuid(grace)],
  );
  await write("rare.thing", { at: "2019-01-01T00:00:00Z" });
  await database.query("ANALYZE audit_log");
  let before = await rowsRead();
  const queries: Query[] = [
    {},
    { action: "rare." },
    { action: "bulk." },
    { actor_id: grace },
    { customer_id: newId("cus"), action: "bulk." },
    { "created[lte]": "2019-06-01T00:00:00Z", action: "bulk." },
  ];
  for (const query of queries) {
    await list({ ...query, limit: 10 });
    const after = await rowsRead();
    expect([query, after - before < 1_500]).toEqual([query, true]);
    before = after;
  }
});

/** Rows and index entries of the log that all sessions have read so far. */
async function rowsRead(): Promise<number> {
  await database.query("SELECT pg_sleep(1.2)"); // sessions report once a second
  const [row] = await database.query<{ read: string }>(
    `SELECT (seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_all_indexes i
       WHERE i.relid = t.relid))::text AS read
     FROM pg_stat_all_tables t WHERE relname = 'audit_log'`,
  );
  return Number(row?.read);
}
