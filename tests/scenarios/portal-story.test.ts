import { useStripe } from "../modules/stripe-fixture";
import { useDatabase } from "../support/database";
import { story } from "../support/journey";
import { useOlderPaths } from "../support/older-paths";
import { subdomain, useTenantDatabases } from "../support/tenants";
import { plan } from "../support/things";
import { world, type World } from "../support/world";

// The life of a portal's customer, call by call, by the paths that such a system had, over HTTP.
const database = useDatabase();
const stripe = useStripe(database);
useTenantDatabases(database);
const portal = useOlderPaths(database);
const { send, ask, work, mailed } = portal;
const john = portal.person();
jest.setTimeout(120_000);

const email = "john.doe@example.com";
const password = "SecurePass123!";
const registration = {
  ...{ email, password },
  company_name: "My Company",
  ...{ first_name: "John", last_name: "Doe" },
};
const usd = (amount: number) => ({ amount, currency: "USD" });

let w: World;
let offered: string;
let subscriptionId = "";
const chapter = story();

beforeAll(async () => {
  w = await world();
  offered = await sold("Starter", 2_900);
});

/** What is sold of a plan with a tenant, at so many cents a month. */
async function sold(name: string, cents: number): Promise<string> {
  const terms = {
    prices: [{ interval: "month" as const, price: usd(cents) }],
    features: [
      {
        ...{ feature: "tenants", title: "Tenants" },
        ...{ kind: "static" as const, value: 1 },
      },
    ],
  };
  const named = { code: name.toLowerCase(), name };
  return (await plan(w.ctx, terms, named)).version.id;
}

const tellStripe = async () => {
  for (const event of stripe.server().take()) {
    const { raw, headers } = stripe.server().signed(event);
    const told = await send("POST /api/webhooks/stripe", raw, headers);
    expect([told.status, told.body]).toEqual([200, { received: true }]);
  }
  await work();
};

chapter("registers with the reference's own body, and signs in", async () => {
  const registered = await ask("POST /api/auth/register", registration);
  expect(registered.status).toBe(202);
  const early = await ask("POST /api/auth/login", { email, password });
  expect([early.status, early.body.code]).toEqual([403, "EMAIL_NOT_VERIFIED"]);
  const link = { token: await mailed(email, "verify") };
  expect((await ask("POST /api/auth/verify-email", link)).status).toBe(200);
  const tokens = await john.signsIn(email, password);
  expect(tokens).toMatchObject({
    ...{ token_type: "Bearer", expires_in: 3_600 },
    user: { email, full_name: "John Doe" },
  });
  await john.renews(tokens.refresh_token);
});

chapter("reads and changes the profile", async () => {
  const profile = await john.does(200, "GET /api/auth/profile");
  expect(profile).toMatchObject({
    ...{ email: email, full_name: "John Doe", email_verified: true },
    customer: { role: "owner" },
  });
  const put = { full_name: "John A. Doe", language: "de" };
  expect(await john.does(200, "PUT /api/auth/profile", put)).toMatchObject(put);
  expect(await john.does(200, "GET /api/auth/profile")).toEqual({
    ...{ ...profile, ...put },
  });
  await john.does(200, "PUT /api/auth/profile", { language: "en" });
});

chapter("changes, forgets and resets the password, and signs out", async () => {
  const next = "another long sentence";
  await john.does(200, "POST /api/auth/change-password", {
    ...{ current_password: password, new_password: next },
  });
  await portal.person().signsIn(email, next);
  const asked = await ask("POST /api/auth/forgot-password", { email });
  expect(asked.status).toBe(202);
  const reset = { token: await mailed(email, "reset"), password };
  const done = await ask("POST /api/auth/reset-password", reset);
  expect([done.status, done.body]).toEqual([200, { done: true }]);
  const isOut = async () => {
    const { status } = await john.calls("GET /api/auth/profile");
    expect(status).toBe(401);
    await john.signsIn(email, password);
  };
  await isOut();
  await john.does(200, "POST /api/auth/logout");
  await isOut();
});

