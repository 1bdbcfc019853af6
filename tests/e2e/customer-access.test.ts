import type { Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";

useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("A customer's access", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("a customer is added with limits and a key at once, and the key is shown", async () => {
    await at.visit("/customers?show=create");
    const form = page.getByRole("dialog", { name: "Add customer" });
    await form.getByLabel("Full name").fill("Hedy Lamarr");
    await form.getByLabel("Email").fill("hedy@example.com");
    await form.getByText("Rate limits of its own").click();
    await form.getByRole("textbox", { name: "Calls per second" }).fill("3");
    await form.getByText("Issue an API key").click();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");
    const shown = page.getByRole("dialog", { name: /^Store .* now$/ });
    const secret = await shown
      .getByLabel("API key", { exact: true })
      .innerText();
    expect(secret).toMatch(/^sk_live_\w{20,}$/);
    await shown.getByText("I have stored this key").click();
    await shown.getByRole("button", { name: "Done" }).click();
    await page.waitForURL(/\/customers\/cus_\w+$/);
    const second = page.getByRole("meter", { name: "Per second" });
    await expectSoon(() => second.getAttribute("aria-valuetext"), "0 of 3");
    const minute = page.getByRole("meter", { name: "Per minute" });
    await expectSoon(
      () => minute.getAttribute("aria-valuetext"),
      "0 · unlimited",
    );
    expect(at.complained).toEqual([]);
  });

  test("access that has ended is renewed, with its new end shown first", async () => {
    const { id } = await at.world.customer({
      full_name: "Lapsed Customer",
      expires_at: new Date(Date.now() - 86_400_000).toISOString(),
    });
    await at.visit("/");
    await page.getByRole("link", { name: /1 customer expired/ }).click();
    await page.waitForURL(/expires=expired/);
    const row = page.getByRole("row").filter({ hasText: "Lapsed Customer" });
    await row.getByText("Access ended").waitFor();
    expect(await page.getByRole("row").count()).toBe(2);

    await at.visit(`/customers/${id}`);
    await page.getByText("all of its calls are refused").waitFor();
    await page.getByRole("button", { name: "Renew" }).click();
    const dialog = page.getByRole("dialog", { name: /^Renew the access of/ });
    await dialog.getByText(`Until the end of ${dayText(30)}`).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByText("Until a day of your choice").click();
    await dialog.getByRole("button", { name: "Renew access" }).click();
    await dialog
      .getByRole("link", { name: "Last day of access is required" })
      .waitFor();
    await dialog.getByText("By 30 days").click();
    await dialog.getByRole("button", { name: "Renew access" }).click();
    await page
      .getByText(`has access until the end of ${dayText(30)}`)
      .waitFor();
    await page
      .getByText("all of its calls are refused")
      .waitFor({ state: "detached" });
    const after = await page.request.get(
      `${at.server.url}/api/v1/customers/${id}`,
    );
    const end = new Date();
    end.setUTCHours(0, 0, 0, 0);
    end.setUTCDate(end.getUTCDate() + 31);
    expect((await after.json()).expires_at).toBe(end.toISOString());
  });
});

/** A day from today on, as the screens write it. */
function dayText(days: number): string {
  return new Intl.DateTimeFormat("en-US", {
    dateStyle: "medium",
    timeZone: "UTC",
  }).format(Date.now() + days * 86_400_000);
}
