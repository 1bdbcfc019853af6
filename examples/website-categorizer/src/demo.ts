import { createApi, type Api } from "@tollkeeper/sdk";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { servePages, pagePaths } from "./demo-pages";
import { startService, type Answer, type RunningService } from "./demo-service";
import { readTollkeeper, SettingsError } from "./settings";

/** What the demo cannot go on without; its message says what to do. */
class DemoError extends Error {}

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
  const { url, token } = readTollkeeper(process.env);
  const api = createApi({ url, token, timeoutMs: 10_000 });
  const pages = await servePages();
  try {
    await showAlone(pages.url);
    const customer = await createCustomer(api, url);
    const service = await startService({
      ENABLE_CUSTOMER_MANAGEMENT: "true",
      TOLLKEEPER_URL: url,
      TOLLKEEPER_TOKEN: token,
    });
    const caller = { service, pages: pages.url, key: customer.key };
    const tally = { calls: 0, errors: 0, refused: 0 };
    try {
      await showWithinLimit(caller, tally);
      await showOverLimit(caller, tally);
      await showFailures(caller, tally);
    } finally {
      await service.stop();
    }
    await showStatistics(api, customer.id, tally);
    console.log(`\nSee it in the dashboard: ${url}/customers/${customer.id}`);
  } finally {
    pages.close();
  }
}

type Caller = { service: RunningService; pages: string; key: string };
type Tally = { calls: number; errors: number; refused: number };

async function showAlone(pages: string): Promise<void> {
  heading("Alone: customer management is switched off");
  const service = await startService({ ENABLE_CUSTOMER_MANAGEMENT: "false" });
  try {
    for (const path of pagePaths) {
      const answer = await service.categorize(pages + path);
      if (answer.status !== 200) throw unexpected(answer);
      say(summary(path, answer));
    }
  } finally {
    await service.stop();
  }
}

async function createCustomer(api: Api, url: string) {
  heading(`A customer in Tollkeeper at ${url}`);
  const mark = randomBytes(3).toString("hex");
  const { id, name } = await taken(url, () =>
    api.POST("/api/v1/customers", {
      body: {
        email: `demo-${mark}@example.com`,
        full_name: "Dora Demo",
        company_name: `Demo Corp ${mark}`,
      },
    }),
  );
  const params = { path: { customer_id: id } };
  const limits = { per_second: 3, per_minute: 100, per_month: 10_000 };
  await taken(url, () =>
    api.PUT("/api/v1/customers/{customer_id}/limits", { params, body: limits }),
  );
  const { key, prefix } = await taken(url, () =>
    api.POST("/api/v1/customers/{customer_id}/keys", {
      params,
      body: { name: "Demo" },
    }),
  );
  say(`${name}, ${id}`);
  say(`limits  3 calls a second, 100 a minute, 10,000 a month`);
  say(`key     ${prefix}…`);
  return { id, key };
}

async function showWithinLimit(caller: Caller, tally: Tally): Promise<void> {
  heading("Within the limit");
  for (const path of pagePaths.slice(0, 3)) {
    const answer = await call(caller, path, tally);
    if (answer.status !== 200) throw unexpected(answer);
    say(
      `${summary(path, answer)}   RateLimit ${answer.headers.get("ratelimit")}`,
    );
  }
}

async function showOverLimit(caller: Caller, tally: Tally): Promise<void> {
  heading("Over the limit: six calls at once");
  await pause(1200); // until the calls above have left the second's window
  const refusal = await runIntoLimit(caller, tally);
  say(JSON.stringify(refusal.body, null, 2).replaceAll("\n", "\n   "));
  const seconds = Number(refusal.headers.get("retry-after"));
  say(`Retry-After: ${seconds}. Waiting that long …`);
  await pause(seconds * 1000);
  const [path = ""] = pagePaths;
  const next = await call(caller, path, tally);
  if (next.status !== 200) throw unexpected(next);
  say(summary(path, next));
}