chapter("subscribes, and pays by Stripe", async () => {
  const { items } = await john.does(200, "GET /api/billing/plans");
  expect(items).toMatchObject([
    {
      ...{ code: "starter", name: "Starter", version_id: offered },
      prices: [{ interval: "month", price: usd(2_900) }],
    },
  ]);
  const made = await john.does(201, "POST /api/billing/subscribe", {
    plan_version_id: offered,
  });
  subscriptionId = made.id;
  expect(made).toMatchObject({ status: "incomplete", has_access: false });
  const bills = await john.does(200, "GET /api/billing/invoices");
  expect(bills).toMatchObject({
    ...{ total: 1, items: [{ status: "open", total: usd(2_900) }] },
  });
  const checkout = await john.does(201, "POST /api/billing/checkout/stripe", {
    ...{ purpose: "invoice", invoice_id: bills.items[0].id },
  });
  expect(checkout).toMatchObject({ provider: "stripe", status: "open" });
  stripe.people().page(checkout.url).pay();
  await tellStripe();
  const mine = await john.does(200, "GET /api/billing/subscriptions");
  expect(mine).toMatchObject({
    total: 1,
    items: [{ id: subscriptionId, status: "active", has_access: true }],
  });
  expect(
    (await john.does(200, "GET /api/billing/invoices")).items,
  ).toMatchObject([{ status: "paid", due: usd(0) }]);
});

chapter("adds a card, and sees it", async () => {
  const adding = await john.does(201, "POST /api/billing/payment-methods", {
    provider: "stripe",
  });
  expect(adding).toMatchObject({ purpose: "setup", provider: "stripe" });
  stripe.people().page(adding.url).pay();
  await tellStripe();
  const { items } = await john.does(200, "GET /api/billing/payment-methods");
  expect(items).toMatchObject([
    { provider: "stripe", kind: "card", last_four: "4242", is_default: true },
  ]);
});

chapter(
  "has a larger plan at once, and a smaller one at the period's end",
  async () => {
    const [large, small] = [
      await sold("Large", 5_900),
      await sold("Small", 900),
    ];
    const at = `/api/v1/subscriptions/${subscriptionId}`;
    const change = (plan_version_id: string) =>
      john.does(200, `POST ${at}/change`, { plan_version_id });
    await change(large);
    await work();
    await tellStripe();
    expect(await john.does(200, `GET ${at}`)).toMatchObject({
      ...{ plan: { name: "Large" }, amount: usd(5_900), status: "active" },
    });
    const [bill] = (await john.does(200, "GET /api/billing/invoices")).items;
    expect([bill.status, bill.total.amount > 2_900]).toEqual(["paid", true]);
    const { plan: now, scheduled_change: next } = await change(small);
    expect([now.name, next.after.plan_name]).toEqual(["Large", "Small"]);
    await john.does(200, `DELETE ${at}/changes/${next.id}`);
  },
);

chapter("takes the card off again", async () => {
  const { items } = await john.does(200, "GET /api/billing/payment-methods");
  const { id } = items[0];
  const gone = await john.does(
    200,
    `DELETE /api/billing/payment-methods/${id}`,
  );
  expect(gone).toEqual({ id, deleted: true });
  await work();
  await tellStripe();
  const left = await john.does(200, "GET /api/billing/payment-methods");
  expect(left.items).toEqual([]);
  const there = stripe.server().store.all("payment_method");
  expect(there.filter(({ customer }) => customer !== null)).toEqual([]);
});

chapter("sees what was used, and what that is of the plan", async () => {
  const { customer } = await john.does(200, "GET /api/auth/profile");
  const event = { id: "one", customer_id: customer.id, duration_ms: 40 };
  const sent = await ask("POST /api/v1/usage/events", event, w.everything);
  expect(sent.body.accepted).toBe(1);
  expect(await john.does(200, "GET /api/billing/usage")).toMatchObject({
    ...{ total_calls: 1, total_errors: 0, avg_response_time_ms: 40 },
    ...{ current: { day: 0 }, limits: { per_minute: 100 }, quotas: [] },
    period: { start: expect.any(String), end: expect.any(String) },
  });
});

