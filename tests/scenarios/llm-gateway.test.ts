import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";
import { toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { startServer, type AppServer } from "../support/server";
import { world, type World } from "../support/world";

const EXAMPLE = path.resolve(__dirname, "../../examples/llm-gateway");
const run = promisify(execFile);

const db = useDatabase();

let w: World;
let app: AppServer;
let gateway: ChildProcess;
let url: string;

beforeAll(async () => {
  w = await world();
  app = await startServer();
  await run(process.execPath, ["build.mjs"], { cwd: EXAMPLE });
  gateway = spawn(process.execPath, ["dist/server.js"], {
    cwd: EXAMPLE,
    env: {
      NODE_ENV: "production",
      PATH: process.env["PATH"] ?? "",
      PORT: "0",
      TOLLKEEPER_URL: app.url,
      TOLLKEEPER_TOKEN: w.everything,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!gateway.stdout) throw new Error("The gateway has no output to read.");
  const signal = AbortSignal.timeout(20_000);
  const [line] = (await once(gateway.stdout, "data", { signal })) as [Buffer]; // Safe: no encoding is set.
  url = (JSON.parse(line.toString()) as { url: string }).url;
}, 400_000);

afterAll(async () => {
  if (gateway?.exitCode === null) {
    gateway.kill("SIGTERM");
    await once(gateway, "exit");
  }
  await app?.stop();
}, 60_000);

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

/** A customer with a quota of tokens, and its key. */
async function buyer(tokens: number) {
  const { id } = await w.customer();
  await db.query(
    `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, updated_at)
     SELECT $1, 'customer', id, $2, now() FROM meters WHERE name = 'tokens'`,
    [toUuid(id), tokens],
  );
  const { key } = await api("POST", `/customers/${id}/keys`, {});
  return { id, key: String(key) };
}

const chat = (key: string, body: object) =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: "gpt-4o-mini", ...body }),
  });

const saying = (content: string) => ({ messages: [{ role: "user", content }] });

/** How much of the quota is used, as a check says it that takes nothing. */
async function usedBy(id: string): Promise<number> {
  const held = await api("POST", "/check", {
    customer_id: id,
    meter: "tokens",
    reserve: { amount: 0, ttl: 1 },
  });
  return held.quota.used as number;
}

/** The customer's usage, once so many calls are in it. */
async function usageOf(id: string, calls: number) {
  for (let turn = 0; turn < 50; turn++) {
    const usage = await api("GET", `/customers/${id}/usage`);
    if (usage.total_calls >= calls) return usage;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return api("GET", `/customers/${id}/usage`);
}

test("tokens are held while a call runs, and then only the true ones are used, once", async () => {
  const { id, key } = await buyer(1_000);
  const whole = await chat(key, {
    ...saying("one two three"),
    max_tokens: 500,
  });
  expect(await whole.json()).toMatchObject({ usage: { total_tokens: 9 + 5 } });
  const streamed = await chat(key, { ...saying("a b"), stream: true });
  expect(streamed.status).toBe(429); // 1,024 tokens of answer would not fit
  const small = { ...saying("a b"), stream: true, max_tokens: 100 };
  expect(
    (await chat(key, small).then((answer) => answer.text())).length,
  ).toBeGreaterThan(100);
  const usage = await usageOf(id, 2);
  expect(usage).toMatchObject({ total_calls: 2, total_tokens: 14 + 12 });
  // 17 tokens in and 9 out, at 0.15 and 0.60 USD for a million of gpt-4o-mini's.
  expect(Number(usage.total_cost)).toBeCloseTo(0.00000795, 10);
  expect(await usedBy(id)).toBe(14 + 12);
});

test("calls at once never use more than the quota, and say so as OpenAI does", async () => {
  const { id, key } = await buyer(300);
  // So much that one is refused even where they come one after the other.
  const ask = { ...saying("hello"), max_tokens: 250 };
  const answers = await Promise.all(
    Array.from({ length: 9 }, () => chat(key, ask)),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses).toContain(200);
  expect(statuses).toContain(429);
  const refused = answers.find(({ status }) => status === 429);
  expect(await refused?.json()).toMatchObject({
    error: { type: "insufficient_quota", code: "insufficient_quota" },
  });
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  const passed = statuses.filter((status) => status === 200).length;
  const usage = await usageOf(id, passed);
  expect(usage.total_tokens).toBe(passed * (7 + 3));
});

test("a caller that hangs up pays for what was streamed, and gets the rest back", async () => {
  const { id, key } = await buyer(5_000);
  const long = "word ".repeat(200);
  const answer = await chat(key, { ...saying(long), stream: true });
  const reader = answer.body?.getReader();
  for (let turn = 0; turn < 10; turn++) await reader?.read();
  await reader?.cancel();
  const usage = await usageOf(id, 1);
  expect(usage).toMatchObject({ total_calls: 1, total_errors: 1 });
  const prompt = 6 + Math.ceil(long.length / 4);
  expect(usage.total_tokens).toBeGreaterThan(prompt);
  expect(usage.total_tokens).toBeLessThan(prompt + 100);
  expect(await usedBy(id)).toBe(usage.total_tokens);
});

test("a suspended customer and an unknown key are refused before the model is asked", async () => {
  const { id, key } = await buyer(1_000);
  await api("PUT", `/customers/${id}/status`, { status: "suspended" });
  const refused = await chat(key, saying("hi"));
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({
    error: { code: "customer_suspended" },
  });
  expect((await chat(`${key}x`, saying("hi"))).status).toBe(401);
  expect(await usageOf(id, 0)).toMatchObject({ total_calls: 0 });
});

test("the demo shows a whole answer, a stream, a hang-up and refusals, and its statistics agree", async () => {
  const { stdout } = await run(
    "npm",
    ["run", "demo", "--workspace", "llm-gateway"],
    {
      cwd: path.resolve(EXAMPLE, "../.."),
      env: {
        ...process.env,
        TOLLKEEPER_URL: app.url,
        TOLLKEEPER_TOKEN: w.everything,
      },
    },
  );
  expect(stdout).toContain("You said: Across the river and to the left.");
  expect(stdout).toContain('"code":"rate_limit_exceeded"');
  expect(stdout).toContain('"code":"invalid_api_key"');
  expect(stdout).toMatch(/gpt-4o-mini {3}\d+ tokens/);
}, 120_000);
