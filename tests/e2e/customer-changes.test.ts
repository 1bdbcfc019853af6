import type { Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings, darken, settle } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";

useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("Changing a customer", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("a customer is added, edited and given a key, and its calls show", async () => {
    await at.visit("/customers?show=create");
    await page.reload();
    const form = page.getByRole("dialog", { name: "Add customer" });
    await form.waitFor();
    await form.getByLabel("Full name").press("Control+Enter");
    await form.getByRole("link", { name: "Full name is required" }).waitFor();
    await form.getByRole("link", { name: "Email is required" }).click();
    await page.keyboard.type("not an address");
    await form.getByLabel("Full name").fill("Grace Hopper");
    await form.getByText("Email must be an email address").first().waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await form.getByLabel("Email").fill("Grace@Example.com");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Keep editing" }).click();
    await form.getByLabel("Company").fill("Compilers");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(/\/customers\/cus_\w+$/);
    await page.getByRole("heading", { name: "Compilers", level: 1 }).waitFor();
    await page.getByRole("link", { name: "grace@example.com" }).waitFor();

    await page.getByRole("button", { name: "Edit" }).click();
    const edit = page.getByRole("dialog", { name: "Edit Compilers" });
    await edit.getByLabel("Company").fill("");
    await edit.getByLabel("Phone").fill("+1 555 0199");
    await edit.getByRole("button", { name: "Save changes" }).click();
    await page
      .getByRole("heading", { name: "Grace Hopper", level: 1 })
      .waitFor();
    expect(new URL(page.url()).search).toBe("");

    const secret = await issueKey("Production");
    await call(secret);
    const sections = page.getByRole("navigation", { name: /^Sections of/ });
    await sections.getByRole("link", { name: "Usage" }).click();
    const minute = page.getByRole("meter", { name: "Per minute" });
    await expectSoon(() => minute.getAttribute("aria-valuetext"), "1 of 100");
    await settle(page);
    const figures = page.getByRole("region", { name: "Usage of a period" });
    await figures.getByText("1", { exact: true }).first().waitFor();
    await figures.getByRole("rowheader", { name: "/categorize" }).waitFor();

    await page.getByRole("link", { name: "Activity" }).click();
    await page.getByText("issued the key Production").waitFor();
    await page.getByText("+1 555 0199").waitFor();
    expect(at.complained).toEqual([]);
  });

  test("what the server refuses lands on its field, and nothing typed is lost", async () => {
    await at.world.customer({ email: "taken@example.com" });
    await at.visit("/customers?show=create");
    const form = page.getByRole("dialog", { name: "Add customer" });
    await form.getByLabel("Full name").fill("Jean Bartik");
    await form.getByLabel("Email").fill("taken@example.com");
    await form.getByRole("button", { name: "Add customer" }).click();
    const link = form.getByRole("link", {
      name: "Email is used by another customer",
    });
    await link.click();
    expect(await focused()).toBe("taken@example.com");
    expect(await form.getByLabel("Full name").inputValue()).toBe("Jean Bartik");
  });

  test("a customer with money booked is archived instead of deleted, and back", async () => {
    const { id } = await at.world.customer({ full_name: "Kept Customer" });
    await at.visit(`/customers/${id}?show=balance`);
    const adjust = page.getByRole("dialog", { name: /Adjust the balance/ });
    await adjust.getByLabel("New balance").fill("1,250.505");
    await adjust.getByLabel("Reason").fill("Opening credit");
    await adjust.getByText(/must be an exact amount of USD/).waitFor();
    await adjust.getByLabel("New balance").fill("1,250.50");
    await adjust.getByText("+$1,250.50").waitFor();
    await adjust.getByRole("button", { name: "Adjust balance" }).click();
    await page.getByText("Credit in its favor").waitFor();

    await at.visit(`/customers?show=delete&id=${id}`);
    const remove = page.getByRole("alertdialog");
    const confirm = remove.getByRole("button", { name: "Delete customer" });
    expect(await confirm.isDisabled()).toBe(true);
    await remove.getByRole("textbox").fill("Kept Customer");
    await confirm.click();
    await remove.getByText("1 ledger transactions").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await remove.getByRole("button", { name: "Archive instead" }).click();
    await expectSoon(() => statusOf("Kept Customer"), "Archived");
    await page.getByRole("button", { name: "Undo" }).click();
    await expectSoon(() => statusOf("Kept Customer"), "Active");
  });

  test("limits are set per window, unlimited or none, and go back to the defaults", async () => {
    const { id } = await at.world.customer();
    await at.visit(`/customers/${id}?show=limits`);
    const dialog = page.getByRole("dialog", { name: /^Limits of/ });
    await dialog.getByLabel("Per second", { exact: true }).fill("");
    await dialog.getByLabel("Per day", { exact: true }).fill("0");
    await dialog
      .getByRole("switch", { name: "Per month: unlimited" })
      .press("Space");
    await page.keyboard.press("Control+Enter");
    await dialog.getByRole("link", { name: "Per second is required" }).click();
    await page.keyboard.type("7");
    await page.keyboard.press("Control+Enter");
    await dialog.waitFor({ state: "detached" });
    const text = (window: string) => () =>
      page.getByRole("meter", { name: window }).getAttribute("aria-valuetext");
    await expectSoon(text("Per second"), "0 of 7");
    await expectSoon(text("Per day"), "0 of 0");
    await expectSoon(text("Per month"), "0 · unlimited");
    await page.getByRole("button", { name: "Set limits" }).click();
    await page.getByRole("button", { name: "Back to defaults" }).click();
    await expectSoon(text("Per second"), "0 of 10");
  });

  test("each dialog is free of findings by axe, in light and in dark", async () => {
    const { id } = await at.world.customer({ metadata: { region: "eu" } });
    const shown = await at.contextOf("owner");
    const view = await shown.newPage();
    const key = await (
      await shown.request.post(`${at.server.url}/api/v1/customers/${id}/keys`, {
        data: { name: "Production" },
        headers: { origin: at.server.url },
      })
    ).json();
    const findings: string[] = [];
    for (const path of dialogs(id, key.id)) {
      await view.emulateMedia({ colorScheme: "light" });
      await view.goto(at.server.url + path);
      await view
        .getByRole(/delete|revoke/.test(path) ? "alertdialog" : "dialog")
        .waitFor();
      await settle(view);
      const light = await axeFindings(view);
      await darken(view);
      const dark = await axeFindings(view);
      findings.push(...[...light, ...dark].map((one) => `${path}: ${one}`));
    }
    await shown.close();
    expect(findings).toEqual([]);
  });
});

