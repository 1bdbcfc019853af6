import { createServer, type Server } from "node:http";
import { frontListener } from "@/http/front";
import { startMetricsServer } from "@/http/metrics";
import { endpoints } from "@/http/registry";
import { logIn, refreshTokens } from "@/modules/identity";
import { env } from "@/platform/env";
import { spend } from "@/platform/rate-limit";
import { randomText } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { freePort } from "../support/free-port";
import { onLoopback } from "../support/loopback";
import { world, type World } from "../support/world";

const database = useDatabase();
const token = randomText(32);

let w: World;
let url: string;
let close: () => Promise<void>;
beforeAll(async () => {
  w = await world();
  Object.assign(env(), { METRICS_TOKEN: token });
  const front = frontListener((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("a page");
  });
  const server: Server = createServer((request, response) => {
    void front(request, response);
  });
  ({ url, close } = await onLoopback(server));
});
afterAll(() => close());

const bearer = { authorization: `Bearer ${token}` };
// A call is counted when its answer has gone out, which may be after it was read: until then it is
// in flight, as this one is.
async function scrape(): Promise<string> {
  const answer = await fetch(`${url}/metrics`, { headers: bearer });
  const text = await answer.text();
  return /^tollkeeper_http_requests_in_flight 1$/m.test(text) ? text : scrape();
}

/** The figure of a metric with these labels; undefined when there is no such series. */
async function figure(name: string, labels: Record<string, string> = {}) {
  const wanted = Object.entries(labels).map(([key, v]) => `${key}="${v}"`);
  const line = (await scrape())
    .split("\n")
    .find(
      (one) =>
        new RegExp(`^tollkeeper_${name}[{ ]`).test(one) &&
        wanted.every((label) => one.includes(label)),
    );
  return line === undefined ? undefined : Number(line.split(" ").at(-1));
}

const check = (body: unknown) =>
  fetch(`${url}/api/v1/check`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${w.everything}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });

describe("who may read metrics", () => {
  test("nobody without the token", async () => {
    const wrong: Record<string, string>[] = [
      {},
      { authorization: "Bearer wrong" },
      { authorization: `Basic ${token}` },
      { authorization: `Bearer ${w.everything}` },
    ];
    for (const headers of wrong) {
      const answer = await fetch(`${url}/metrics`, { headers });
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain("tollkeeper_");
    }
  });

  test("whoever sends it, by GET", async () => {
    const answer = await fetch(`${url}/metrics`, { headers: bearer });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await answer.text()).toContain("process_cpu_user_seconds_total");
    const post = { method: "POST", headers: bearer };
    expect((await fetch(`${url}/metrics`, post)).status).toBe(405);
  });

  test("nobody where no token is set", async () => {
    Object.assign(env(), { METRICS_TOKEN: undefined });
    const answer = await fetch(`${url}/metrics`, { headers: bearer });
    Object.assign(env(), { METRICS_TOKEN: token });
    expect(answer.status).toBe(404);
  });

  test("only those who can reach their own port, where they have one", async () => {
    const port = await freePort();
    Object.assign(env(), { METRICS_PORT: port, METRICS_PATH: "/figures" });
    const server = await startMetricsServer();
    const own = `http://127.0.0.1:${port}`;
    const read = (at: string) => fetch(at, { headers: bearer });
    const answers = [
      await read(`${url}/figures`),
      await read(`${own}/figures`),
      await read(`${own}/metrics`),
      await fetch(`${own}/figures`),
    ];
    const again = startMetricsServer();
    await expect(again).rejects.toThrow(
      `Port ${port} is in use. Stop what uses it, or set METRICS_PORT`,
    );
    Object.assign(env(), { METRICS_PORT: undefined, METRICS_PATH: "/metrics" });
    server?.close();
    server?.closeAllConnections();
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 404, 401]);
  });
});

