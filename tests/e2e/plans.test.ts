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

describeInBrowser("Plans", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  const button = (name: string) => page.getByRole("button", { name });
  const group = (name: string) =>
    page.getByRole("group", { name, exact: true });
  const dialog = (name: string | RegExp) => page.getByRole("dialog", { name });
  async function choose(label: string, name: string, option: string) {
    await group(name).getByLabel(label, { exact: true }).click();
    await page.getByRole("option", { name: option }).first().click();
  }
  const fill = (name: string, label: string, value: string) =>
    group(name).getByLabel(label, { exact: true }).fill(value);
  async function publish() {
    await button("Publish…").click();
    const confirm = page.getByRole("alertdialog");
    await confirm.getByText("It never changes from then on").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    return confirm;
  }

  test("a plan is created, drafted with a charge by tiers, and published", async () => {
    await at.visit("/plans");
    await button("New plan").first().click();
    const form = dialog("New plan");
    await form.getByLabel("Name", { exact: true }).fill("Starter");
    await form.getByLabel("Code", { exact: true }).fill("Starter!");
    await form.getByRole("button", { name: "Create plan" }).click();
    await form
      .getByText(/Code must begin with a letter/)
      .first()
      .waitFor();
    expect(await form.getByLabel("Name", { exact: true }).inputValue()).toBe(
      "Starter",
    );
    await form.getByLabel("Code", { exact: true }).fill("starter");
    await form.getByRole("button", { name: "Create plan" }).click();
    await page.waitForURL(/\/plans\/pln_\w+\/draft/);

    await page.getByText("at least one price").waitFor();
    expect(await button("Publish…").isDisabled()).toBe(true);
    await button("Add price").click();
    await fill("Price 1", "Price", "29.999");
    await button("Save draft").click();
    await page
      .getByText("The price must be an exact amount, such as 29 or 29.50")
      .first()
      .waitFor();
    expect(
      await group("Price 1").getByLabel("Price", { exact: true }).inputValue(),
    ).toBe("29.999");
    await fill("Price 1", "Price", "29");

    await button("Add feature").click();
    await fill("Feature 1", "Title", "API calls");
    await fill("Feature 1", "Name in programs", "calls");
    await choose("Meter", "Feature 1", "Calls");
    await fill("Feature 1", "Quota a period", "1000");
    await group("Feature 1").getByText("More may be used").click();
    await page.getByText("needs a charge for calls in USD").waitFor();

    await button("Add charge").click();
    await choose("Meter", "Charge 1", "Calls");
    await choose("Model", "Charge 1", "Graduated tiers");
    await button("Add tier").click();
    await fill("Tier 1", "Up to", "100");
    await fill("Tier 1", "Price per call", "0.02");
    await fill("Tier 2", "Price per call", "0.01");
    // 500 beyond the 1,000: 100 at 2 cents, and 400 at one.
    await page
      .getByText("1,500 calls would cost $6.00: 1,000 calls are included.")
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await button("Save draft").click();
    await page.getByText("The draft is saved").waitFor();
    await expectSoon(() => button("Publish…").isEnabled(), true);
    const confirm = await publish();
    await confirm.getByText("$29.00").waitFor();
    await confirm.getByRole("button", { name: "Publish" }).click();
    await page.waitForURL(/\/plans\/pln_\w+$/);
    await page.getByText("$29.00 a month").waitFor();
    await page.getByText("up to 100: $0.02 per call").waitFor();
    const { items } = await (
      await fetch(`${at.server.url}/api/subscription/plans`)
    ).json();
    expect(items).toMatchObject([
      {
        code: "starter",
        prices: [{ price: { amount: 2_900, currency: "USD" } }],
      },
    ]);
    expect(at.complained).toEqual([]);
  });

  test("a new version begins with the terms there are, and publishing it shows what it changes", async () => {
    await at.visit("/plans");
    await page.getByRole("link", { name: /Starter/ }).click();
    await button("New version").click();
    await page.waitForURL(/\/draft/);
    const price = group("Price 1").getByLabel("Price", { exact: true });
    expect(await price.inputValue()).toBe("29.00");
    await price.fill("35");
    await button("Save draft").click();
    await page.getByText("The draft is saved").waitFor();
    await page.getByRole("link", { name: "Preview" }).click();
    await page.getByText("Customers do not see it yet").waitFor();
    const card = page.getByRole("article");
    await card.getByText("$35.00").waitFor();
    await card.getByText("up to 100: $0.02 per call").waitFor();
    await page.getByRole("link", { name: "Draft", exact: true }).click();
    await page.waitForURL(/\/draft/);
    const confirm = await publish();
    await confirm.getByText("different from version 1").waitFor();
    const lines = confirm.locator("dd");
    expect(await lines.allInnerTexts()).toEqual(["$29.00\n→\n$35.00"]);
    await confirm.getByRole("button", { name: "Publish" }).click();
    await page.waitForURL(/\/plans\/pln_\w+$/);
    await page.getByRole("link", { name: "Versions" }).click();
    await expectSoon(() => page.locator("ol > li p.font-medium").count(), 2);
    await page.getByRole("button", { name: "Terms of version 1" }).click();
    await dialog("Version 1").getByText("$29.00 a month").waitFor();
    expect(at.complained).toEqual([]);
  });

  test("who changes a draft that somebody else has changed learns of it, and keeps what was typed", async () => {
    await at.visit("/plans");
    await page.getByRole("link", { name: /Starter/ }).click();
    await button("New version").click();
    await page.waitForURL(/\/draft/);
    const price = group("Price 1").getByLabel("Price", { exact: true });
    await price.fill("40");
    const [, id] = /(pln_\w+)/.exec(page.url()) ?? [];
    const address = `${at.server.url}/api/v1/plans/${id}`;
    const headers = { authorization: `Bearer ${at.world.everything}` };
    const plan = await (await fetch(address, { headers })).json();
    await fetch(`${address}/versions/${plan.draft_version.id}`, {
      method: "PUT",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ prices: plan.draft_version.prices }),
    });
    await button("Save draft").click();
    await page.getByText(/changed this version at/).waitFor();
    expect(await price.inputValue()).toBe("40");
  });

  test("support sees plans and no way to change them", async () => {
    const context = await at.contextOf("support");
    const seen = await context.newPage();
    await seen.goto(`${at.server.url}/plans?show=new-plan`);
    await settle(seen);
    expect(await seen.getByRole("dialog").count()).toBe(0);
    await seen.getByRole("link", { name: /Starter/ }).click();
    await seen.getByText("$35.00 a month").waitFor();
    const words = await seen.getByRole("button").allInnerTexts();
    expect(words.join()).not.toMatch(/New version|Edit details/);
    await seen.getByRole("link", { name: "Draft", exact: true }).click();
    await seen.waitForURL(/\/draft/);
    await seen.getByRole("heading", { name: "Charges for use" }).waitFor();
    expect(await seen.getByRole("textbox").count()).toBe(0);
    await context.close();
  });
});