/** Six calls at once, again if a slow machine spread them over more than a second. */
async function runIntoLimit(caller: Caller, tally: Tally): Promise<Answer> {
  for (let turn = 0; turn < 5; turn++) {
    const paths = Array.from(
      { length: 6 },
      (_, at) => pagePaths[at % pagePaths.length] ?? "",
    );
    const answers = await Promise.all(
      paths.map((path) => call(caller, path, tally)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    say(`${6 - refused.length} passed, ${refused.length} were refused`);
    if (refused[0]) return refused[0];
  }
  throw new DemoError("Six calls at once passed a limit of three a second.");
}

async function showFailures(caller: Caller, tally: Tally): Promise<void> {
  heading("Calls that fail");
  await pause(1200);
  const failed = await call(caller, "/no-such-page", tally);
  if (failed.status !== 502) throw unexpected(failed);
  say(`${summary("/no-such-page", failed)}   counts as an error`);
  const { service, pages } = caller;
  const strange = await service.categorize(`${pages}/bakery`, "sk_live_nobody");
  say(`${summary("an unknown key", strange)}   is nobody's call`);
}

async function showStatistics(
  api: Api,
  customer_id: string,
  tally: Tally,
): Promise<void> {
  heading("Statistics");
  const usage = await settledUsage(api, customer_id, tally);
  say(`total calls   ${usage.total_calls}`);
  say(`errors        ${usage.total_errors}`);
  say(`refused       ${usage.total_refused}`);
  say(`average       ${Math.round(usage.avg_response_time_ms ?? 0)} ms`);
  const windows = Object.entries(usage.current);
  say(
    `now           ${windows.map(([name, n]) => `${n} this ${name}`).join(", ")}`,
  );
  for (const { date, calls, errors } of usage.daily)
    if (calls > 0) say(`${date}    ${calls} calls, ${errors} errors`);
  const { calls, errors, refused } = tally;
  if (
    usage.total_calls !== calls ||
    usage.total_errors !== errors ||
    usage.total_refused !== refused
  )
    throw new DemoError(
      `${calls} calls were made here, ${errors} failed and ${refused} more were refused: the statistics should say so.`,
    );
}

/** The statistics, once they hold the refusals too, which are written twice a second. */
async function settledUsage(api: Api, customer_id: string, tally: Tally) {
  for (let turn = 0; ; turn++) {
    const usage = await taken("", () =>
      api.GET("/api/v1/customers/{customer_id}/usage", {
        params: { path: { customer_id } },
      }),
    );
    if (usage.total_refused >= tally.refused || turn === 20) return usage;
    await pause(250);
  }
}

async function call(
  { service, pages, key }: Caller,
  path: string,
  tally: Tally,
): Promise<Answer> {
  const answer = await service.categorize(pages + path, key);
  if (answer.status === 429) tally.refused += 1;
  else tally.calls += 1;
  if (answer.status >= 400 && answer.status !== 429) tally.errors += 1;
  return answer;
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
  if (response.status === 401)
    throw new DemoError(
      "Tollkeeper does not know this TOLLKEEPER_TOKEN. Its npm run demo prints one that works.",
    );
  const { status } = response;
  throw new DemoError(
    `Tollkeeper answered ${status}: ${JSON.stringify(error)}`,
  );
}

function summary(what: string, { status, body }: Answer): string {
  const { category, confidence, error } = body;
  const found = typeof category === "string" ? [category, confidence] : [error];
  return [status, what.padEnd(14), ...found].join("  ");
}

function unexpected({ status, body }: Answer): DemoError {
  return new DemoError(
    `This call should have gone otherwise, but was answered ${status}: ${JSON.stringify(body)}`,
  );
}

function heading(text: string): void {
  console.log(`\n${(step += 1)}. ${text}`);
}

function say(text: string): void {
  console.log(`   ${text}`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
