import { connect } from "node:net";
import { setCustomerLimits } from "@/modules/limits";
import { toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { startServer, type AppServer } from "../support/server";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let servers: AppServer[] = [];
beforeAll(async () => {
  w = await world();
  const usual = { DATABASE_WAIT_SECONDS: "2" };
  servers = [await startServer(usual), await startServer(usual)];
}, 400_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
}, 60_000);

const post = (server: AppServer | undefined, path: string, body: unknown) =>
  fetch(`${server?.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${w.everything}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });

test("1,000 concurrent checks through two processes on a limit of 100 admit exactly 100", async () => {
  const { id } = await w.customer();
  await setCustomerLimits(w.ctx, id, { per_hour: 100 });
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, async (_, i) => {
      const answer = await post(servers[i % 2], "/api/v1/check", {
        customer_id: id,
      });
      return ((await answer.json()) as { code: string }).code;
    }),
  );
  const counts: Record<string, number> = {};
  for (const code of answers) counts[code] = (counts[code] ?? 0) + 1;
  expect(counts).toEqual({ VALID: 100, RATE_LIMITED: 900 });
});

test("the hot endpoints answer alike from the front listener and from their routes", async () => {
  const { id } = await w.customer();
  // A path with an encoded letter is not the front listener's; Next decodes it and routes it.
  const front = await post(servers[0], "/api/v1/check", { customer_id: id });
  const next = await post(servers[0], "/api/v1/check/", { customer_id: id });
  const first = (await front.json()) as { usage: { day: number } };
  const second = (await next.json()) as { usage: { day: number } };
  expect([front.status, next.status]).toEqual([200, 200]);
  expect([first.usage.day, second.usage.day]).toEqual([1, 2]);
});

test("a service token that is revoked through one process is refused by the other", async () => {
  const token = await w.token(["customers:read"]);
  const list = (server: AppServer | undefined) =>
    fetch(`${server?.url}/api/v1/customers`, {
      headers: { authorization: `Bearer ${token}` },
    });
  expect((await list(servers[1])).status).toBe(200);
  await database.query(
    "UPDATE service_tokens SET revoked_at = now() WHERE scopes = '{customers:read}'",
  );
  expect((await list(servers[0])).status).toBe(401);
  expect((await list(servers[1])).status).toBe(401);
});

test("a POST that is repeated through the other process gets the first one's answer", async () => {
  const { id } = await w.customer();
  const issue = (server: AppServer | undefined) =>
    fetch(`${server?.url}/api/v1/customers/${id}/keys`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${w.everything}`,
        "content-type": "application/json",
        "idempotency-key": "through-both",
      },
      body: "{}",
    });
  const first = await issue(servers[0]);
  const second = await issue(servers[1]);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.headers.get("idempotent-replayed")).toBe("true");
  expect(await second.json()).toEqual(await first.json());
  const keys = await database.query(
    "SELECT 1 FROM api_keys WHERE customer_id = $1",
    [toUuid(id)],
  );
  expect(keys).toHaveLength(1);
});

