import { endpoints } from "@/http/registry";
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

const create = (body: unknown) =>
  callRoute("customers.create", { headers, body });
const list = (query: Record<string, string | number | boolean>) =>
  callRoute("customers.list", { headers, query });
const on = (call: string, customer_id: string, body?: unknown) =>
  callRoute(call, { headers, params: { customer_id }, body });
describe("creating a customer", () => {
  test("takes name for full_name, and the display name is the company's", async () => {
    const { status, body } = await create({
      email: "  Ada@Example.COM ",
      name: "Ada Lovelace",
      company_name: "Analytical Engines",
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      email: "ada@example.com",
      full_name: "Ada Lovelace",
      name: "Analytical Engines",
      status: "active",
      is_active: true,
      currency: "USD",
      balance: { amount: 0, currency: "USD" },
    });
    expect(body.id).toMatch(/^cus_/);
    expect((await on("customers.get", body.id)).body).toEqual({
      ...body,
      ...{ package: null, service_plan_id: null, service_plan: null },
      total_calls: 0,
    });
  });

  test("refuses an address that is taken, in any case or width, with 409", async () => {
    const answer = await create({ email: "ＡDA@example.com", full_name: "B" });
    expect(answer.status).toBe(409);
    expect(answer.body.code).toBe("CONFLICT");
    expect(answer.body.details.fields).toEqual([
      { field: "email", message: expect.any(String) },
    ]);
  });

  test("names every wrong field at once", async () => {
    const answer = await create({
      email: "nope",
      country: "Kenya",
      currency: "XQQ",
      time_zone: "Mars/Olympus",
      status: "gone",
      surprise: true,
    });
    expect(answer.status).toBe(400);
    const named = answer.body.details.fields.map(
      ({ field }: { field: string }) => field,
    );
    expect(named.sort()).toEqual(
      [
        "body.country",
        "body.currency",
        "body.email",
        "body.full_name",
        "body.status",
        "body.surprise",
        "body.time_zone",
      ].sort(),
    );
  });

  test.each(["a\u0000b", "\ud800", "x".repeat(121), "", "   "])(
    "refuses the name %j",
    async (full_name) => {
      const answer = await create({ email: "x@example.com", full_name });
      expect(answer.status).toBe(400);
      expect(answer.body.details.fields[0].field).toBe("body.full_name");
    },
  );

  test("with a password makes a user who can sign in and must change it", async () => {
    const email = "portal@example.com";
    const { body } = await create({
      email,
      full_name: "Portal Person",
      password: "correct horse battery",
    });
    const users = await database.query(
      `SELECT u.must_change_password, m.role FROM users u
       JOIN memberships m ON m.user_id = u.id WHERE u.email = $1`,
      [email],
    );
    expect(users).toEqual([{ must_change_password: true, role: "owner" }]);
    const audit = JSON.stringify(
      await database.query("SELECT before, after FROM audit_log"),
    );
    expect(audit).not.toContain("correct horse");
    expect(JSON.stringify(body)).not.toContain("correct horse");
  });

  test("refuses a weak password and leaves nothing behind", async () => {
    const answer = await create({
      email: "weak@example.com",
      full_name: "Weak",
      password: "password1234",
    });
    expect(answer.status).toBe(400);
    expect((await list({ search: "weak@example.com" })).body.total).toBe(0);
  });
});

