import { usePaddle } from "../modules/paddle-fixture";
import { accounts, password } from "../support/accounts";
import { useDatabase } from "../support/database";
import { useOlderPaths, type Heard } from "../support/older-paths";
import { address } from "../support/random";
import { allowTenants, subdomain } from "../support/tenants";
import { plan } from "../support/things";
import { world, type World } from "../support/world";

// What is about a portal by the paths that such a system had: Paddle, health, metrics, errors, limits.
const database = useDatabase();
const paddle = usePaddle(database);
const METRICS_TOKEN = "0123456789abcdef".repeat(2);
const portal = useOlderPaths(database, {
  ...{ METRICS_TOKEN, TRUSTED_PROXY_HOPS: "1" },
  // Not set: those that a portal is documented to have.
  ...{ LIMIT_AUTH_PER_MINUTE: "", LIMIT_TENANTS_PER_MINUTE: "" },
  ...{ LIMIT_TICKETS_PER_MINUTE: "", LIMIT_PORTAL_PER_MINUTE: "" },
});
const { send, ask, work, mailed } = portal;
const people = accounts(database);
jest.setTimeout(120_000);

let w: World;
beforeAll(async () => {
  w = await world();
});

/** Somebody who has registered, with a token and the customer. */
async function registered() {
  const { body } = await people.login(await people.person());
  return { token: body.access_token, customerId: body.user.customer.id };
}

test("a customer pays by Paddle, whose word comes signed or not at all, and counts once", async () => {
  const prices = [
    {
      interval: "month" as const,
      price: { amount: 2_900, currency: "USD" },
    },
  ];
  const { version } = await plan(w.ctx, { prices });
  const jane = portal.person();
  const [name, email] = ["Jane Roe", address()];
  await ask("POST /api/auth/register", { name, email, password });
  const link = { token: await mailed(email, "verify") };
  await ask("POST /api/auth/verify-email", link);
  await jane.signsIn(email, password);
  await jane.does(201, "POST /api/billing/subscribe", {
    plan_version_id: version.id,
  });
  const [bill] = (await jane.does(200, "GET /api/billing/invoices")).items;
  const checkout = await jane.does(201, "POST /api/billing/checkout/paddle", {
    ...{ purpose: "invoice", invoice_id: bill.id },
  });
  paddle.server().people.page(checkout.url).pay();
  for (const event of paddle.server().take()) {
    const { raw, headers } = paddle.server().signed(event);
    const forged = await send("POST /api/webhooks/paddle", raw, {
      "paddle-signature": "ts=1;h1=00",
    });
    expect(forged.status).toBe(400);
    for (let times = 0; times < 2; times += 1) {
      const told = await send("POST /api/webhooks/paddle", raw, headers);
      expect([told.status, told.body]).toEqual([200, { received: true }]);
    }
  }
  await work();
  const { items } = await jane.does(200, "GET /api/billing/subscriptions");
  expect(items).toMatchObject([{ status: "active", has_access: true }]);
  const paid = await database.query("SELECT 1 FROM payments");
  expect(paid).toHaveLength(1);
});

test("health says that it is there, that it serves, and on what", async () => {
  const live = await ask("GET /api/health/live");
  expect([live.status, live.body]).toEqual([200, { status: "ok" }]);
  const checks = {
    ...{ database: { ok: true }, migrations: { ok: true } },
    queue: { ok: true },
  };
  for (const path of ["/api/health", "/api/health/ready"]) {
    const { status, body } = await ask(`GET ${path}`);
    expect([status, body]).toMatchObject([
      ...[200, { version: expect.any(String), checks }],
    ]);
  }
});

