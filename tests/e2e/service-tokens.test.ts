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

describeInBrowser("The service tokens page", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  const row = (name: string) => page.getByRole("row", { name });

  test("a token is issued with its scopes, shown once, works, and is revoked", async () => {
    await at.visit("/settings/tokens");
    await page.getByRole("button", { name: "Issue token" }).click();
    const form = page.getByRole("dialog", { name: "Issue a service token" });
    await form.getByLabel("Name").fill("Reporting");
    await form.getByLabel("Check: Access checks").press("Space");
    await form.getByLabel("Change: Usage").press("Space");
    await form.getByRole("button", { name: "Issue token" }).click();
    await form.getByText("It may have at least one choice").first().waitFor();
    await form.getByLabel("Read: Customers").press("Space");
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole("button", { name: "Issue token" }).click();

    const secret = page.getByRole("dialog", { name: "Store Reporting now" });
    const token = await secret
      .getByRole("group", { name: "Service token" })
      .innerText();
    expect(token).toMatch(/^tk_[0-9A-Za-z]{38}$/);
    await secret.getByText(`TOLLKEEPER_TOKEN=${token}`).waitFor();
    await secret.getByText(/curl .+\/api\/v1\/customers/).waitFor();
    await secret.getByRole("button", { name: "Done" }).click();
    await secret.getByText(/Store the token first/).waitFor();
    await secret.getByText("I have stored this token").click();
    await secret.getByRole("button", { name: "Done" }).click();
    await secret.waitFor({ state: "detached" });
    await row("Reporting").getByText("Customers (read)").waitFor();
    expect(await page.content()).not.toContain(token);

    const call = async (path: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const url = `${at.server.url}/api/v1/${path}`;
      return (await fetch(url, { headers })).status;
    };
    expect(await call("customers")).toBe(200);
    expect(await call("keys")).toBe(403);

    await page.getByRole("button", { name: "Actions for Reporting" }).click();
    await page.getByRole("menuitem", { name: "Revoke…" }).click();
    const confirm = page.getByRole("alertdialog");
    await confirm.getByRole("button", { name: "Revoke token" }).click();
    await page.getByText("Reporting revoked").waitFor();
    expect(await call("customers")).toBe(401);
    await expectSoon(() => row("Reporting").count(), 0);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Shown too" }).click();
    await row("Reporting").getByText("Revoked").waitFor();
    expect(at.complained).toEqual([]);
  });

  test("a developer sees tokens and no way to change them; support does not look", async () => {
    const developer = await at.contextOf("developer");
    const seen = await developer.newPage();
    await seen.goto(`${at.server.url}/settings/tokens?show=issue-token`);
    await settle(seen);
    expect(await seen.getByRole("dialog").count()).toBe(0);
    const words = await seen.getByRole("button").allInnerTexts();
    expect(words.join()).not.toMatch(/Issue|Revoke/);
    await developer.close();
    const support = await at.contextOf("support");
    const refused = await support.newPage();
    await refused.goto(`${at.server.url}/settings/tokens`);
    await refused
      .getByRole("heading", { name: "Your role may not see service tokens" })
      .waitFor();
    await support.close();
  });
});
