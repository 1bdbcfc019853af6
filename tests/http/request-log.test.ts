import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { frontListener } from "@/http/front";
import { problem } from "@/http/problem";
import { logIn } from "@/modules/identity";
import { env } from "@/platform/env";
import { log } from "@/platform/log";
import { metricsText } from "@/platform/metrics";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { onLoopback } from "../support/loopback";
import { world, type World } from "../support/world";

useDatabase();

const folder = mkdtempSync(path.join(tmpdir(), "tollkeeper-log-"));
const file = path.join(folder, "logs", "app.log");
// Before the first line, which opens the file.
Object.assign(env(), {
  ...{ LOG_LEVEL: "debug", LOG_FILE: file },
  LIMIT_AUTH_PER_MINUTE: 5,
});

let w: World;
let url: string;
let close: () => Promise<void>;
beforeAll(async () => {
  w = await world();
  // As Next would: the route's own handler, told what the front listener says by header.
  const front = frontListener(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", url);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        String(value),
      ]),
    );
    if (pathname === "/api/v1/customers" && request.method === "GET") {
      const { status, body } = await callRoute("customers.list", { headers });
      return response.writeHead(status).end(JSON.stringify(body));
    }
    if (pathname === "/api/v1/auth/login") {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      const answer = await callRoute("accounts.login", { headers, body });
      return response.writeHead(answer.status).end(JSON.stringify(answer.body));
    }
    return response.writeHead(200).end("a page");
  });
  const server: Server = createServer((request, response) => {
    void front(request, response);
  });
  ({ url, close } = await onLoopback(server));
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

type Line = Record<string, unknown>;

async function lines(): Promise<Line[]> {
  await new Promise((resolve) => setTimeout(resolve, 150));
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

test("each request leaves one line: id, method, pattern, status, time and who asked", async () => {
  const answer = await fetch(`${url}/api/v1/customers?search=somebody`, {
    headers: { authorization: `Bearer ${w.everything}` },
  });
  const id = answer.headers.get("x-request-id");
  const found = (await lines()).filter(({ request_id }) => request_id === id);
  expect(found).toEqual([
    {
      level: 30,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      msg: "request",
      request_id: id,
      method: "GET",
      route: "/api/v1/customers",
      status: 200,
      duration_ms: expect.any(Number),
      actor_kind: "service",
      actor_id: expect.stringMatching(/^stk_/),
    },
  ]);
});

test("who signs in, fails to, is locked out or uses a token twice leaves a line, with the address that it came from and nothing that was typed", async () => {
  const email = "logged@example.com";
  const password = "a long sentence is best";
  await w.staff({ email, password });
  const send = (id: string, body: object) =>
    callRoute(id, { body, headers: { "x-tollkeeper-client-ip": "192.0.2.7" } });
  const wrong = { email, password: "not this one" };
  await send("accounts.login", wrong);
  const { body } = await send("accounts.login", { email, password });
  const { refresh_token } = body;
  const renewed = await send("accounts.refresh", { refresh_token });
  await send("accounts.refresh", { refresh_token });
  for (let i = 0; i < 5; i += 1)
    await logIn(w.ctx, wrong).catch(() => undefined);
  const all = await lines();
  const told = all.filter(({ auth_event }) => auth_event);
  const [failed, ...rest] = told;
  expect(failed).toEqual({
    ...{ level: 40, msg: "authentication", auth_event: "sign_in_failed" },
    ...{ ip: "192.0.2.7", time: expect.any(String) },
    request_id: expect.stringMatching(/^req_/),
  });
  const seen = rest.map(
    ({ level, auth_event }) => `${String(level)} ${String(auth_event)}`,
  );
  expect(seen.slice(0, 3)).toEqual([
    ...["30 signed_in", "30 refreshed", "40 refresh_reused"],
  ]);
  expect(seen.at(-1)).toBe("40 locked_out");
  const text = JSON.stringify(told);
  for (const secret of [email, password, refresh_token, wrong.password])
    expect(text).not.toContain(secret);
  expect(text).not.toContain(renewed.body.refresh_token);
});

test("an error that nobody expected is logged with its trace, under the request's id, and told without its words", async () => {
  const answer = problem(new Error("a wheel came off"), "req_of_this_test");
  expect([answer.status, await answer.json()]).toEqual([
    500,
    {
      error: expect.stringMatching(/^Something went wrong.+req_of_this_test/),
      ...{ code: "INTERNAL", request_id: "req_of_this_test" },
    },
  ]);
  const [found] = (await lines()).filter(
    ({ request_id }) => request_id === "req_of_this_test",
  );
  expect(found).toMatchObject({
    level: 50,
    err: { message: "a wheel came off", stack: expect.stringContaining("at ") },
  });
});

test("the file is for its owner alone", async () => {
  await lines();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("no secret that comes in stands in the log or in the metrics", async () => {
  const canary = "canary7f3a9c51";
  const email = `${canary}@example.com`;
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: {
        "content-type": "application/json",
        cookie: `session=${canary}`,
        "idempotency-key": canary,
        "user-agent": canary,
        "x-api-key": canary,
        ...init.headers,
      },
    });
  const secretly = { authorization: `Bearer ${canary}` };
  const known = { authorization: `Bearer ${w.everything}` };
  const post = (path: string, body: unknown, headers = known) =>
    send(path, { method: "POST", headers, body: JSON.stringify(body) });
  await send(`/api/v1/customers?search=${canary}`, { headers: secretly });
  await send(`/api/v1/customers?search=${canary}`, { headers: known });
  await send(`/api/v1/customers?${canary}=1`, { headers: known });
  await send(`/${canary}/${canary}?token=${canary}`);
  await send(`/api/v1/${canary}`);
  await send(`/api/v1/licenses/${canary}/suspend`, { method: "POST" });
  await send(`/reset-password?token=${canary}`);
  await send(`/metrics`, { headers: secretly });
  await post("/api/v1/check", { key: `sk_live_${canary}` });
  await post("/api/v1/check", { key: canary, [canary]: canary });
  await post("/api/v1/keys/verify", { key: canary }, secretly);
  await post("/api/v1/licenses/validate", { license_key: canary });
  await post("/api/v1/usage/events", { id: canary, customer_id: canary });
  await post("/api/v1/auth/login", { email, password: canary });
  log().warn({
    token: canary,
    by: { password: canary },
    a: { b: { key: canary } },
  });
  const text = (await lines()).map((line) => JSON.stringify(line)).join("\n");
  expect(text.split("\n").length).toBeGreaterThan(14);
  expect(text).not.toContain(canary);
  expect(text).not.toContain(w.everything);
  const metrics = await metricsText();
  expect(metrics).toContain("tollkeeper_http_requests_total");
  for (const secret of [canary, w.everything])
    expect(metrics).not.toContain(secret);
});