test("the sign-in path is cut at 64 kB while it streams, and each header is sent once", async () => {
  const server = await startServer({ APP_URL: "https://tolls.example.com" });
  const head = [
    "POST /api/auth/callback/credentials HTTP/1.1",
    "Host: localhost",
    "Content-Type: application/x-www-form-urlencoded",
    "Transfer-Encoding: chunked",
  ];
  const answer = await raw(server, `${head.join("\r\n")}\r\n\r\n`, (write) => {
    for (let i = 0; i < 10; i += 1) write(`4000\r\n${"x".repeat(16_384)}\r\n`);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  for (const path of ["/sign-in", "/api/v1/customers", "/docs", "/icon.svg"]) {
    const text = await raw(
      server,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    const [headers = ""] = text.split("\r\n\r\n", 1);
    for (const name of [
      "strict-transport-security",
      "x-frame-options",
      "x-content-type-options",
      "referrer-policy",
    ])
      expect([
        path,
        name,
        headers.toLowerCase().split(`\r\n${name}:`).length,
      ]).toEqual([path, name, 2]);
  }
  expect(await server.stop()).toBe(0);
  expect(server.output()).not.toMatch(/"level":(50|60)|ERR_HTTP/);
}, 60_000);

test("kill -9 during ingest loses nothing acknowledged and doubles nothing on resend", async () => {
  const { id } = await w.customer();
  const batches = Array.from({ length: 60 }, (_, b) =>
    Array.from({ length: 200 }, (_, i) => ({
      id: `k-${b}-${i}`,
      customer_id: id,
      duration_ms: i,
    })),
  );
  const victim = await startServer();
  const acknowledged = new Set<number>();
  const sending = batches.map(async (batch, b) => {
    const answer = await post(victim, "/api/v1/usage/events", batch);
    if (answer.ok) acknowledged.add(b);
  });
  while (acknowledged.size < 5) await new Promise((r) => setTimeout(r, 2));
  await victim.kill9();
  await Promise.allSettled(sending);
  const counts = async () => {
    const [row] = await database.query<{
      ids: number;
      raw: number;
      rolled: number;
    }>(
      `SELECT (SELECT count(*)::int FROM usage_event_ids WHERE customer_id = u) AS ids,
         (SELECT count(*)::int FROM usage_events WHERE customer_id = u) AS raw,
         (SELECT coalesce(sum(calls), 0)::int FROM usage_daily WHERE customer_id = u) AS rolled
       FROM (SELECT $1::uuid AS u) one`,
      [toUuid(id)],
    );
    return row ?? { ids: 0, raw: 0, rolled: 0 };
  };
  const after = await counts();
  expect(after.raw).toBeGreaterThanOrEqual(acknowledged.size * 200);
  expect([after.ids, after.rolled]).toEqual([after.raw, after.raw]);
  for (const b of acknowledged) {
    const [row] = await database.query(
      "SELECT count(*)::int AS n FROM usage_events WHERE id LIKE $1",
      [`k-${b}-%`],
    );
    expect(row).toEqual({ n: 200 });
  }
  for (const batch of batches)
    await post(servers[0], "/api/v1/usage/events", batch);
  expect(await counts()).toEqual({ ids: 12_000, raw: 12_000, rolled: 12_000 });
}, 120_000);

test("bodies over the limit are cut while they stream, before Content-Length is reached", async () => {
  const answer = await raw(
    servers[0],
    [
      "POST /api/v1/check HTTP/1.1",
      "Host: localhost",
      `Authorization: Bearer ${w.everything}`,
      "Content-Type: application/json",
      "Transfer-Encoding: chunked",
      "",
      "",
    ].join("\r\n"),
    (write) => {
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      for (let i = 0; i < 40; i += 1) write(chunk);
    },
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain("PAYLOAD_TOO_LARGE");
});

test.each([
  ["TRACE", "/api/v1/customers", 405],
  ["PATCH", "/api/v1/customers", 405],
  ["DELETE", "/", 405],
  ["GET", "/api/v1/nothing", 404],
  ["GET", "/api/v1/customers/%E0%A4%A", 400],
  ["GET", "/api/customers/stats", 401],
])("%s %s is %i, with no 5xx", async (method, path, status) => {
  const answer = await raw(
    servers[0],
    `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  );
  expect(answer).toContain(`HTTP/1.1 ${status} `);
  if (status === 405) expect(answer.toLowerCase()).toContain("\r\nallow: ");
});

test("headers that never end are cut within 15 s", async () => {
  const start = Date.now();
  const answer = await raw(servers[0], "GET / HTTP/1.1\r\nHost: loc");
  expect(answer === "" || answer.startsWith("HTTP/1.1 408")).toBe(true);
  expect(Date.now() - start).toBeLessThan(15_000);
}, 20_000);

test("a locked-out database gives 503 with Retry-After within 3 s, and heals", async () => {
  const { id } = await w.customer();
  const check = () => post(servers[0], "/api/v1/check", { customer_id: id });
  expect((await check()).status).toBe(200);
  const release = await freeze();
  const start = Date.now();
  const answer = await check();
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(Date.now() - start).toBeLessThan(3_000);
  await release();
  expect((await check()).status).toBe(200);
}, 20_000);

test("SIGTERM finishes what is under way, refuses nothing half, and exits 0 in time", async () => {
  const server = await startServer();
  const { id } = await w.customer();
  await setCustomerLimits(w.ctx, id, { per_day: 100_000 });
  const answers = Array.from({ length: 50 }, () =>
    post(server, "/api/v1/check", { customer_id: id }).then(
      ({ status }) => status,
    ),
  );
  const settling = Promise.allSettled(answers);
  await answers[0];
  const start = Date.now();
  const code = await server.stop();
  expect(code).toBe(0);
  expect(Date.now() - start).toBeLessThan(25_000);
  const settled = await settling;
  const served = settled.flatMap((s) =>
    s.status === "fulfilled" ? [s.value] : [],
  );
  expect(new Set(served)).toEqual(new Set([200]));
}, 60_000);

// Holds the counters locked, so that a decision waits as it would for a database that hangs.
async function freeze(): Promise<() => Promise<void>> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    "BEGIN; LOCK TABLE limit_counters IN ACCESS EXCLUSIVE MODE",
  );
  return () => client.end();
}

/** Send bytes and collect whatever comes until the server closes. */
function raw(
  server: AppServer | undefined,
  head: string,
  more?: (write: (chunk: string) => void) => void,
): Promise<string> {
  const { hostname, port } = new URL(server?.url ?? "");
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = "";
    const done = () => resolve(text);
    socket.on("data", (data) => {
      text += data.toString();
      if (/^HTTP\/1\.1 413/.test(text) && text.includes("}")) socket.destroy();
    });
    socket.on("close", done);
    socket.on("error", done);
    socket.write(head);
    more?.((chunk) => socket.writable && socket.write(chunk));
  });
}
