import type { Browser, BrowserContext, Page } from "playwright-core";
import { describeInBrowser, launchBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { complaints, settle, signInAs } from "../support/page-promises";
import { seedDemo } from "../support/seed-demo";
import { startServer, type AppServer } from "../support/server";
import { focusFlaws, focused, tabTo } from "../support/keyboard";

// Of the server too, which inherits it.
process.env["SANDBOX_PAYMENTS"] = "on";

useDatabase();
jest.setTimeout(300_000);

const width = 390;

/** Each page of the navigation, and what opens something over it. */
const pages: { link: string; path: string; opener: RegExp }[] = [
  { link: "Home", path: "/portal", opener: /^Account: / },
  { link: "Usage", path: "/portal/usage", opener: /^Period/ },
  { link: "API keys", path: "/portal/keys", opener: /^Issue key/ },
  { link: "Licenses", path: "/portal/licenses", opener: /^View$/ },
  { link: "Tenants", path: "/portal/tenants", opener: /^Create tenant/ },
  { link: "Plan and billing", path: "/portal/plan", opener: /^Choose Pro$/ },
  { link: "Invoices", path: "/portal/invoices", opener: /^Filter$/ },
  {
    link: "Payment methods",
    path: "/portal/payment-methods",
    opener: /^Account: /,
  },
  { link: "Support", path: "/portal/support", opener: /^Filter$/ },
  { link: "Team", path: "/portal/team", opener: /^Invite/ },
  { link: "Account", path: "/portal/account", opener: /^Turn on/ },
];

let server: AppServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complained: string[];

// Nothing but keys is used after the sign-in.
describeInBrowser("The portal on a phone, by keyboard alone", () => {
  beforeAll(async () => {
    server = await startServer();
    const { portal } = await seedDemo();
    browser = await launchBrowser();
    context = await browser.newContext({
      viewport: { width, height: 844 },
      ...{ isMobile: true, hasTouch: true },
    });
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
    await signInAs(page, server.url, portal);
    await settle(page);
    complained = complaints(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the navigation opens, keeps the focus, and gives it back when it is closed", async () => {
    await tabTo(page, /^Open navigation$/);
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog", { name: "Navigation" });
    await drawer.waitFor();
    for (let stop = 0; stop < 20; stop += 1) {
      await page.keyboard.press("Tab");
      expect((await focused(page)).dialog).toBe("Navigation");
    }
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    expect((await focused(page)).name).toBe("Open navigation");
  });

  test.each(pages)(
    "$link is reached, walked through, and something opened on it and closed",
    async ({ link, path, opener }) => {
      await tabTo(page, /^Open navigation$/);
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "Navigation" }).waitFor();
      await tabTo(page, new RegExp(`^${link}$`));
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname === path);
      await page
        .getByRole("dialog", { name: "Navigation" })
        .waitFor({ state: "detached" });
      await settle(page);

      expect(await focusFlaws(page)).toEqual([]);

      const before = await tabTo(page, opener);
      await page.keyboard.press("Enter");
      await expectInside(true);
      for (let stop = 0; stop < 5; stop += 1) {
        await page.keyboard.press("Tab");
        await expectInside(true);
      }
      await page.keyboard.press("Escape");
      await expectInside(false);
      expect((await focused(page)).name).toBe(before);
      expect(await sideways()).toBe(0);
    },
  );

  test("nothing complained", () => {
    expect(complained).toEqual([]);
  });
});

/** Waits until the focus is in what was opened, or out of it. */
async function expectInside(wanted: boolean): Promise<void> {
  await page.waitForFunction(
    (inside) => {
      const over =
        "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
      const { activeElement } = document;
      const isInside = Boolean(activeElement?.closest(over));
      return activeElement !== document.body && isInside === inside;
    },
    wanted,
    { timeout: 10_000 },
  );
}

function sideways(): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
