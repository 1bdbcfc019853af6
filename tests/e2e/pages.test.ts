import type { Browser, Page } from "playwright-core";
import { invitePerson } from "@/modules/customers";
import { makeInvitationLink } from "@/modules/identity";
import { endpoints } from "@/http/registry";
import type { Ctx } from "@/platform/context";
import { fromUuid } from "@/shared/ids";
import { billingThing } from "../support/billing";
import { describeInBrowser, launchBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { license as issuedLicense } from "../support/licenses";
import {
  axeFindings,
  complaints,
  darken,
  scriptSizes,
  settle,
  sidewaysOverflow,
  signInAs,
  sizeTable,
  type Cookies,
} from "../support/page-promises";
import { seedDemo, type Person } from "../support/seed-demo";
import { tenantRow } from "../support/tenants";
import {
  pageAddresses,
  type Address,
  type Kind,
  type PageThings,
  type Who,
} from "../support/page-addresses";
import { startServer, type AppServer } from "../support/server";
import { newcomerCookies } from "../support/newcomer";
import { soldWithDraft } from "../support/things";
import { world } from "../support/world";

// Of the server too, which inherits it.
process.env["DEV_MAILBOX"] = "on";
process.env["SANDBOX_PAYMENTS"] = "on";

const database = useDatabase();
jest.setTimeout(300_000);

const KB = 1_000;
const budgets = { list: 200 * KB, other: 290 * KB };
const widths = [1920, 1280, 768, 390, 320];

let server: AppServer;
let browser: Browser;
let things: PageThings;
let cookies: Record<Who, Cookies>;
let visits: Visit[];

describeInBrowser("every page", () => {
  beforeAll(async () => {
    server = await startServer();
    const seeded = await seedDemo();
    browser = await launchBrowser();
    cookies = {
      nobody: [],
      staff: await cookiesOf(seeded.admin),
      customer: await cookiesOf(seeded.portal),
      newcomer: await newcomerCookies(browser, server.url),
    };
    things = await makeThings();
    visits = await visitAll();
  }, 1_500_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test.each(["light", "dark"] as const)(
    "has no finding of axe in %s",
    (colorScheme) => {
      expect(namely(({ axe }) => axe[colorScheme])).toEqual([]);
    },
  );

  test("has no complaint on the console", () => {
    expect(namely(({ complained }) => complained)).toEqual([]);
  });

  test("does not scroll sideways, from 320 px to 1920", () => {
    expect(namely(({ overflow }) => overflow)).toEqual([]);
  });

  test("loads no more script at first than its budget", () => {
    const measured = visits.flatMap(({ at, kind, script }) =>
      kind === "dialog" ? [] : [{ at, ...script, budget: budgets[kind] }],
    );
    process.stderr.write(`${sizeTable(measured)}\n`);
    expect(measured.filter(({ first, budget }) => first > budget)).toEqual([]);
    expect(measured.every(({ first }) => first > 50 * KB)).toBe(true);
  });

  test("that does not exist answers 404 in the shell, with the request's id", async () => {
    for (const [who, at] of [
      ["staff", "/no/such/page"],
      ["staff", "/customers/cus_01jd0000000000000000000000"],
      ["customer", "/portal/no/such/page"],
    ] as const) {
      const context = await contextOf(who);
      const page = await context.newPage();
      const answer = await page.goto(server.url + at);
      expect(answer?.status()).toBe(404);
      await page.getByRole("navigation", { name: "Main" }).first().waitFor();
      const id = page.getByRole("button", { name: /request id req_/ });
      expect(await id.count()).toBe(1);
      expect(await axeFindings(page)).toEqual([]);
      await context.close();
    }
  });

  test("is for those whom it is for, and the rest are sent where they belong", async () => {
    for (const [who, at, landing] of [
      ["nobody", "/", "/sign-in"],
      ["nobody", "/customers", "/sign-in"],
      ["nobody", "/portal", "/sign-in"],
      ["nobody", "/no/such/page", "/sign-in"],
      ["customer", "/", "/portal"],
      ["customer", `/customers/${things.customer}`, "/portal"],
      ["staff", "/portal/keys", "/"],
      ["staff", "/sign-in", "/"],
      ["staff", "/sign-in?next=/keys", "/keys"],
      ["staff", "/sign-in?next=//evil.example/", "/"],
      ["customer", "/sign-in", "/portal"],
    ] as const) {
      const context = await contextOf(who);
      const page = await context.newPage();
      await page.goto(server.url + at);
      expect(`${at} → ${page.url()}`).toBe(`${at} → ${server.url}${landing}`);
      await context.close();
    }
  });

  test("finds a customer from anywhere by Ctrl-K, with the keyboard alone", async () => {
    const context = await contextOf("staff");
    const page = await context.newPage();
    await page.goto(`${server.url}/keys`);
    await settle(page);
    await page.keyboard.press("Control+K");
    await page.getByRole("dialog", { name: "Command palette" }).waitFor();
    await page.keyboard.type("analytical");
    const found = page.getByRole("menuitem", { name: /Analytical Engines/ });
    await found.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/customers\/cus_/);
    const name = page.getByRole("heading", { name: "Analytical Engines" });
    await name.waitFor();
    await context.close();
  });
});

type Visit = {
  at: string;
  kind: Kind;
  axe: { light: string[]; dark: string[] };
  overflow: string[];
  complained: string[];
  script: { first: number; all: number };
};

/** All that is asked of each page, each visited once; two at a time, each in a window that stays. */
async function visitAll(): Promise<Visit[]> {
  const left = pageAddresses(things);
  const made: Visit[] = [];
  async function lane() {
    const windows = new Map<Who, Page>();
    for (let next = left.shift(); next; next = left.shift()) {
      const window = windows.get(next.who) ?? (await windowOf(next.who));
      windows.set(next.who, window);
      made.push(await visit(window, next));
    }
    for (const window of windows.values()) await window.context().close();
  }
  await Promise.all([lane(), lane()]);
  return made.sort((a, b) => a.at.localeCompare(b.at));
}

/** A window of somebody's, which loads each page as if it were the first. */
async function windowOf(who: Who): Promise<Page> {
  const context = await contextOf(who, { reducedMotion: "reduce" });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send("Network.setCacheDisabled", { cacheDisabled: true });
  return page;
}

async function visit(page: Page, { who, at, kind }: Address): Promise<Visit> {
  page.removeAllListeners();
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.context().addCookies(cookies[who]);
  const complained = complaints(page);
  const sizes = scriptSizes(page);
  const answer = await page.goto(server.url + at);
  await settle(page);
  const script = await sizes((await answer?.text()) ?? "");
  const light = await axeFindings(page);
  await darken(page);
  const dark = await axeFindings(page, { colorsOnly: true });
  const overflow = await sidewaysOverflow(page, widths);
  return { at, kind, axe: { light, dark }, overflow, complained, script };
}

/** What was found on each page, with the page's address. */
function namely(find: (visit: Visit) => string[]): string[] {
  return visits.flatMap((one) =>
    find(one).map((finding) => `${one.at}: ${finding}`),
  );
}

async function contextOf(
  who: Who,
  options: Parameters<Browser["newContext"]>[0] = {},
) {
  const context = await browser.newContext(options);
  await context.addCookies(cookies[who]);
  return context;
}

async function cookiesOf(person: Person): Promise<Cookies> {
  const context = await browser.newContext();
  await signInAs(await context.newPage(), server.url, person);
  const found = await context.cookies();
  await context.close();
  return found;
}

async function makeThings(): Promise<PageThings> {
  const { ctx } = await world();
  const customer = await someCustomer();
  const invitation = await invite(ctx, customer);
  const thing = (name: string, operation?: string) =>
    billingThing(
      ctx,
      name,
      async () => customer,
      endpoints.find(({ id }) => id === operation),
    );
  const license = (await issuedLicense(ctx, customer)).id;
  const tenant = await tenantRow(customer, "active");
  return {
    customer,
    plan: await soldWithDraft(ctx, "pro"),
    subscription: await thing("subscription_id"),
    invoice: await thing("invoice_id"),
    draftInvoice: await thing("invoice_id", "invoices.update"),
    license,
    ownLicense: license,
    ownInvoice: await thing("invoice_id", "invoices.send"),
    ticket: await thing("ticket_id"),
    ownTicket: await thing("ticket_id", "support.rate"),
    tenant,
    ownTenant: tenant,
    payToken: await thing("token"),
    checkout: await thing("checkout_id"),
    sandboxSession: await thing("sandbox_session_id"),
    invitation,
  };
}

/** Somebody who is invited to the customer, and has the mail. */
async function invite(ctx: Ctx, customerId: string) {
  const email = "somebody@example.com";
  const { id } = await invitePerson(ctx, customerId, { email, role: "member" });
  await runJobs(database);
  const [mail] = await database.query<{ id: string }>(
    "SELECT id FROM mails WHERE recipient = $1",
    [email],
  );
  const link = await makeInvitationLink(ctx, id);
  return {
    page: `/invitation?token=${link?.token}`,
    mail: `/dev/mail/${fromUuid("eml", mail?.id ?? "")}`,
  };
}

async function someCustomer(): Promise<string> {
  const context = await contextOf("staff");
  const answer = await context.request.get(
    `${server.url}/api/v1/customers?search=analytical`,
  );
  const found = await answer.json();
  await context.close();
  return found.items[0].id;
}