test("metrics are at /metrics, of what was asked by the older paths too", async () => {
  const wrong = { email: address(), password: "not this one" };
  await ask("POST /api/auth/login", wrong);
  expect((await ask("GET /metrics")).status).toBe(401);
  const { status, body } = await ask("GET /metrics", undefined, METRICS_TOKEN);
  expect(status).toBe(200);
  const figure = (name: string, ...labels: string[]) => {
    const line = body
      .split("\n")
      .find(
        (one: string) =>
          one.startsWith(`tollkeeper_${name}`) &&
          labels.every((label) => one.includes(label)),
      );
    return Number(line?.split(" ").at(-1) ?? Number.NaN);
  };
  const login = 'route="/api/v1/auth/login"';
  for (const [name, ...labels] of [
    ["http_requests_total", login, 'status="401"'],
    ["http_request_duration_seconds_count", login],
    ["http_errors_total", 'code="UNAUTHENTICATED"'],
    ["auth_events_total", 'event="sign_in_failed"'],
    ["auth_events_total", 'event="signed_in"'],
    ["limit_decisions_total", 'limit="auth"', 'decision="passed"'],
    ["database_pool_connections", 'pool="ordinary"', 'state="idle"'],
  ] as const)
    expect([name, labels, figure(name, ...labels) > 0]).toEqual([
      ...[name, labels, true],
    ]);
});

test("what goes wrong is said in one shape, whatever it is", async () => {
  const { token } = await registered();
  const absent = "tnt_01jd0000000000000000000000";
  const sent: [number, string, Promise<Heard>][] = [
    [400, "VALIDATION_FAILED", ask("POST /api/support", { x: 1 }, token)],
    [400, "INVALID_JSON", send("POST /api/auth/login", "{")],
    [401, "UNAUTHENTICATED", ask("GET /api/tenants")],
    [403, "FORBIDDEN", ask("GET /api/customers", undefined, token)],
    [404, "NOT_FOUND", ask(`GET /api/tenants/${absent}`, undefined, token)],
    [404, "NOT_FOUND", ask("GET /api/billing/nothing", undefined, token)],
    [405, "METHOD_NOT_ALLOWED", ask("PATCH /api/tenants", {}, token)],
  ];
  for (const [status, code, answer] of sent) {
    const { headers, ...heard } = await answer;
    expect(heard).toMatchObject({
      ...{ status, body: { code, error: expect.stringMatching(/\w+ \w+/) } },
    });
    expect(heard.body.request_id).toBe(headers.get("x-request-id"));
  }
  const { body } = await ask("POST /api/support", { x: 1 }, token);
  const named = body.details.fields.map(
    ({ field }: { field: string }) => field,
  );
  expect(named.sort()).toEqual(["body.body", "body.subject", "body.x"]);
});

describe("so many calls a minute pass, and the next one is told when to come again", () => {
  const refused = ({ status, body, headers }: Heard, per_minute: number) => {
    expect([status, body]).toMatchObject([
      429,
      {
        code: "RATE_LIMITED",
        error_type: "rate_limit",
        limits: { per_minute },
      },
    ]);
    expect(headers.get("retry-after")).toBe(String(body.retry_after));
  };

  test("5 of an address that signs in, and another address has its own", async () => {
    const from = (ip: string) =>
      send(
        "POST /api/auth/login",
        JSON.stringify({ email: address(), password: "not this one" }),
        { "x-forwarded-for": ip },
      );
    for (let call = 0; call < 5; call += 1)
      expect((await from("192.0.2.7")).status).toBe(401);
    refused(await from("192.0.2.7"), 5);
    expect((await from("192.0.2.8")).status).toBe(401);
  });

  test("3 that make tenants", async () => {
    const { token, customerId } = await registered();
    await allowTenants(w.ctx, customerId);
    const make = () =>
      ask("POST /api/tenants", { subdomain: subdomain() }, token);
    for (let call = 0; call < 3; call += 1)
      expect((await make()).status).toBe(201);
    refused(await make(), 3);
  });

  test("10 that open tickets", async () => {
    const { token } = await registered();
    const open = () =>
      ask("POST /api/support", { subject: "x", body: "x" }, token);
    for (let call = 0; call < 10; call += 1)
      expect((await open()).status).toBe(201);
    refused(await open(), 10);
  });

  test("60 of a customer's person, and another has their own", async () => {
    const [mine, theirs] = [await registered(), await registered()];
    const list = ({ token }: { token: string }) =>
      ask("GET /api/tenants", undefined, token);
    for (let call = 0; call < 60; call += 1)
      expect((await list(mine)).status).toBe(200);
    refused(await list(mine), 60);
    expect((await list(theirs)).status).toBe(200);
  });
});
