import type { Browser, BrowserContext, Page } from "playwright-core";
import { describeInBrowser, launchBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings, complaints, settle } from "../support/page-promises";
import { startServer, type AppServer } from "../support/server";

useDatabase();
jest.setTimeout(180_000);

const owner = {
  name: "Ada Lovelace",
  email: "ada@example.com",
  password: "a long sentence is the best",
};
const perSecond = 5;

let server: AppServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complained: string[];

describeInBrowser("the tour of a new seller", () => {
  let customerPage = "";
  let key = "";
  let program: Program;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
    context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
    });
    page = await context.newPage();
    complained = complaints(page);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the link that the server prints makes the first owner, signed in", async () => {
    await page.goto(await setUpLink());
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Name").fill(owner.name);
    await page.getByLabel("Email").fill(owner.email);
    await page.getByLabel("Password", { exact: true }).fill(owner.password);
    await page.getByRole("button", { name: "Create owner" }).click();
    await page.waitForURL(`${server.url}/`);
    await page.getByRole("heading", { name: "Getting started" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  test("the link works once", async () => {
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(await setUpLink());
    await other.getByText("This set-up link no longer works").waitFor();
    expect(await other.getByRole("textbox").count()).toBe(0);
    await stranger.close();
  });

  test("a customer is added from the first step", async () => {
    await page.getByRole("link", { name: "Add customer" }).click();
    const dialog = page.getByRole("dialog", { name: "Add customer" });
    await dialog.getByLabel("Full name").fill("Grace Hopper");
    await dialog.getByLabel("Email").fill("grace@compilers.example");
    await dialog.getByLabel("Company").fill("Compiler Works");
    await dialog.getByRole("button", { name: "Add customer" }).click();
    await page.waitForURL(/\/customers\/cus_[0-9a-z]+$/);
    await page.getByRole("heading", { name: "Compiler Works" }).waitFor();
    customerPage = page.url();
  });

  test("a key is issued, and its secret is shown once", async () => {
    await page.goto(`${customerPage}/keys`);
    await page.getByRole("button", { name: "Issue key" }).first().click();
    const form = page.getByRole("dialog", { name: /Issue a key/ });
    await form.getByLabel("Name").fill("Production");
    await form.getByRole("button", { name: "Issue key" }).click();
    const shown = page.getByRole("dialog", { name: "Store Production now" });
    key = await shown.getByRole("group", { name: "API key" }).innerText();
    expect(key).toMatch(/^sk_live_[0-9A-Za-z]{30,}$/);
    await shown.getByText("I have stored this key").click();
    await shown.getByRole("checkbox", { checked: true }).waitFor();
    await shown.getByRole("button", { name: "Done" }).click();
    await shown.waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("cell", { name: "Production", exact: true }).waitFor();
    expect(await page.content()).not.toContain(key);
  });

  test("limits are set for the customer", async () => {
    await page.goto(`${customerPage}/usage`);
    await page.getByRole("button", { name: "Set limits" }).click();
    const dialog = page.getByRole("dialog", { name: /limits/i });
    await dialog.getByLabel("Per second").first().fill(String(perSecond));
    await dialog.getByRole("button", { name: "Save limits" }).click();
    await dialog.waitFor({ state: "detached" });
    const meter = page.getByRole("meter", { name: "Per second" });
    await meter.and(page.locator("[aria-valuemax='5']")).waitFor();
  });

  test("a program with a service token is let through, and stopped at the limit for as long as it is told", async () => {
    program = programWith(await issueToken());
    const burst = await Promise.all(
      Array.from({ length: 4 * perSecond }, () => program.check(key)),
    );
    const admitted = burst.filter(({ status }) => status === 200);
    const refused = burst.filter(({ status }) => status === 429);
    expect(admitted.length + refused.length).toBe(4 * perSecond);
    expect(admitted.length).toBeGreaterThanOrEqual(perSecond);
    expect(refused.length).toBeGreaterThan(0);
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({ code: "RATE_LIMITED" });
      expect(body.retry_after).toBeGreaterThan(0);
      expect(Number(headers.get("retry-after"))).toBe(
        Math.ceil(body.retry_after),
      );
    }
    const last = await refusal(program, key);
    await new Promise((wake) => setTimeout(wake, last * 1_000));
    expect((await program.check(key)).status).toBe(200);
  });

  test("what it used is on the customer's chart and among the figures", async () => {
    const events = Array.from({ length: 12 }, (_, index) => ({
      id: `tour-${index}`,
      key,
      endpoint: "/categorize",
      status_code: index < 3 ? 500 : 200,
      duration_ms: 100 + index,
    }));
    const booked = await program.report(events);
    expect(booked).toMatchObject({ accepted: 12, duplicates: 0, rejected: 0 });
    const again = await program.report(events);
    expect(again).toMatchObject({ accepted: 0, duplicates: 12 });

    await page.goto(`${customerPage}/usage`);
    const usage = page.getByRole("region", { name: "Usage of a period" });
    await usage.getByText("12", { exact: true }).first().waitFor();
    const chart = page.getByRole("figure", { name: "Calls per day" });
    await chart.getByRole("button", { name: "View as table" }).click();
    const today = chart.getByRole("row", { name: /still counting/ });
    const [succeeded, errors] = await today.getByRole("cell").allInnerTexts();
    expect([succeeded, errors]).toEqual(["9", "3"]);

    await page.goto(server.url);
    await settle(page);
    const calls = page.locator("section", {
      has: page.getByRole("heading", { name: "Calls", exact: true }),
    });
    expect(await calls.locator("strong").innerText()).toBe("12");
    await page.getByRole("heading", { name: "New customers" }).waitFor();
    expect(
      await page.getByRole("heading", { name: "Getting started" }).count(),
    ).toBe(0);
  });

  test("signing out ends the session: the old cookie opens nothing", async () => {
    const old = await context.cookies();
    await page.getByRole("button", { name: `Account: ${owner.name}` }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(`${server.url}/sign-in`);
    await page.getByRole("button", { name: "Sign in" }).waitFor();

    await context.addCookies(old);
    await page.goto(`${server.url}/customers`);
    expect(page.url()).toBe(`${server.url}/sign-in`);
    const answer = await context.request.get(`${server.url}/api/v1/customers`);
    expect(answer.status()).toBe(401);
  });

  test("a wrong password is refused in words, and the right one brings back", async () => {
    await page.goto(`${server.url}/sign-in?next=/customers`);
    await page.getByLabel("Email").fill(owner.email);
    await page.getByLabel("Password", { exact: true }).fill("not the sentence");
    await page.getByRole("button", { name: "Sign in" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "do not match" });
    await alert.waitFor();
    await page.getByLabel("Password", { exact: true }).fill(owner.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${server.url}/customers`);
    await page.getByRole("link", { name: "Compiler Works" }).waitFor();
  });

  test("no page of it complained on the console", () => {
    // The browser itself tells of the answer 401 to the wrong password.
    const own = complained.filter((line) => !/status of 401/.test(line));
    expect(own).toEqual([]);
  });
});

/** The link that the server prints soon after it has begun to listen. */
async function setUpLink(): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const printed = /http\S+\/set-up\?token=\S+/.exec(server.output());
    if (printed) return printed[0];
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error(`No set-up link was printed:\n${server.output()}`);
}

type Program = ReturnType<typeof programWith>;

/** A seller's program: it has a service token, and knows nothing of browsers. */
function programWith(token: string) {
  async function post(path: string, body: unknown) {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    const { status, headers } = response;
    return { status, headers, body: await response.json() };
  }
  return {
    check: (secret: string) => post("/check?enforce=status", { key: secret }),
    report: async (events: unknown[]) =>
      (await post("/usage/events", events)).body,
  };
}

/** Calls until it is refused; how many seconds it is told to wait. */
async function refusal(program: Program, key: string): Promise<number> {
  for (let calls = 0; calls < 10 * perSecond; calls += 1) {
    const { status, body } = await program.check(key);
    if (status === 429) return body.retry_after;
  }
  throw new Error("It was never refused.");
}

async function issueToken(): Promise<string> {
  const answer = await context.request.post(
    `${server.url}/api/v1/service-tokens`,
    {
      headers: { origin: server.url },
      data: { name: "Website", scopes: ["access:check", "usage:write"] },
    },
  );
  expect(answer.status()).toBe(201);
  return (await answer.json()).token;
}