function dialogs(id: string, keyId: string): string[] {
  const key = (show: string) =>
    `/customers/${id}/keys?show=${show}&id=${keyId}`;
  return [
    "/customers?show=create",
    `/customers?show=edit&id=${id}`,
    `/customers?show=delete&id=${id}`,
    ...["details", "keys", "usage", "activity"].map(
      (tab) => `/customers?show=details&id=${id}&tab=${tab}`,
    ),
    ...["edit", "delete", "json", "balance", "limits", "issue-key"].map(
      (show) => `/customers/${id}?show=${show}`,
    ),
    ...["rotate-key", "key-limits", "revoke-key"].map(key),
  ];
}

/** Issues a key on the open customer's page and gives its secret. */
async function issueKey(name: string): Promise<string> {
  await page.getByRole("link", { name: "Keys" }).last().click();
  await page.getByRole("button", { name: "Issue key" }).click();
  const form = page.getByRole("dialog", { name: /^Issue a key to/ });
  await form.getByLabel("Name").fill(name);
  await form.getByRole("button", { name: "Issue key" }).click();
  const shown = page.getByRole("dialog", { name: `Store ${name} now` });
  const secret = await shown.getByLabel("API key", { exact: true }).innerText();
  expect(secret).toMatch(/^sk_live_\w{20,}$/);
  await shown.getByText(`API_KEY=${secret}`).waitFor();
  await page.keyboard.press("Escape");
  await shown.getByText(/Store the key first/).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await shown.getByText("I have stored this key").click();
  await shown.getByRole("button", { name: "Done" }).click();
  await page.getByText(`sk_live_…${secret.slice(-4)}`).waitFor();
  expect(await page.content()).not.toContain(secret);
  return secret;
}

/** One call with a key, as a seller's program lets it through and reports it. */
async function call(key: string): Promise<void> {
  const headers = { authorization: `Bearer ${at.world.everything}` };
  const send = async (path: string, data: unknown) =>
    (
      await page.request.post(`${at.server.url}/api/v1${path}`, {
        data,
        headers,
      })
    ).json();
  expect((await send("/check", { key })).valid).toBe(true);
  const event = {
    id: "call-1",
    key,
    endpoint: "/categorize",
    status_code: 200,
    duration_ms: 180,
  };
  expect((await send("/usage/events", event)).accepted).toBe(1);
}

async function statusOf(name: string): Promise<string | undefined> {
  const row = page.getByRole("row").filter({ hasText: name });
  const heads = await page.getByRole("columnheader").allInnerTexts();
  const at = heads.findIndex((head) => head.trim().startsWith("Status"));
  return (await row.getByRole("cell").allInnerTexts())[at]?.trim();
}

function focused(): Promise<string> {
  return page.evaluate(() =>
    document.activeElement instanceof HTMLInputElement
      ? document.activeElement.value
      : "",
  );
}
