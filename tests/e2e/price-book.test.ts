import type { Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings, settle } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";

useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("The price book", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  const row = (name: string) => page.getByRole("row", { name });
  const act = async (name: string, action: string) => {
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };

  test("a price is entered with every digit, changed from now on, looked back on, and closed", async () => {
    await at.visit("/price-book");
    await page.getByRole("button", { name: "New price" }).click();
    const form = page.getByRole("dialog", { name: "New price" });
    await form.getByLabel("Provider").fill("Acme");
    await form.getByLabel("Model").fill("acme-large");
    await form.getByRole("button", { name: "Enter price" }).click();
    await form.getByText("Source is required").first().waitFor();
    await form.getByLabel("Source").fill("acme.example/prices");
    await form.getByRole("button", { name: "Enter price" }).click();
    await form
      .getByText("Input must be given, or another of the prices")
      .first()
      .waitFor();
    await form.getByLabel("Input", { exact: true }).fill("0.0000001");
    await form
      .getByText(/Input must be a decimal/)
      .first()
      .waitFor();
    await form.getByLabel("Input", { exact: true }).fill("0.123456");
    await form.getByLabel("Per call").fill("0.000000000001");
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole("button", { name: "Enter price" }).click();
    await page.getByText("The price of acme acme-large is entered").waitFor();
    await row("acme-large").getByText("$0.123456").waitFor();
    await row("acme-large").getByText("$0.000000000001 per call").waitFor();

    await act("acme acme-large", "Change price…");
    const change = page.getByRole("dialog", { name: /Change the price/ });
    const input = change.getByLabel("Input", { exact: true });
    expect(await input.inputValue()).toBe("0.123456");
    await input.fill("0.2");
    await change.getByRole("button", { name: "Change price" }).click();
    await change.waitFor({ state: "detached" });
    await row("acme-large").getByText("$0.20").waitFor();
    await expectSoon(() => row("acme-large").count(), 1);

    await act("acme acme-large", "History…");
    const history = page.getByRole("dialog", { name: /Prices of acme/ });
    const items = history.getByRole("listitem");
    await items.getByText("Input $0.20 per 1M tokens").waitFor();
    await items.getByText("Input $0.123456 per 1M tokens").waitFor();
    expect(await items.count()).toBe(2);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await history.waitFor({ state: "detached" });

    await act("acme acme-large", "Close price…");
    const confirm = page.getByRole("alertdialog");
    expect(await axeFindings(page)).toEqual([]);
    await confirm.getByRole("button", { name: "Close price" }).click();
    await page.getByText("The price of acme acme-large has ended").waitFor();
    await expectSoon(() => row("acme-large").count(), 0);
    expect(at.complained).toEqual([]);
  });

  test("filters live in the address, and past prices are shown when asked for", async () => {
    await at.visit("/price-book?provider=acme");
    await page.getByRole("heading", { name: "No prices match" }).waitFor();
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Shown too" }).click();
    await expectSoon(() => row("acme-large").count(), 2);
    expect(page.url()).toContain("include_past=true");
    await at.visit("/price-book");
    await page.getByLabel("Search prices").fill("2.5-pro");
    await page.waitForURL(/search=2\.5-pro/);
    await row("over 200,000 tokens").getByText("$15.00").waitFor();
    await expectSoon(() => row("openai").count(), 0);
  });

  test("what is in force is public, at the older path too", async () => {
    const answers = await Promise.all(
      ["/api/v1/pricing", "/api/subscription/pricing"].map(async (path) => {
        const response = await fetch(at.server.url + path);
        return { status: response.status, body: await response.json() };
      }),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body.currency).toBe("USD");
      const names = body.providers.map(
        (one: { provider: string }) => one.provider,
      );
      expect(names).toContain("gemini");
      expect(names).not.toContain("acme");
    }
  });

  test("support sees prices and no way to change them", async () => {
    const context = await at.contextOf("support");
    const seen = await context.newPage();
    await seen.goto(`${at.server.url}/price-book?show=new-price`);
    await settle(seen);
    expect(await seen.getByRole("dialog").count()).toBe(0);
    const words = await seen.getByRole("button").allInnerTexts();
    expect(words.join()).not.toMatch(/New price/);
    await seen
      .getByRole("button", { name: "Actions for openai gpt-4o", exact: true })
      .click();
    await seen.getByRole("menuitem", { name: "History…" }).waitFor();
    const actions = await seen.getByRole("menuitem").allInnerTexts();
    expect(actions).toEqual(["History…"]);
    await context.close();
  });
});
