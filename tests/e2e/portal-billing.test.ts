import type { BrowserContext, Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import {
  axeFindings,
  beforeScript,
  settle,
  sidewaysOverflow,
} from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";
import { openInvoice } from "../modules/payments-fixture";

process.env["SANDBOX_PAYMENTS"] = "on";

const database = useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;
let portal: BrowserContext;
let customer_id: string;

describeInBrowser("Billing in the portal", () => {
  at = useStaffBrowser();
  beforeEach(async () => {
    const { cookie, customerId } = await at.world.person("owner");
    customer_id = customerId;
    const [name = "", value = ""] = cookie.split("=");
    portal = await at.contextOf("owner");
    await portal.addCookies([{ name, value, url: at.server.url }]);
    page = await portal.newPage();
  });
  afterEach(() => portal.close());

  const visit = async (path: string) => {
    await page.goto(at.server.url + path);
    await settle(page);
  };

  async function saveCard() {
    await page.getByRole("button", { name: "Add a payment method" }).click();
    await page.getByRole("button", { name: "Save card" }).click();
    await page.waitForURL(/\d\/checkout\//);
    await runJobs(database);
    await page.getByText("Your payment method is saved.").waitFor();
    await visit("/portal/payment-methods");
  }

  test("a card is added on the provider's page, another made the default, and one removed", async () => {
    await visit("/portal/payment-methods");
    await page
      .getByRole("heading", { name: "No payment method yet" })
      .waitFor();
    await saveCard();
    await page.getByText("Default", { exact: true }).waitFor();
    await saveCard();
    const lines = page.getByRole("listitem").filter({ hasText: "kept by" });
    expect(await lines.count()).toBe(2);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: /^Make default/ }).click();
    await page.getByText(/is charged from now on/).waitFor();
    await expectSoon(
      async () => (await stored()).map((m) => m.is_default),
      [false, true],
    );
    await lines
      .first()
      .getByRole("button", { name: /^Remove/ })
      .click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText(/taken off at the payment provider/).waitFor();
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Remove payment method" }).click();
    await page.getByText("The payment method is removed").waitFor();
    await expectSoon(async () => await lines.count(), 1);
    expect((await stored()).map((m) => m.is_default)).toEqual([true]);
  });

  test("a card is saved by a press before the page has its script", async () => {
    await visit("/portal/payment-methods");
    await page.getByRole("button", { name: "Add a payment method" }).click();
    await page.waitForURL(/\/sandbox\/checkout\//);
    await beforeScript(page, async () => {
      await page.reload({ waitUntil: "commit" });
      await page.getByRole("button", { name: "Save card" }).click();
    });
    await page.waitForURL(/\d\/checkout\//);
  });

  test("an invoice is found, paid on the provider's page, and downloaded", async () => {
    const { ctx } = at.world;
    const id = await openInvoice(ctx, customer_id, 12_345);
    await openInvoice(ctx, (await at.world.customer()).id, 1_000);
    await visit("/portal/invoices");
    const links = page.getByRole("link", { name: /^INV-/ });
    expect(await links.count()).toBe(1);
    await links.click();
    await page.getByRole("link", { name: "Pay $123.45" }).click();
    await page.getByRole("button", { name: "Pay $123.45" }).click();
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.waitForURL(/\d\/checkout\//);
    await runJobs(database);
    await page.getByText("Thank you").waitFor();
    await visit(`/portal/invoices/${id}`);
    await page.getByText("Paid", { exact: true }).first().waitFor();
    expect(await page.getByRole("link", { name: /^Pay/ }).count()).toBe(1);
    expect(await axeFindings(page)).toEqual([]);
    const pdf = await portal.request.get(
      `${at.server.url}/api/v1/invoices/${id}/pdf`,
    );
    expect(pdf.headers()["content-type"]).toBe("application/pdf");
    expect(await sidewaysOverflow(page, [1440, 390, 320])).toEqual([]);
  });

  const stored = () =>
    database.query<{ is_default: boolean }>(
      "SELECT is_default FROM payment_methods WHERE detached_at IS NULL ORDER BY id",
    );
});
