import type { Browser, BrowserContext, Page } from "playwright-core";
import { describeInBrowser, launchBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { linkOfMail } from "../support/dev-mailbox";
import {
  codeOfCheck,
  offerPlans,
  stepsLeft,
  story,
  wideWindow,
} from "../support/journey";
import { axeFindings, complaints, settle } from "../support/page-promises";
import { startServer, type AppServer } from "../support/server";
import { expectSoon } from "../support/staff-browser";
import { subdomain, useTenantDatabases } from "../support/tenants";
import { world, type World } from "../support/world";

// Of the server too, which inherits it.
process.env["DEV_MAILBOX"] = "on";
process.env["SANDBOX_PAYMENTS"] = "on";

const database = useDatabase();
useTenantDatabases(database);
jest.setTimeout(180_000);

const ada = {
  name: "Ada Byron",
  company: "Engine Works",
  email: "ada@engine.example",
  password: "a long sentence is best",
};
const mary = { name: "Mary Somerville", email: "mary@engine.example" };
const perMinute = 3;

let server: AppServer;
let browser: Browser;
let w: World;
let office: BrowserContext;
let staff: Page;
let home: BrowserContext;
let page: Page;
let complained: string[];
let apiKey = "";
const tenant = subdomain();

const chapter = story();

describeInBrowser("A stranger", () => {
  beforeAll(async () => {
    w = await world();
    await offerPlans(w, perMinute);
    server = await startServer({ WORKER_MODE: "inline" });
    browser = await launchBrowser();
    home = await wideWindow(browser);
    page = await home.newPage();
    complained = complaints(page);
    office = await wideWindow(browser);
    const [name = "", value = ""] = (await w.staffCookie("owner")).split("=");
    await office.addCookies([{ name, value, url: server.url }]);
    staff = await office.newPage();
    await staff.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  chapter(
    "registers, verifies the address by the mail, and is told what to do first",
    async () => {
      await page.goto(`${server.url}/register`);
      await page.getByLabel("Your name").fill(ada.name);
      await page.getByLabel("Company (optional)").fill(ada.company);
      await page.getByLabel("Email").fill(ada.email);
      await page.getByLabel("Password", { exact: true }).fill(ada.password);
      await page.getByRole("button", { name: "Register" }).click();
      await page.getByText("Look into your mail").waitFor();
      await page.goto(
        await linkOfMail(staff, ada.email, /confirm your email/i),
      );
      await page.getByRole("button", { name: "Verify my address" }).click();
      await page.getByText(`${ada.email} is verified`).waitFor();
      await page.getByRole("link", { name: /sign in/i }).click();
      await page.getByLabel("Email").fill(ada.email);
      await page.getByLabel("Password", { exact: true }).fill(ada.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: ada.company }).waitFor();
      await settle(page);
      expect(await stepsLeft(page)).toEqual([
        "Choose a plan",
        "Issue an API key",
        "Make your first call",
        "Invite a colleague",
      ]);
      expect(await axeFindings(page)).toEqual([]);
    },
  );

  chapter("subscribes, and pays on the provider's page", async () => {
    await page.getByRole("link", { name: /^Choose a plan/ }).click();
    await page.getByRole("button", { name: "Choose Studio" }).click();
    const dialog = page.getByRole("alertdialog", {
      name: "Subscribe to Studio",
    });
    await dialog.getByText("$29.00").first().waitFor();
    await dialog.getByRole("button", { name: "Subscribe" }).click();
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.getByText("Thank you").waitFor();
    await page.getByRole("link", { name: "Go to your account" }).click();
    await page.getByRole("heading", { name: "Your plan: Studio" }).waitFor();
    await settle(page);
    expect(await stepsLeft(page)).toEqual([
      "Issue an API key",
      "Make your first call",
      "Create a tenant",
      "Invite a colleague",
    ]);
  });

  chapter("gets a tenant, and installs a module", async () => {
    await page.getByRole("link", { name: /^Create a tenant/ }).click();
    const dialog = page.getByRole("dialog", { name: "Create a tenant" });
    await dialog.getByLabel("Subdomain").fill(tenant);
    await dialog.getByText(`${tenant} can be had.`).waitFor();
    await dialog.getByLabel("Name").fill("Works");
    await dialog.getByRole("button", { name: "Create tenant" }).click();
    await page.waitForURL(/\/portal\/tenants\/tnt_/);
    await page.getByText("Active", { exact: true }).waitFor();
    await page
      .getByRole("button", { name: "Install CRM", exact: true })
      .click();
    await page.getByRole("button", { name: "Uninstall CRM" }).waitFor();
  });

  chapter("backs up, breaks it, and restores it", async () => {
    const restore = page.getByRole("button", { name: /^Restore…/ });
    const free = page.getByRole("button", { name: "Back up now" });
    await expectSoon(() => free.isEnabled(), true);
    await free.click();
    await restore.first().waitFor();
    const uninstall = page.getByRole("button", { name: "Uninstall CRM" });
    await expectSoon(() => uninstall.isEnabled(), true);
    await uninstall.click();
    const ask = page.getByRole("alertdialog");
    await ask.getByRole("button", { name: "Uninstall module" }).click();
    await page
      .getByRole("button", { name: "Install CRM", exact: true })
      .waitFor();
    await expectSoon(() => restore.first().isEnabled(), true);
    await restore.first().click();
    await ask.getByRole("textbox").fill(tenant);
    await ask.getByRole("button", { name: "Restore tenant" }).click();
    await page.getByRole("button", { name: "Uninstall CRM" }).waitFor();
    await page.getByText("Before a restore").waitFor();
  });

  chapter("issues a key, and calls until the limit refuses", async () => {
    await visit("/portal/keys?show=issue-key");
    const form = page.getByRole("dialog", { name: "Issue a key" });
    await form.getByLabel("Name").fill("Production");
    await form.getByRole("button", { name: "Issue key" }).click();
    const secret = page.getByRole("dialog", { name: "Store Production now" });
    apiKey = await secret.getByRole("group", { name: "API key" }).innerText();
    const call = await secret.getByRole("group", { name: "cURL" }).innerText();
    expect(call).toBe(`curl https://api.example/ping -H "X-Key: ${apiKey}"`);
    await secret.getByText("I have stored this key").click();
    await secret.getByRole("button", { name: "Done" }).click();
    await page.getByText("Production", { exact: true }).first().waitFor();
    const codes = [];
    for (let call = 0; call <= perMinute; call += 1) codes.push(await check());
    expect(codes).toEqual(["VALID", "VALID", "VALID", "RATE_LIMITED"]);
  });

  chapter(
    "opens a ticket from the limit, which tells where they stand",
    async () => {
      await visit("/portal");
      await page.getByRole("link", { name: "Ask for higher limits" }).click();
      const about = page.getByRole("combobox", { name: /about/i });
      await expectSoon(
        async () => (await about.inputValue()).includes("Production"),
        true,
      );
      const message = page.getByRole("textbox", { name: "Message" });
      expect(await message.inputValue()).toContain(
        `Calls per minute: ${perMinute} of ${perMinute}`,
      );
      expect(await axeFindings(page)).toEqual([]);
      await message.pressSequentially("Ten a minute.");
      await page.getByRole("button", { name: "Open ticket" }).click();
      await page
        .getByRole("heading", { name: /We need higher limits/ })
        .waitFor();
    },
  );

  chapter("is boosted by staff from the ticket, and goes on", async () => {
    await staff.goto(`${server.url}/tickets`);
    await staff.getByRole("link", { name: /We need higher limits/ }).click();
    await staff.getByText("RATE_LIMITED").first().waitFor();
    await staff.getByRole("button", { name: "Boost" }).click();
    const dialog = staff.getByRole("dialog", { name: /^Boost/ });
    await dialog.getByLabel("By how much").fill("100");
    await dialog.getByLabel("Reason").fill("Asked for in the ticket");
    await dialog.getByRole("button", { name: "Add boost" }).click();
    await staff.getByText(`${ada.company} has a boost`).waitFor();
    await staff
      .getByRole("textbox", { name: "Message" })
      .fill("You have a hundred more for a day.");
    await staff.getByRole("button", { name: "Send", exact: true }).click();
    await staff.getByText("Your message is sent").waitFor();
    expect(await check()).toBe("VALID");
    await page.reload();
    await page.getByText("You have a hundred more for a day.").waitFor();
    await page.getByRole("button", { name: "Close ticket" }).click();
    await page.getByText(/Ticket #\d+ is closed/).waitFor();
  });

  chapter("invites a colleague, who joins", async () => {
    await visit("/portal/team");
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog", { name: "Invite a person" });
    await dialog.getByLabel("Email").fill(mary.email);
    await dialog.getByRole("button", { name: "Invite" }).click();
    await page.getByText("Invited", { exact: true }).waitFor();
    const other = await wideWindow(browser);
    const theirs = await other.newPage();
    await theirs.goto(await linkOfMail(staff, mary.email, /join/i));
    await theirs.getByLabel("Your name").fill(mary.name);
    await theirs
      .getByLabel("Password", { exact: true })
      .fill("another long sentence");
    await theirs.getByRole("button", { name: "Accept" }).click();
    await theirs
      .getByRole("heading", { name: ada.company, exact: true })
      .waitFor();
    // A member sees to no money.
    const nav = theirs.getByRole("navigation", { name: "Main" });
    expect(await nav.getByRole("link", { name: "Invoices" }).count()).toBe(0);
    await other.close();
    await page.reload();
    await page.getByText(mary.name).first().waitFor();
  });

  chapter("downloads the invoice", async () => {
    await visit("/portal/invoices");
    await page.getByRole("link", { name: /^INV-/ }).click();
    await page.getByText("Paid", { exact: true }).first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "PDF" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^INV-.+\.pdf$/);
  });

  chapter(
    "cancels with a reason, is offered less instead, and keeps access until the end",
    async () => {
      await visit("/portal/plan");
      await page.getByRole("button", { name: "Cancel plan" }).click();
      const ask = page.getByRole("alertdialog", { name: "Cancel Studio?" });
      await ask.getByRole("button", { name: "Pause instead" }).waitFor();
      await ask.getByRole("button", { name: "Change plan instead" }).waitFor();
      await ask.getByRole("button", { name: /Reason/ }).click();
      await page.getByRole("option", { name: /too expensive/i }).click();
      await ask.getByLabel("Comment").fill("It was a test");
      await settle(page);
      expect(await axeFindings(page)).toEqual([]);
      await ask.getByRole("button", { name: "Cancel subscription" }).click();
      await page.getByText(/^It ends on/).waitFor();
      await page.getByRole("button", { name: "Resume" }).waitFor();
      expect(await check()).toBe("VALID");
      const rows = await database.query(
        "SELECT status, cancel_comment AS said FROM subscriptions",
      );
      expect(rows).toEqual([{ status: "active", said: "It was a test" }]);
    },
  );

  chapter("leaves with all that there is of them in a file", async () => {
    await visit("/portal/account");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: /Export|Download/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
    expect(await download.failure()).toBeNull();
  });

  chapter("met no error on the way", async () => {
    expect(complained).toEqual([]);
  });
});

async function visit(path: string) {
  await page.goto(server.url + path);
  await settle(page);
}

const check = () => codeOfCheck(server.url, w, apiKey);
