import { createMeter } from "@/modules/meters";
import { callRoute, type Sent } from "../support/app";
import { useDatabase } from "../support/database";
import { plan } from "../support/things";
import { price, subscriptionsFixture } from "./subscriptions-fixture";

// The life of a customer of an internet provider, by the paths that such a system had.
const database = useDatabase();
const s = subscriptionsFixture(database);
const package10 = {
  ...{ feature: "data_gb", title: "Data", kind: "metered" as const },
  ...{ meter: "data_gb", quota: 500, overage: false },
};

const speed = {
  ...{ feature: "speed", title: "Speed", kind: "static" as const },
  value: "10 Mbps",
};

let headers: Record<string, string>;
let planId: string;
let version: { id: string };
beforeAll(async () => {
  headers = { authorization: `Bearer ${s.world().everything}` };
  await createMeter(s.world().ctx, {
    ...{ name: "data_gb", title: "Data", unit: "GB", aggregation: "sum" },
    ...{ field: "quantity", property: null, event_meter: "data_gb" },
    ...{ provider: null, model: null },
  });
  ({ id: planId, version } = await plan(
    s.world().ctx,
    {
      prices: [price(500_000, "month", "KES")],
      features: [speed, package10],
    },
    { code: "basic_wifi", name: "Basic WiFi" },
  ));
});

const ask = (call: string, sent: Sent = {}) =>
  callRoute(call, { headers, ...sent });
const on = (customer_id: string, call: string, sent: Sent = {}) =>
  ask(call.replace(" ", " /v1/customers/{customer_id}"), {
    ...{ params: { customer_id } },
    ...sent,
  });
const found = async (query: Record<string, string>) => {
  const { body } = await ask("GET /v1/customers", { query });
  return body.items.map(({ name }: { name: string }) => name);
};

test("a customer is created, found, changed, measured and refused deletion as the reference has it", async () => {
  const made = await ask("POST /v1/customers", {
    body: {
      ...{ name: "John Doe", email: "john@example.com", currency: "KES" },
      ...{ phone: "+254700123456", address: "123 Main St, Nairobi" },
      ...{ status: "active", usage_percentage: 0, device_count: 1 },
    },
  });
  expect([made.status, made.body]).toMatchObject([
    201,
    {
      ...{ name: "John Doe", status: "active", is_active: true },
      ...{ phone: "+254700123456", address: "123 Main St, Nairobi" },
      ...{ usage_percentage: 0, device_count: 1, last_payment_at: null },
      balance: { amount: 0, currency: "KES" },
    },
  ]);
  const { id } = made.body;
  await ask("POST /v1/customers", {
    body: {
      name: "Amina Hassan",
      email: "amina@example.com",
      phone: "+254711",
    },
  });
  for (const search of ["john", "john@ex", "700123", "doe"])
    expect([search, await found({ search })]).toEqual([search, ["John Doe"]]);
  expect(await found({ status: "suspended" })).toEqual([]);
  expect(await found({ sort_by: "name", sort_order: "asc" })).toEqual([
    ...["Amina Hassan", "John Doe"],
  ]);
  const second = await ask("GET /v1/customers", {
    query: { page: 2, per_page: 1, sort_by: "created_at", sort_order: "desc" },
  });
  expect(second.body).toMatchObject({
    ...{ total: 2, pages: 2, page: 2, per_page: 1 },
    items: [{ id }],
  });

  const put = await on(id, "PUT ", { body: { address: "45 Side St" } });
  expect([put.status, put.body.address]).toEqual([200, "45 Side St"]);
  const read = await on(id, "PUT /usage", {
    body: { usage_percentage: 75, device_count: 2 },
  });
  expect([read.status, read.body]).toMatchObject([
    ...[200, { usage_percentage: 75, device_count: 2 }],
  ]);
  expect((await on(id, "GET ")).body).toMatchObject({
    ...{ usage_percentage: 75, device_count: 2, address: "45 Side St" },
  });
  const balance = { amount: 100_000, currency: "KES" };
  await on(id, "PUT /balance", { body: { balance, reason: "Deposit" } });
  expect((await on(id, "GET ")).body.balance).toEqual(balance);
  for (const status of ["suspended", "pending", "active"]) {
    await on(id, "PUT /status", { body: { status } });
    expect((await on(id, "GET ")).body.status).toBe(status);
  }
  const taken = await ask("POST /v1/customers", {
    body: { name: "J", email: "JOHN@example.com", phone: "1" },
  });
  expect(taken.status).toBe(409);
  // Whoever had money booked stays; whoever had none goes.
  expect((await on(id, "DELETE ")).status).toBe(409);
  const [amina] = (
    await ask("GET /v1/customers", { query: { search: "amina" } })
  ).body.items;
  expect((await on(amina.id, "DELETE ")).status).toBe(200);
  expect((await on(amina.id, "GET ")).status).toBe(404);
});

test("its package says how much it may use, and readings of its data volume say how much of that it has", async () => {
  const customer_id = await s.testCustomer("2026-11-01T10:00:00Z", {
    ...{ currency: "KES" },
  });
  const opened = await s.open({ customer_id, plan_version_id: version.id });
  expect(opened.status).toBe("active");
  const at = new Date().toISOString();
  for (const value of [300, 75.5]) {
    const put = await on(customer_id, "PUT /usage", {
      body: { meter: "data_gb", value, at },
    });
    expect([put.status, put.body.error]).toEqual([200, undefined]);
  }
  const { body } = await ask("GET /v1/customers");
  const listed = body.items.find(
    ({ id }: { id: string }) => id === customer_id,
  );
  expect(listed).toMatchObject({
    ...{ package: "Basic WiFi", usage_percentage: 75 },
  });
});