chapter("makes a tenant of the plan, and looks after it", async () => {
  const name = subdomain();
  const made = await john.does(201, "POST /api/tenants", { subdomain: name });
  expect(made).toMatchObject({ status: "provisioning", subdomain: name });
  const second = await john.calls("POST /api/tenants", { subdomain: "more" });
  expect([second.status, second.body.details]).toEqual([
    ...[409, { limit: 1, used: 1 }],
  ]);
  await work();
  const at = `/api/tenants/${made.id}`;
  expect(await john.does(200, `GET ${at}`)).toMatchObject({
    ...{ id: made.id, status: "active", driver: "sandbox" },
    usage: { users: { used: 1 }, storage_bytes: { used: expect.any(Number) } },
  });
  const put = { name: "Works", metadata: { branch: "north" } };
  expect(await john.does(200, `PUT ${at}`, put)).toMatchObject(put);
  const list = await john.does(200, "GET /api/tenants");
  expect(list).toMatchObject({ total: 1, items: [{ id: made.id, ...put }] });

  const installed = async () => {
    await work();
    const { items } = await john.does(200, `GET ${at}/modules`);
    const there = items.filter((one: Installed) => one.is_installed);
    return there.map((one: Installed) => one.name);
  };
  expect(await installed()).toEqual([]);
  await john.does(202, `POST ${at}/modules`, { name: "crm" });
  expect(await installed()).toEqual(["crm", "contacts"]);
  await john.does(202, `DELETE ${at}/modules/crm`);
  expect(await installed()).toEqual(["contacts"]);

  const backup = await john.does(202, `POST ${at}/backup`);
  await work();
  const { items } = await john.does(200, `GET ${at}/backups`);
  expect(items).toMatchObject([
    { id: backup.id, status: "ready", bytes: expect.any(Number) },
  ]);
  const log = await john.does(200, `GET ${at}/logs`);
  const said = log.items.map(({ message }: { message: string }) => message);
  expect(said.join("\n")).toMatch(/crm/i);
  expect(log.items[0]).toMatchObject({
    ...{ level: "info", created_at: expect.any(String) },
  });
  expect(await john.does(200, `DELETE ${at}`)).toMatchObject({
    status: "deleting",
  });
  await work();
  expect(await john.does(200, `GET ${at}`)).toMatchObject({
    status: "deleted",
  });
});

chapter("opens a ticket, adds to it, and closes it", async () => {
  const made = await john.does(201, "POST /api/support", {
    ...{ subject: "It is slow", body: "Since noon." },
    ...{ priority: "high", category: "technical" },
  });
  const at = `/api/support/${made.id}`;
  const kinds = { priority: "high", category: "technical" };
  expect(await john.does(200, "GET /api/support")).toMatchObject({
    ...{ total: 1, items: [{ id: made.id, status: "open", ...kinds }] },
  });
  await john.does(200, `PUT ${at}`, { message: "Still." });
  const { messages } = await john.does(200, `GET ${at}`);
  expect(messages.map((one: { body: string }) => one.body)).toEqual([
    ...["Since noon.", "Still."],
  ]);
  const stats = { by_priority: { high: 1 }, by_category: { technical: 1 } };
  expect(await john.does(200, "GET /api/support/stats")).toMatchObject({
    ...{ total: 1, open: 1, ...stats },
  });
  const closed = await john.does(200, `POST ${at}/close`);
  expect(closed).toMatchObject({ status: "closed" });
});

chapter("cancels, and keeps access until the period's end", async () => {
  const ended = await john.does(
    ...([
      200,
      `PUT /api/billing/subscriptions/${subscriptionId}/cancel`,
    ] as const),
    { when: "period_end", reason: "unused" },
  );
  expect(ended).toMatchObject({ status: "active", has_access: true });
  expect(ended.cancel_at).toBe(ended.current_period_end);
});

type Installed = { name: string; is_installed: boolean };
