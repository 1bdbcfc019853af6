import type { BrowserContext, Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import {
  axeFindings,
  complaints,
  settle,
  sidewaysOverflow,
} from "../support/page-promises";
import { useStaffBrowser, type StaffBrowser } from "../support/staff-browser";
import {
  allowTenants,
  newTenant,
  subdomain,
  useTenantDatabases,
} from "../support/tenants";

const database = useDatabase();
useTenantDatabases(database);
jest.setTimeout(300_000);

let at: StaffBrowser;

describeInBrowser("Tenants", () => {
  at = useStaffBrowser({ WORKER_MODE: "inline" });

  test("a customer creates one, follows it, adds a module, backs it up and restores it", async () => {
    const { context, page, complained } = await portal();
    const taken = (await newTenant(at.world.ctx)).subdomain;
    await page.goto(`${at.server.url}/portal/tenants`);
    await page.getByRole("heading", { name: "No tenants yet" }).waitFor();
    await page.getByRole("button", { name: "Create tenant" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Create a tenant" });
    const field = dialog.getByLabel("Subdomain");
    await field.fill("www");
    await dialog.getByText("www is reserved; choose another one").waitFor();
    await field.fill(taken.toUpperCase());
    await dialog.getByText(`${taken} is taken; choose another one`).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const wanted = subdomain();
    await field.fill(wanted);
    await dialog.getByText(`${wanted} can be had.`).waitFor();
    await dialog.getByLabel("Name").fill("Acme");
    await dialog.getByRole("button", { name: "Create tenant" }).click();
    await page.waitForURL(/\/portal\/tenants\/tnt_/);
    await page.getByText("Active", { exact: true }).waitFor();
    expect(await sidewaysOverflow(page, [1440, 390, 320])).toEqual([]);

    await page.getByRole("button", { name: "Install CRM" }).click();
    await page.getByRole("button", { name: "Uninstall CRM" }).waitFor();
    await page.getByRole("button", { name: "Back up now" }).click();
    const restore = page.getByRole("button", { name: /^Restore…/ });
    await restore.first().waitFor();
    await restore.first().click();
    const ask = page.getByRole("alertdialog");
    await ask.getByRole("textbox").fill(wanted);
    expect(await axeFindings(page)).toEqual([]);
    await ask.getByRole("button", { name: "Restore tenant" }).click();
    await page.getByText("Before a restore").waitFor();
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    expect(complained).toEqual([]);
    await context.close();
  });

  test("staff suspend one with a reason, which its people read and visitors do not, and delete it", async () => {
    const made = await newTenant(at.world.ctx, { name: "Studio" });
    const { page } = at;
    await at.visit(`/tenants/${made.id}`);
    await page.getByText("Active", { exact: true }).waitFor();
    await act(page, "Suspend…");
    const ask = page.getByRole("alertdialog");
    await ask.getByLabel("Reason").fill("Sends spam");
    await ask.getByRole("button", { name: "Suspend tenant" }).click();
    await page.getByText(/Sends spam\./).waitFor();
    await page.getByRole("button", { name: "Take back" }).waitFor();
    const visitor = await at.page.context().newPage();
    await visitor.goto(`${at.server.url}/tenant/${made.subdomain}`);
    await visitor.getByText("This site is not available").waitFor();
    expect(await visitor.getByText("spam").count()).toBe(0);
    expect(await axeFindings(visitor)).toEqual([]);
    await visitor.close();
    await act(page, "Delete…");
    await ask.getByRole("textbox").fill(made.subdomain);
    await ask.getByRole("button", { name: "Delete tenant" }).click();
    await page.getByText(/^Deleted on/).waitFor();
    await page.getByText("Before the deletion").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(at.complained).toEqual([]);
  });

  test("what could not be made says why, and that it was undone", async () => {
    const made = await newTenant(at.world.ctx, { modules: ["nothing"] });
    await at.visit(`/tenants/${made.id}`);
    await at.page.getByText("It could not be made").waitFor();
    await at.page
      .getByText("There is no module nothing. See the list of modules.")
      .first()
      .waitFor();
    expect(await axeFindings(at.page)).toEqual([]);
  });
});

/** Somebody of a customer whose plan has tenants, in a window of their own. */
async function portal(): Promise<{
  context: BrowserContext;
  page: Page;
  complained: string[];
}> {
  const { cookie, customerId } = await at.world.person("owner");
  await allowTenants(at.world.ctx, customerId, {
    tenants: 2,
    tenant_users: 5,
    tenant_storage_gb: 1,
  });
  const context = await at.contextOf("viewer");
  await context.clearCookies();
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url: at.server.url }]);
  const page = await context.newPage();
  return { context, page, complained: complaints(page) };
}

async function act(page: Page, name: string) {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name }).click();
}
