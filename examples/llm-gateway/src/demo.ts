import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { createApi, type Api } from "@tollkeeper/sdk";
import { startGateway, type RunningGateway } from "./demo-gateway";
import { readSettings, SettingsError } from "./settings";

/** What the demo cannot go on without; its message says what to do. */
class DemoError extends Error {}

const model = "gpt-4o-mini";
let step = 0;

try {
  if (existsSync(".env")) process.loadEnvFile();
  await demo();
} catch (error) {
  const isForeseen =
    error instanceof DemoError || error instanceof SettingsError;
  console.error(isForeseen ? `\n${error.message}` : error);
  process.exitCode = 1;
}

async function demo(): Promise<void> {
  const { url, token } = readSettings(process.env).tollkeeper;
  const api = createApi({ url, token, timeoutMs: 10_000 });
  const customer = await createCustomer(api, url);
  const gateway = await startGateway();
  const tally = { calls: 0, tokens: 0 };
  try {
    await showWhole(gateway, customer.key, tally);
    await showStream(gateway, customer.key, tally);
    await showHangUp(gateway, customer.key, tally);
    await showRefusals(gateway, customer.key, tally);
  } finally {
    await gateway.stop();
  }
  await showStatistics(api, customer.id, tally);
  console.log(`\nSee it in the dashboard: ${url}/customers/${customer.id}`);
}

type Tally = { calls: number; tokens: number };

async function createCustomer(api: Api, url: string) {
  heading(`A customer in Tollkeeper at ${url}`);
  const mark = randomBytes(3).toString("hex");
  const { id, name } = await taken(url, () =>
    api.POST("/api/v1/customers", {
      body: {
        email: `writer-${mark}@example.com`,
        full_name: "Wanda Writer",
        company_name: `Writers ${mark}`,
      },
    }),
  );
  const params = { path: { customer_id: id } };
  const limits = { per_second: 3, per_minute: 100 };
  await taken(url, () =>
    api.PUT("/api/v1/customers/{customer_id}/limits", { params, body: limits }),
  );
  const { key, prefix } = await taken(url, () =>
    api.POST("/api/v1/customers/{customer_id}/keys", {
      params,
      body: { name: "Demo" },
    }),
  );
  say(`${name}, ${id}, key ${prefix}…, 3 calls a second`);
  return { id, key };
}

async function showWhole(
  gateway: RunningGateway,
  key: string,
  tally: Tally,
): Promise<void> {
  heading("A whole answer");
  const { status, body } = await gateway.chat(key, {
    model,
    messages: [{ role: "user", content: "Which way to the bridge?" }],
  });
  if (status !== 200) throw unexpected(status, body);
  say(textOf(body, "content"));
  const counts = /"usage":(\{.*?\}+)/.exec(body)?.[1] ?? "";
  say(`usage ${counts}`);
  count(tally, body);
}

async function showStream(
  gateway: RunningGateway,
  key: string,
  tally: Tally,
): Promise<void> {
  heading("A stream");
  const { status, body } = await gateway.chat(key, {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: "user", content: "Across the river and to the left." }],
  });
  if (status !== 200) throw unexpected(status, body);
  say(textOf(body, "content"));
  count(tally, body);
}

async function showHangUp(
  gateway: RunningGateway,
  key: string,
  tally: Tally,
): Promise<void> {
  heading("A caller that hangs up in the middle of a stream");
  const content = "one two three four five six seven eight nine ten ".repeat(5);
  const { body } = await gateway.chat(
    key,
    { model, stream: true, messages: [{ role: "user", content }] },
    8, // chunks
  );
  say(`heard: ${textOf(body, "content")}…`);
  say("the prompt and what was streamed are settled and reported all the same");
  tally.calls += 1;
}

async function showRefusals(
  gateway: RunningGateway,
  key: string,
  tally: Tally,
): Promise<void> {
  heading("Refusals, as OpenAI's clients know them");
  const ask = { model, messages: [{ role: "user", content: "Hi" }] };
  const strange = await gateway.chat("sk_live_nobody", ask);
  say(`${strange.status} ${strange.body}`);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => gateway.chat(key, ask)),
  );
  for (const { status, body } of answers)
    if (status === 200) count(tally, body);
  const refused = answers.find(({ status }) => status === 429);
  if (!refused)
    throw new DemoError(
      "Eight calls at once passed a limit of three a second.",
    );
  say(`429 ${refused.body}`);
  say(`Retry-After: ${refused.retryAfter}`);
}

async function showStatistics(
  api: Api,
  customer_id: string,
  { calls, tokens }: Tally,
): Promise<void> {
  heading("Statistics");
  const usage = await taken("", () =>
    api.GET("/api/v1/customers/{customer_id}/usage", {
      params: { path: { customer_id } },
    }),
  );
  say(`calls    ${usage.total_calls}`);
  say(`tokens   ${usage.total_tokens}, of which ${tokens} were counted here`);
  say(`cost     ${usage.total_cost} USD`);
  for (const { name, tokens: count, cost } of usage.by_model)
    say(`${name}   ${count} tokens, ${cost} USD`);
  if (usage.total_calls !== calls || usage.total_tokens <= tokens)
    throw new DemoError(
      `${calls} calls were made here, with ${tokens} tokens and what was streamed to the caller that hung up: the statistics should say so.`,
    );
}

function count(tally: Tally, body: string): void {
  tally.calls += 1;
  tally.tokens += Number(/"total_tokens":(\d+)/.exec(body)?.[1] ?? NaN);
}

function textOf(body: string, field: string): string {
  const pieces = body.matchAll(
    new RegExp(`"${field}":("(?:[^"\\\\]|\\\\.)*")`, "g"),
  );
  return Array.from(pieces, ([, text = '""']) => String(JSON.parse(text))).join(
    "",
  );
}

type Called<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The data of an API call, or a DemoError that says what to do. */
async function taken<T>(url: string, run: () => Called<T>): Promise<T> {
  const { data, error, response } = await run().catch(() => {
    throw new DemoError(
      `Tollkeeper does not answer at ${url}. Start it with npm run demo in its folder, and see that TOLLKEEPER_URL is what it prints.`,
    );
  });
  if (data !== undefined) return data;
  throw new DemoError(
    response.status === 401
      ? "Tollkeeper does not know this TOLLKEEPER_TOKEN. Its npm run demo prints one that works."
      : `Tollkeeper answered ${response.status}: ${JSON.stringify(error)}`,
  );
}

function unexpected(status: number, body: string): DemoError {
  return new DemoError(
    `This call should have gone otherwise, but was answered ${status}: ${body}`,
  );
}

function heading(text: string): void {
  console.log(`\n${(step += 1)}. ${text}`);
}

function say(text: string): void {
  console.log(`   ${text}`);
}
