import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { useDatabase } from "../support/database";
import { onLoopback } from "../support/loopback";
import { startServer, type AppServer } from "../support/server";
import { world, type World } from "../support/world";

const EXAMPLE = path.resolve(__dirname, "../../examples/website-categorizer");
const run = promisify(execFile);

useDatabase();

let w: World;
let app: AppServer;
let pages: Server;
let page: string;
let closePages = async () => {};
const services: ChildProcess[] = [];

beforeAll(async () => {
  w = await world();
  app = await startServer();
  await run(process.execPath, ["build.mjs"], { cwd: EXAMPLE });
  pages = createServer((request, response) => {
    response.statusCode = request.url === "/hotel" ? 200 : 404;
    response.setHeader("content-type", "text/html");
    response.end("<title>Hotels and flights: a travel guide</title>");
  });
  const { url, close } = await onLoopback(pages);
  page = `${url}/hotel`;
  closePages = close;
}, 400_000);

afterAll(async () => {
  await Promise.all(services.map(stop));
  await closePages();
  await app?.stop();
}, 60_000);

type Service = { url: string; stop: () => Promise<void> };

/** Starts the example as its users do; `guarded` by the app unless told otherwise. */
async function serve(
  settings: Record<string, string> = {},
  program = path.join(EXAMPLE, "dist/server.js"),
): Promise<Service> {
  const env = {
    NODE_ENV: "production" as const,
    PATH: process.env["PATH"] ?? "",
    PORT: "0",
    ALLOW_PRIVATE_HOSTS: "true",
    ENABLE_CUSTOMER_MANAGEMENT: "true",
    TOLLKEEPER_URL: app.url,
    TOLLKEEPER_TOKEN: w.everything,
    ...settings,
  };
  const child = spawn(process.execPath, [program], {
    env,
    cwd: path.dirname(program),
    stdio: ["ignore", "pipe", "inherit"],
  });
  services.push(child);
  const signal = AbortSignal.timeout(20_000);
  const [line] = (await once(child.stdout, "data", { signal })) as [Buffer]; // Safe: no encoding is set.
  const { url } = JSON.parse(line.toString()) as { url: string };
  return { url, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

const ask = (service: Service, address: string, headers = {}) =>
  fetch(`${service.url}/categorize?url=${encodeURIComponent(address)}`, {
    headers,
  });

async function api(method: string, route: string, body?: unknown) {
  const response = await fetch(`${app.url}/api/v1${route}`, {
    method,
    headers: {
      authorization: `Bearer ${w.everything}`,
      "content-type": "application/json",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.ok).toBe(true);
  return response.json() as ReturnType<typeof JSON.parse>;
}

async function buyer(limits: object) {
  const { id } = await w.customer();
  await api("PUT", `/customers/${id}/limits`, limits);
  const { key, id: keyId } = await api("POST", `/customers/${id}/keys`, {});
  return { id, keyId, headers: { "x-api-key": String(key) } };
}

test("the demo runs into the limit, waits, passes, and prints statistics that agree", async () => {
  const { stdout } = await run(
    "npm",
    ["run", "demo", "--workspace", "website-categorizer"],
    {
      cwd: path.resolve(EXAMPLE, "../.."),
      env: {
        ...process.env,
        TOLLKEEPER_URL: app.url,
        TOLLKEEPER_TOKEN: w.everything,
        OPENROUTER_API_KEY: "",
      },
    },
  );
  const refusal: unknown = JSON.parse(
    /\{[\s\S]*?\n {3}\}/.exec(stdout)?.[0] ?? "",
  );
  expect(refusal).toMatchObject({
    status: "error",
    error: expect.stringContaining("Rate limit exceeded: 3 calls per second"),
    error_type: "rate_limit",
    limits: { per_second: 3, per_minute: 100 },
    usage: { second: 3 },
    code: "RATE_LIMITED",
  });
  const [, customerId] = /customers\/(cus_\w+)/.exec(stdout) ?? [];
  const usage = await api("GET", `/customers/${customerId}/usage`);
  expect(usage.total_errors).toBe(1);
  expect(usage.total_refused).toBeGreaterThan(0);
  expect(usage.avg_response_time_ms).toBeGreaterThan(0);
  expect(usage.by_endpoint).toMatchObject([{ name: "/categorize" }]);
  expect(stdout).toContain(`total calls   ${usage.total_calls}\n`);
  expect(stdout).toContain(`refused       ${usage.total_refused}\n`);
  expect(stdout).toMatch(/now .* 0?\d+ this minute/);
  expect(stdout).toMatch(/\d{4}-\d\d-\d\d +\d+ calls, 1 errors/);
}, 120_000);

test("each call is counted and reported, failed ones too, and none above the limit", async () => {
  const service = await serve();
  const { id, headers } = await buyer({ per_day: 4 });
  const statuses: number[] = [];
  for (const address of [page, `${page}/missing`, page, "ftp://x", page, page])
    statuses.push((await ask(service, address, headers)).status);
  expect(statuses).toEqual([200, 502, 200, 400, 429, 429]);
  await service.stop();
  const usage = () => api("GET", `/customers/${id}/usage`);
  for (let turn = 0; turn < 50; turn++) {
    if ((await usage()).total_refused === 2) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await usage()).toMatchObject({
    total_calls: 4,
    total_errors: 2,
    total_refused: 2,
    current: { day: 4 },
  });
});

test("who may not call is told why, and fetches nothing", async () => {
  const service = await serve();
  let fetched = 0;
  pages.on("request", () => (fetched += 1));
  const { id, keyId, headers } = await buyer({});
  const key = headers["x-api-key"];
  const refused = async (headers: Record<string, string>) => {
    const answer = await ask(service, page, headers);
    const { code } = (await answer.json()) as { code: string };
    return [answer.status, code];
  };
  expect(await refused({})).toEqual([401, "UNAUTHENTICATED"]);
  expect(await refused({ "x-api-key": `${key}x` })).toEqual([401, "NOT_FOUND"]);
  await api("PUT", `/customers/${id}/status`, { status: "suspended" });
  expect(await refused(headers)).toEqual([403, "CUSTOMER_SUSPENDED"]);
  await api("PUT", `/customers/${id}/status`, { status: "active" });
  await api("PATCH", `/keys/${keyId}`, { is_enabled: false });
  expect(await refused(headers)).toEqual([403, "DISABLED"]);
  await api("PATCH", `/keys/${keyId}`, { is_enabled: true });
  expect(fetched).toBe(0);
  expect((await ask(service, page, headers)).status).toBe(200);
  await api("DELETE", `/keys/${keyId}`);
  expect((await refused(headers))[0]).toBe(401);
  expect(fetched).toBe(1);
});

test("while Tollkeeper is away the service denies, or goes on if it is told to", async () => {
  const away = { TOLLKEEPER_URL: "http://127.0.0.1:1" };
  const strict = await serve(away);
  const headers = { "x-api-key": "sk_live_x" };
  const denied = await ask(strict, page, headers);
  expect(denied.status).toBe(503);
  expect(denied.headers.get("retry-after")).toBe("2");
  const lenient = await serve({ ...away, ON_UNAVAILABLE: "allow" });
  expect((await ask(lenient, page, headers)).status).toBe(200);
});

test("switched off, the service runs alone, without the SDK's file", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "categorizer-"));
  try {
    const alone = path.join(folder, "server.js");
    const dist = path.join(EXAMPLE, "dist");
    for (const name of await readdir(dist))
      if (!name.startsWith("guard-"))
        await copyFile(path.join(dist, name), path.join(folder, name));
    await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
    const settings = { TOLLKEEPER_URL: "", TOLLKEEPER_TOKEN: "" };
    const service = await serve(
      { ...settings, ENABLE_CUSTOMER_MANAGEMENT: "false" },
      alone,
    );
    const answer = await ask(service, page);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("ratelimit")).toBeNull();
    expect(await answer.json()).toMatchObject({
      status: "success",
      domain: "127.0.0.1",
      category: "Travel",
    });
    await service.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("customer management without its settings does not start, and says what is missing", async () => {
  const failure = await run(process.execPath, ["dist/server.js"], {
    cwd: EXAMPLE,
    env: { NODE_ENV: "production", ENABLE_CUSTOMER_MANAGEMENT: "true" },
  }).catch((error: { code: number; stderr: string }) => error);
  expect(failure).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Set TOLLKEEPER_URL"),
  });
});