describe("changing a customer", () => {
  test("PATCH changes what is given and nothing else; null clears", async () => {
    const { id, ...before } = await w.customer({ phone: "1", country: "KE" });
    const { body } = await on("customers.update", id, { phone: null });
    expect(body).toMatchObject({ id, phone: null, country: "KE" });
    expect(body.email).toBe(before.email);
    const put = await on("customers.replace", id, { is_active: false });
    expect(put.body.status).toBe("suspended");
  });

  test("a status that disagrees with is_active is refused", async () => {
    const { id } = await w.customer();
    const answer = await on("customers.update", id, {
      status: "active",
      is_active: false,
    });
    expect(answer.status).toBe(400);
  });

  test("every column that the contract does not take is refused, and nothing changes", async () => {
    const { id } = await w.customer();
    const row = () =>
      database.query("SELECT c::text AS row FROM customers c ORDER BY id");
    const before = await row();
    const columns = await database.query<{ column_name: string }>(
      "SELECT column_name FROM information_schema.columns WHERE table_name = 'customers'",
    );
    const update = endpoints.find((e) => e.id === "customers.update");
    const taken = new Set(
      Object.keys((update?.body as { shape?: object }).shape ?? {}),
    );
    expect(taken.size).toBeGreaterThan(10);
    for (const { column_name } of columns.filter(
      (column) => !taken.has(column.column_name),
    )) {
      const answer = await on("customers.update", id, { [column_name]: "1" });
      expect([column_name, answer.status]).toEqual([column_name, 400]);
    }
    expect(await row()).toEqual(before);
  });

  test("the status is set with a reason that the activity keeps", async () => {
    const { id } = await w.customer();
    const reason = "Unpaid since March";
    await on("customers.setStatus", id, { status: "suspended", reason });
    const { body } = await on("audit.customer", id);
    expect(body.items[0]).toMatchObject({
      action: "customer.status_changed",
      before: { status: "active" },
      after: { status: "suspended", reason },
      actor: { kind: "service", name: "test" },
    });
  });

  test("a reading sets usage and devices", async () => {
    const { id } = await w.customer();
    const reading = { usage_percentage: 75, device_count: 2 };
    const { body } = await on("customers.recordReading", id, reading);
    expect(body).toMatchObject(reading);
    expect((await on("customers.recordReading", id, {})).status).toBe(400);
  });
});

describe("deleting a customer", () => {
  test("removes one that nothing depends on, with its keys", async () => {
    const { id } = await w.customer();
    await on("keys.issueToCustomer", id, {});
    expect((await on("customers.remove", id)).body).toEqual({
      id,
      deleted: true,
    });
    expect((await on("customers.get", id)).status).toBe(404);
  });

  test("is refused with the blockers listed, and archive offered", async () => {
    const { id } = await w.customer();
    const balance = { amount: 5, currency: "USD" };
    await on("ledger.setBalance", id, { balance, reason: "Gift" });
    const answer = await on("customers.remove", id);
    expect(answer.status).toBe(409);
    expect(answer.body.details).toEqual({
      blockers: [{ kind: "ledger transactions", count: 1 }],
      instead: "archive",
    });
    expect((await on("customers.get", id)).status).toBe(200);
  });
});

test("stats equal a recount, whatever was done", async () => {
  const made = await w.customer({ currency: "KES" });
  await on("ledger.setBalance", made.id, {
    balance: { amount: 12_345, currency: "KES" },
    reason: "Opening",
  });
  await on("customers.update", (await w.customer()).id, { currency: "JPY" });
  await on("customers.remove", (await w.customer()).id);
  const { body } = await callRoute("customers.stats", { headers });
  const [count] = await database.query(
    `SELECT count(*)::int AS total_customers,
       count(*) FILTER (WHERE status = 'active')::int AS active_customers,
       count(*) FILTER (WHERE status = 'suspended')::int AS suspended_customers,
       count(*) FILTER (WHERE status = 'pending')::int AS pending_customers,
       count(*)::int AS new_customers_this_month
     FROM customers`,
  );
  expect(body).toMatchObject(count ?? {});
  const sums = await database.query(
    `SELECT currency, count(*)::int AS customers,
       round(avg(balance_minor))::int AS average FROM customers
     GROUP BY currency ORDER BY customers DESC, currency`,
  );
  type Row = { currency: string; customers: number } & {
    average_balance: { amount: number };
  };
  expect(
    body.by_currency.map((row: Row) => ({
      currency: row.currency,
      customers: row.customers,
      average: row.average_balance.amount,
    })),
  ).toEqual(sums);
  expect(body.top_customers_by_balance[0]).toEqual({
    id: made.id,
    name: made.name,
    balance: { amount: 12_345, currency: "KES" },
  });
});