describe("requests", () => {
  test("are counted once, by the pattern of their route", async () => {
    const { id } = await w.customer();
    const labels = { method: "GET", route: "/api/v1/customers/{customer_id}" };
    const before = (await figure("http_requests_total", labels)) ?? 0;
    await fetch(`${url}/api/v1/customers/${id}?search=x`);
    await fetch(`${url}/api/customers/${id}`);
    expect(await figure("http_requests_total", labels)).toBe(before + 2);
    expect(await figure("http_request_duration_seconds_count", labels)).toBe(
      before + 2,
    );
  });

  test("of hot endpoints too, whoever answers them", async () => {
    const labels = { method: "POST", route: "/api/v1/check", status: "200" };
    const before = (await figure("http_requests_total", labels)) ?? 0;
    const { id } = await w.customer();
    expect((await check({ customer_id: id })).status).toBe(200);
    expect(await figure("http_requests_total", labels)).toBe(before + 1);
  });

  test("that fail are counted by the error's code", async () => {
    const labels = { code: "VALIDATION_FAILED" };
    const before = (await figure("http_errors_total", labels)) ?? 0;
    await check({ nothing: true });
    expect(await figure("http_errors_total", labels)).toBe(before + 1);
  });

  test("to whatever paths make no more series than there are routes", async () => {
    await scrape();
    const methods = ["GET", "POST", "PUT", "DELETE", "PROPFIND", "OPTIONS"];
    const rounds = Array.from({ length: 40 }, (_, at) => at);
    for (const round of rounds)
      await Promise.all(
        rounds.map((one) => {
          const start = ["", "/api/v1", "/api", "/api/v1/customers"][one % 4];
          const path = `${start}/${randomText(10)}/${randomText(5)}?${randomText(4)}`;
          const method = methods[(one + round) % methods.length] ?? "GET";
          return fetch(url + path, { method });
        }),
      );
    const text = await scrape();
    const series = (name: string) =>
      text.split("\n").filter((line) => line.startsWith(`tollkeeper_${name}{`));
    const routes = new Set(
      series("http_requests_total").map(
        (line) => /route="([^"]*)"/.exec(line)?.[1] ?? "",
      ),
    );
    const known = new Set(endpoints.map(({ path }) => `/api${path}`));
    const others = [...routes].filter((route) => !known.has(route));
    // Pages are known by the build, if there is one, and are one pattern without.
    expect(others.length).toBeLessThan(10);
    expect(series("http_requests_total").length).toBeLessThan(120);
    expect(text.split("\n").length).toBeLessThan(2_500);
  });
});

describe("what is counted beside", () => {
  test("signing in, and what failed of it", async () => {
    const read = (event: string) => figure("auth_events_total", { event });
    const events = ["signed_in", "sign_in_failed", "refresh_reused"];
    const before = await Promise.all(events.map(read));
    const email = `${randomText(10).toLowerCase()}@example.com`;
    const password = randomText(20);
    await w.staff({ email, password });
    const wrong = { email, password: "wrong password" };
    await logIn(w.ctx, wrong).catch(() => null);
    const { refresh_token } = await logIn(w.ctx, { email, password });
    await refreshTokens(w.ctx, { refresh_token });
    await refreshTokens(w.ctx, { refresh_token }).catch(() => null);
    const after = await Promise.all(events.map(read));
    expect(after.map((count, at) => (count ?? 0) - (before[at] ?? 0))).toEqual([
      1, 1, 1,
    ]);
  });

  test("limits, by whether the call passed", async () => {
    const limit = { name: "tickets", points: 1 };
    await spend(limit, "somebody");
    await spend(limit, "somebody").catch(() => null);
    const labels = { limit: "tickets" };
    const read = (decision: string) =>
      figure("limit_decisions_total", { ...labels, decision });
    expect([await read("passed"), await read("refused")]).toEqual([1, 1]);
  });

  test("access checks, by their answer", async () => {
    const { id } = await w.customer();
    const labels = { code: "VALID" };
    const before = (await figure("access_decisions_total", labels)) ?? 0;
    await check({ customer_id: id });
    expect(await figure("access_decisions_total", labels)).toBe(before + 1);
    expect(await figure("access_decisions_total", { code: "EXPIRED" })).toBe(0);
  });

  test("the database's connections", async () => {
    const idle = { pool: "hot", state: "idle" };
    expect(await figure("database_up")).toBe(1);
    expect(await figure("database_pool_connections", idle)).toBeGreaterThan(0);
    expect(await figure("database_pool_waiting", { pool: "hot" })).toBe(0);
  });

  test("the queue: what waits, for how long, and what is given up", async () => {
    await database.query(
      `SELECT graphile_worker.add_job('nobody', run_at := now() - interval '90 seconds')`,
    );
    await database.query(
      `SELECT graphile_worker.permanently_fail_jobs(ARRAY[(graphile_worker.add_job('nobody')).id])`,
    );
    // It is asked for once in some seconds.
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    expect(await figure("queue_lag_seconds")).toBeGreaterThanOrEqual(90);
    expect(await figure("queue_jobs", { state: "dead" })).toBe(1);
  });
});