test("a customer is created with its package and balance as the reference has it, and shows the plan with its speed and price", async () => {
  const money = (amount: number) => ({ amount, currency: "KES" });
  const { status, body } = await ask("POST /v1/customers", {
    body: {
      ...{ name: "Wanjiru Kamau", email: "wanjiru@example.com" },
      ...{ phone: "+254700999888", address: "1 Moi Avenue", currency: "KES" },
      ...{ status: "active", package: "Basic WiFi", balance: money(700_000) },
      ...{ usage_percentage: 0, device_count: 1 },
    },
  });
  const service_plan = {
    ...{ id: planId, name: "Basic WiFi", speed: "10 Mbps" },
    ...{ price: money(500_000), interval: "month" },
  };
  const shown = {
    ...{ package: "Basic WiFi", service_plan_id: planId, service_plan },
    // What it began with, less its first month.
    ...{ balance: money(200_000), active_subscriptions: 1 },
  };
  expect([status, body]).toMatchObject([201, shown]);
  const of = (path: string) => on(body.id, `GET ${path}`);
  expect((await of("")).body).toMatchObject(shown);
  const listed = await ask("GET /v1/customers", {
    query: { search: "wanjiru" },
  });
  expect(listed.body.items).toMatchObject([{ id: body.id, ...shown }]);
  expect((await of("/invoices")).body.items).toMatchObject([
    { status: "paid", total: money(500_000) },
  ]);
  expect((await of("/ledger")).body.items.at(-1)).toMatchObject({
    ...{ kind: "adjustment", reason: "Opening balance" },
    change: money(700_000),
  });

  const put = await on(body.id, "PUT ", {
    body: { usage_percentage: 40, device_count: 3, phone: "+254711" },
  });
  expect([put.status, put.body]).toMatchObject([
    ...[200, { device_count: 3, phone: "+254711" }],
  ]);
  // Its package has a quota, which says how much was used: a reading of its own counts no more.
  expect((await of("")).body.usage_percentage).toBe(0);
});

test("a package that nobody sells, or a balance by who may not book one, leaves no customer", async () => {
  const email = "nobody@example.com";
  const body = { name: "Nobody", email, phone: "1", currency: "KES" };
  const unsold = await ask("POST /v1/customers", {
    body: { ...body, package: "Carrier pigeon" },
  });
  expect([unsold.status, unsold.body.details.fields[0].field]).toEqual([
    ...[400, "body.package"],
  ]);
  const token = await s.world().token(["customers:write"]);
  for (const more of [
    { package: "basic_wifi" },
    { balance: { amount: 1, currency: "KES" } },
  ]) {
    const refused = await ask("POST /v1/customers", {
      ...{ body: { ...body, ...more } },
      headers: { authorization: `Bearer ${token}` },
    });
    expect([refused.status, refused.body.details]).toEqual([
      ...[403, { permission: "billing:write" }],
    ]);
  }
  expect(await found({ search: email })).toEqual([]);
});

test("a customer whose invoices stay unpaid is cut off by itself, and back when it has paid", async () => {
  const customer_id = await s.testCustomer("2026-01-10T10:00:00Z", {
    ...{ currency: "KES" },
  });
  const sub = await s.open({ customer_id, plan_version_id: version.id });
  const mayGoOnline = async () =>
    (await ask("access.check", { body: { customer_id } })).body.code;
  await s.payAll(s.world().ctx, customer_id);
  expect(await mayGoOnline()).toBe("VALID");
  await s.advance(customer_id, "2026-04-20T10:00:00Z");
  expect((await s.read(sub)).has_access).toBe(false);
  expect(await mayGoOnline()).toBe("SUBSCRIPTION_INACTIVE");

  const list = async (of: string, status: string) =>
    (await on(customer_id, `GET /${of}`, { query: { status, per_page: 5 } }))
      .body;
  expect((await list("invoices", "open")).total).toBeGreaterThan(0);
  expect((await list("payments", "succeeded")).total).toBe(1);
  const ticket = await ask("POST /v1/support", {
    body: { customer_id, subject: "I am offline", body: "Since this morning." },
  });
  expect(ticket.status).toBe(201);
  expect((await list("tickets", "open")).items).toMatchObject([
    { subject: "I am offline" },
  ]);
  expect((await list("tickets", "closed")).total).toBe(0);
  const kept = await on(customer_id, "DELETE ");
  expect(kept.status).toBe(409);
  expect(
    kept.body.details.blockers.map(({ kind }: { kind: string }) => kind).sort(),
  ).toEqual(expect.arrayContaining(["invoices", "open tickets", "payments"]));

  await s.payAll(s.world().ctx, customer_id);
  await s.advance(customer_id, "2026-04-21T10:00:00Z");
  expect(await mayGoOnline()).toBe("VALID");
});

test("the figures count customers by status, and name those with the largest balances", async () => {
  const stats = async () => (await ask("GET /v1/customers/stats")).body;
  const before = await stats();
  const { id } = await s.world().customer();
  await on(id, "PUT /status", { body: { status: "suspended" } });
  const balance = { amount: 9_000_000, currency: "USD" };
  await on(id, "PUT /balance", { body: { balance, reason: "Deposit" } });
  const after = await stats();
  expect(after).toMatchObject({
    total_customers: before.total_customers + 1,
    active_customers: before.active_customers,
    suspended_customers: before.suspended_customers + 1,
    pending_customers: before.pending_customers,
    average_balance: { currency: expect.any(String) },
  });
  expect(after.top_customers_by_balance[0]).toMatchObject({ id, balance });
});
