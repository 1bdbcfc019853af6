import { generate } from "otplib";
import type { Browser, Page } from "playwright-core";
import { verifyAudit } from "@/modules/audit";
import { describeInBrowser, launchBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import {
  axeFindings,
  beforeScript,
  complaints,
  settle,
} from "../support/page-promises";
import { startServer, type AppServer } from "../support/server";
import { world, type World } from "../support/world";

// Of the servers too, which inherit it.
process.env["DEV_MAILBOX"] = "on";

const database = useDatabase();
jest.setTimeout(180_000);

const grace = {
  name: "Grace Hopper",
  company: "Compiler Works",
  email: "grace@compilers.example",
  password: "a long sentence is best",
};
const alan = { name: "Alan Turing", email: "alan@compilers.example" };

let first: AppServer;
let second: AppServer;
let browser: Browser;
let w: World;
let page: Page;
let complained: string[];

describeInBrowser("a person of a new customer", () => {
  let secret = "";
  let colleague: Page;

  beforeAll(async () => {
    first = await startServer({ WORKER_MODE: "inline" });
    second = await startServer();
    browser = await launchBrowser();
    w = await world();
    page = await (await browser.newContext()).newPage();
    complained = complaints(page);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([first?.stop(), second?.stop()]);
  });

  test("registers, and verifies the address by the mail that comes", async () => {
    await page.goto(`${first.url}/register`);
    await page.getByLabel("Your name").fill(grace.name);
    await page.getByLabel("Company (optional)").fill(grace.company);
    await page.getByLabel("Email").fill(grace.email);
    await page.getByLabel("Password", { exact: true }).fill(grace.password);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByText("Look into your mail").waitFor();

    await signIn(page, grace.password);
    await page.getByText(/not verified yet/).waitFor();
    await page.goto(await linkIn(grace.email, "verify"));
    await page.getByRole("button", { name: "Verify my address" }).click();
    await page.getByText(`${grace.email} is verified`).waitFor();
    await signIn(page, grace.password);
    await page.getByRole("heading", { name: grace.company }).waitFor();
  });

  test("turns on two-factor, and signs in with a code", async () => {
    await page.goto(`${first.url}/portal/account`);
    await settle(page);
    await page.getByRole("button", { name: "Turn on" }).click();
    const dialog = page.getByRole("dialog", { name: /Turn on two-factor/ });
    await dialog.getByLabel("Your password").fill(grace.password);
    await dialog.getByRole("button", { name: "Continue" }).click();
    secret = await dialog.getByRole("group", { name: "Secret" }).innerText();
    expect(await axeFindings(page)).toEqual([]);
    await dialog
      .getByRole("textbox", { name: "Code" })
      .fill(await generate({ secret }));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    const codes = dialog.getByRole("group", { name: "Recovery codes" });
    const [recovery = ""] = (await codes.innerText()).split("\n");

    await page.context().clearCookies();
    await signIn(page, grace.password);
    await page.getByRole("textbox", { name: "Code" }).fill("000000");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(/That code does not fit/).waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(recovery);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: grace.company }).waitFor();
  });

  test("invites a colleague, who joins by the mail", async () => {
    await page.goto(`${first.url}/portal/team`);
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog", { name: "Invite a person" });
    await dialog.getByLabel("Email").fill(alan.email);
    await dialog.getByRole("button", { name: "Invite" }).click();
    await page.getByText("Invited", { exact: true }).waitFor();

    colleague = await (await browser.newContext()).newPage();
    await colleague.goto(await linkIn(alan.email, "invite"));
    await colleague
      .getByRole("heading", { name: `Join ${grace.company}` })
      .waitFor();
    await colleague.getByLabel("Your name").fill(alan.name);
    await colleague
      .getByLabel("Password", { exact: true })
      .fill("another long sentence");
    expect(await axeFindings(colleague)).toEqual([]);
    await colleague.getByRole("button", { name: "Accept" }).click();
    await colleague.getByRole("heading", { name: grace.company }).waitFor();
    // The browser tells of each refused sign-in.
    const others = complained.filter((line) => !line.includes("/api/auth/"));
    expect(others).toEqual([]);
  });

  test("is out on the next request when staff suspend the customer, in both processes", async () => {
    // The same session, by the other process.
    const there = await page.context().newPage();
    const [cookie] = await page.context().cookies(first.url);
    if (!cookie) throw new Error("Nobody is signed in");
    const { name, value } = cookie;
    await there
      .context()
      .addCookies([{ name, value, url: second.url, httpOnly: true }]);
    await there.goto(`${second.url}/portal`);
    await there.getByRole("heading", { name: grace.company }).waitFor();

    await suspend();
    for (const [view, server] of [
      [page, first],
      [there, second],
      [colleague, first],
    ] as const) {
      await view.goto(`${server.url}/portal`);
      await view.waitForURL(/\/sign-in/);
    }
  });

  test("the audit log tells the story, and an edited row is named", async () => {
    const told = await database.query<{ action: string }>(
      "SELECT DISTINCT action FROM audit_log",
    );
    const actions = told.map(({ action }) => action);
    for (const action of [
      "customer.registered",
      "user.verified",
      "customer.activated",
      "two_factor.enabled",
      "invitation.created",
      "member.joined",
      "customer.status_changed",
    ])
      expect(actions).toContain(action);
    expect((await verifyAudit(w.ctx)).findings).toEqual([]);
    await database.query(`
      ALTER TABLE audit_log DISABLE TRIGGER USER;
      UPDATE audit_log SET actor_name = 'Nobody' WHERE action = 'user.verified';
      ALTER TABLE audit_log ENABLE TRIGGER USER`);
    const { findings } = await verifyAudit(w.ctx);
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).toContain("user.verified");
  });
});

async function signIn(view: Page, password: string): Promise<void> {
  await beforeScript(view, async () => {
    await view.goto(`${first.url}/sign-in`, { waitUntil: "commit" });
    await view.getByLabel("Email").fill(grace.email);
    await view.getByLabel("Password", { exact: true }).fill(password);
    await view.getByRole("button", { name: "Sign in" }).click();
  });
}

/** The link of the newest mail to an address, once it has come. */
async function linkIn(email: string, template: string): Promise<string> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const [mail] = await database.query<{ text: string }>(
      "SELECT text FROM mails WHERE recipient = $1 AND template = $2 ORDER BY id DESC LIMIT 1",
      [email, template],
    );
    const [link] = /https?:\S+token=\w+/.exec(mail?.text ?? "") ?? [];
    if (link) return link;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`No ${template} mail came to ${email}`);
}

async function suspend(): Promise<void> {
  const { callRoute } = await import("../support/app");
  const [row] = await database.query<{ id: string }>(
    "SELECT id FROM customers WHERE email = $1",
    [grace.email],
  );
  const { fromUuid } = await import("@/shared/ids");
  const answer = await callRoute("customers.setStatus", {
    headers: { authorization: `Bearer ${w.everything}` },
    params: { customer_id: fromUuid("cus", row?.id ?? "") },
    body: { status: "suspended", reason: "Unpaid" },
  });
  expect(answer.status).toBe(200);
}
