import type { BrowserContext, Page } from "playwright-core";
import { toUuid } from "@/shared/ids";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { activation, license } from "../support/licenses";
import {
  axeFindings,
  settle,
  sidewaysOverflow,
} from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";
import { plan } from "../support/things";

const database = useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("Licenses", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("one is added from the customer's page by a plan, with the keyboard, and its key is shown", async () => {
    await plan(at.world.ctx);
    const { id } = await at.world.customer({ full_name: "Ada Lovelace" });
    await at.visit(`/customers/${id}/licenses`);
    await page.getByRole("heading", { name: "No licenses yet" }).waitFor();
    await page.getByRole("button", { name: "Add license" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: /Add a license to Ada/ });
    const choice = dialog.getByRole("button", { name: "No plan Plan" });
    await choice.press("Enter");
    await page.getByRole("option", { name: "Test" }).press("Enter");
    await dialog.getByText("Yearly").click();
    await dialog.getByRole("textbox", { name: "Machines" }).fill("2");
    expect(await axeFindings(page)).toEqual([]);
    await dialog
      .getByRole("textbox", { name: "Machines" })
      .press("Control+Enter");
    const added = page.getByRole("dialog", { name: "Test is added" });
    await added.getByRole("button", { name: "Copy License key" }).waitFor();
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    const [row] = await stored(id);
    expect(row).toMatchObject({ interval: "year", max_machines: 2 });
    expect(await added.getByText(row?.key ?? "").count()).toBe(1);
    await added.getByRole("button", { name: "Done" }).click();
    await page.getByRole("link", { name: "Test", exact: true }).waitFor();
    await page.getByText("0 of 2 machines").waitFor();
    expect(at.complained).toEqual([]);
  });

  test("search and filters of the list live in the address", async () => {
    const { id } = await at.world.customer();
    const { ctx } = at.world;
    await license(ctx, id, { name: "Soon", valid_days: 5 });
    await license(ctx, id, { name: "Late", interval: "once" });
    await at.visit(`/licenses?customer_id=${id}`);
    await expectSoon(names, ["Late", "Soon"]);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Within 7 days" }).click();
    await expectSoon(names, ["Soon"]);
    expect(page.url()).toContain("expires_within_days=7");
    await page.reload();
    await expectSoon(names, ["Soon"]);
    await page.getByLabel("Search licenses").fill("no such license");
    await page.getByRole("heading", { name: "No licenses match" }).waitFor();
  });

  test("one is suspended with a reason, reinstated, freed, renewed and revoked, and its timeline tells", async () => {
    const made = await license(at.world.ctx, undefined, { name: "Studio" });
    const { identifier } = await activation(at.world.ctx, made.key);
    await at.visit(`/licenses/${made.id}`);
    await act("Suspend…");
    const ask = page.getByRole("alertdialog");
    await ask.getByLabel("Reason").fill("Shared in a forum");
    expect(await axeFindings(page)).toEqual([]);
    await ask.getByRole("button", { name: "Suspend license" }).click();
    await page.getByText("Studio is suspended").waitFor();
    await page.getByText(/^Suspended since/).waitFor();
    await page.getByText("Shared in a forum").waitFor();

    await page.getByRole("button", { name: "Reinstate" }).click();
    await ask.getByRole("button", { name: "Reinstate license" }).click();
    await page.getByText("Studio is reinstated").waitFor();
    await page.getByText("reinstated a license").waitFor();

    await page.getByRole("button", { name: `Free ${identifier}` }).click();
    await ask.getByRole("button", { name: "Free machine" }).click();
    await page.getByText("Nowhere yet.", { exact: false }).waitFor();

    await page.getByRole("button", { name: "Renew", exact: true }).click();
    const renew = page.getByRole("dialog", { name: "Renew Studio" });
    await renew.getByRole("button", { name: "Renew license" }).click();
    await page.getByText("Studio is renewed").waitFor();
    await page.getByText("renewed a license").waitFor();

    await act("Revoke…");
    await ask.getByRole("textbox").fill("Studio");
    await ask.getByRole("button", { name: "Revoke license" }).click();
    await page.getByText(/^Revoked on/).waitFor();
    const renewal = page.getByRole("button", { name: "Renew", exact: true });
    await expectSoon(() => renewal.count(), 0);
    for (const done of ["suspended", "reinstated", "renewed", "revoked"])
      await page.getByText(`${done} a license`).first().waitFor();
    expect(at.complained).toEqual([]);
  });

  test("staff who may only read see a license and no way to change it", async () => {
    const made = await license(at.world.ctx);
    await activation(at.world.ctx, made.key);
    const context = await at.contextOf("viewer");
    const seen = await context.newPage();
    await seen.goto(`${at.server.url}/licenses/${made.id}?show=revoke`);
    await settle(seen);
    expect(await seen.getByRole("alertdialog").count()).toBe(0);
    const words = (await seen.getByRole("button").allInnerTexts()).join();
    expect(words).not.toMatch(/Renew|Free|Add license/);
    await context.close();
  });

  test("a customer copies its key, frees its own places within the churn limit and takes a file, on a phone", async () => {
    const { cookie, customerId } = await at.world.person("owner");
    const { ctx } = at.world;
    const made = await license(ctx, customerId, {
      name: "App",
      churn_limit: 1,
    });
    const first = await activation(ctx, made.key);
    const second = await activation(ctx, made.key);
    const context = await phone(cookie);
    const own = await context.newPage();
    await own.goto(`${at.server.url}/portal/licenses`);
    await own.getByRole("link", { name: "App" }).click();
    await own.getByText(made.key).waitFor();
    await settle(own);
    expect(await axeFindings(own)).toEqual([]);
    expect(await sidewaysOverflow(own, [390, 320])).toEqual([]);

    const ask = own.getByRole("alertdialog");
    const free = ({ identifier }: { identifier: string }) =>
      own.getByRole("button", { name: `Free ${identifier}` });
    await free(first).click();
    await ask.getByText("You may free 1 in 30 days").waitFor();
    await ask.getByRole("button", { name: "Free machine" }).click();
    await expectSoon(() => free(first).count(), 0);
    await free(second).click();
    await ask.getByRole("button", { name: "Free machine" }).click();
    await ask.getByText(/Ask the seller, or wait/).waitFor();
    await own.keyboard.press("Escape");

    await own.getByRole("button", { name: "Offline file" }).click();
    const file = own.getByRole("dialog", { name: "Offline license file" });
    await file
      .getByRole("textbox", { name: "Machine" })
      .fill(second.identifier);
    await file.getByRole("button", { name: "Sign file" }).click();
    const signed = own.getByRole("dialog", { name: "The file is signed" });
    const download = own.waitForEvent("download");
    await signed.getByRole("button", { name: "Download" }).click();
    expect((await download).suggestedFilename()).toBe(`${made.id}.lic`);
    await context.close();
  });

  test("a customer's domain is added, refused when it is none, and removed", async () => {
    const { id } = await at.world.customer();
    await at.visit(`/customers/${id}/domains`);
    await page.getByRole("button", { name: "Add domain" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a domain" });
    await dialog.getByRole("textbox", { name: "Domain" }).fill("not a domain");
    await dialog
      .getByRole("textbox", { name: "Domain" })
      .press("Control+Enter");
    await dialog.getByRole("alert").first().waitFor();
    await dialog
      .getByRole("textbox", { name: "Domain" })
      .fill("https://Shop.Example.com/cart");
    await dialog.getByRole("button", { name: "Add domain" }).click();
    await page.getByText("shop.example.com is added").waitFor();
    await page
      .getByRole("button", { name: "Actions for shop.example.com" })
      .click();
    await page.getByRole("menuitem", { name: "Remove…" }).click();
    const ask = page.getByRole("alertdialog");
    await ask.getByRole("button", { name: "Remove domain" }).click();
    await page.getByRole("heading", { name: "No domains yet" }).waitFor();
  });
});

const names = async () => {
  const links = page.getByRole("table").locator("[data-row-link]");
  const texts = await links.allInnerTexts();
  return texts.map((text) => text.split("\n")[0] ?? "");
};

async function act(verb: string) {
  await page.getByRole("button", { name: /^Actions for|More actions/ }).click();
  await page.getByRole("menuitem", { name: verb }).click();
}

function stored(customerId: string) {
  return database.query<{ key: string; interval: string }>(
    `SELECT key, "interval", max_machines FROM licenses l JOIN customers c ON c.id = l.customer_id
     WHERE c.id = $1::uuid`,
    [toUuid(customerId)],
  );
}

/** A phone of somebody who is signed in. */
async function phone(cookie: string): Promise<BrowserContext> {
  const browser = page.context().browser();
  if (!browser) throw new Error("There is no browser");
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
  });
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url: at.server.url }]);
  return context;
}
