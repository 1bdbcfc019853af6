import type { Page } from "playwright-core";
import { createInvoice } from "@/modules/invoices";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings, settle } from "../support/page-promises";
import { useStaffBrowser, type StaffBrowser } from "../support/staff-browser";

useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("Tax rates, coupons and drafts", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  const row = (name: string) => page.getByRole("row", { name });
  const act = async (name: string, verb: string) => {
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: verb }).click();
  };

  test("a tax rate is entered for a country, and archived", async () => {
    await at.visit("/settings/tax-rates");
    await page.getByRole("button", { name: "New tax rate" }).first().click();
    const form = page.getByRole("dialog", { name: "New tax rate" });
    await form.getByRole("textbox", { name: "Name" }).fill("VAT");
    await form.getByRole("textbox", { name: "Rate" }).fill("190");
    await form.getByRole("button", { name: "Enter rate" }).click();
    await form.getByText("Rate must be at most 100").first().waitFor();
    await form.getByRole("textbox", { name: "Rate" }).fill("19");
    await form.getByRole("textbox", { name: "Country" }).fill("de");
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole("button", { name: "Enter rate" }).click();
    await page.getByText("VAT 19% is entered").waitFor();
    await row("VAT").getByText("Germany").waitFor();
    await act("VAT 19%", "Archive…");
    const ask = page.getByRole("alertdialog");
    await ask.getByRole("button", { name: "Archive rate" }).click();
    await page.getByRole("heading", { name: "No tax rates yet" }).waitFor();
    expect(at.complained).toEqual([]);
  });

  test("a coupon of an amount is created exactly, changed and taken back", async () => {
    await at.visit("/settings/coupons");
    await page.getByRole("button", { name: "New coupon" }).first().click();
    const form = page.getByRole("dialog", { name: "New coupon" });
    await form.getByRole("textbox", { name: "Code" }).fill("tenoff");
    await form.getByRole("textbox", { name: "Name" }).fill("Ten off");
    await form.getByRole("button", { name: /Takes off/ }).click();
    await page.getByRole("option", { name: "An amount" }).click();
    await form.getByRole("textbox", { name: "Amount" }).fill("10.005");
    await form.getByRole("button", { name: "Create coupon" }).click();
    await form
      .getByText(/Amount must be an exact amount/)
      .first()
      .waitFor();
    await form.getByRole("textbox", { name: "Amount" }).fill("10");
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole("button", { name: "Create coupon" }).click();
    await page.getByText("TENOFF is created").waitFor();
    await row("TENOFF").getByText("$10.00 off once").waitFor();
    await act("TENOFF", "Edit…");
    const edit = page.getByRole("dialog", { name: "Edit TENOFF" });
    await edit.getByRole("textbox", { name: "Uses at most" }).fill("5");
    await edit.getByRole("button", { name: "Save coupon" }).click();
    await row("TENOFF").getByText("0 of 5").waitFor();
    await act("TENOFF", "Take back…");
    const ask = page.getByRole("alertdialog");
    await ask.getByRole("button", { name: "Take back" }).click();
    await page.getByRole("heading", { name: "No coupons yet" }).waitFor();
    expect(at.complained).toEqual([]);
  });

  test("a draft is changed line by line, and its sum is that of the invoice", async () => {
    const { ctx, customer } = at.world;
    const { id: customer_id } = await customer({ full_name: "Grace Hopper" });
    const line = { description: "Set-up", quantity: "1", unit_price: "250.00" };
    const { id } = await createInvoice(ctx, { customer_id, lines: [line] });
    await at.visit(`/invoices/${id}`);
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("button", { name: "Add line" }).click();
    const added = page.getByRole("group", { name: "Line 2" });
    await added.getByLabel("Description").fill("Support");
    await added.getByLabel("Quantity").fill("1.5");
    await added.getByLabel("Unit price").fill("80.00");
    await page.getByText("$370.00").first().waitFor();
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.waitForURL(/\/invoices\/ivc_\w+$/);
    await page.getByRole("cell", { name: "Support" }).waitFor();
    await page.getByText("$370.00").first().waitFor();
    expect(at.complained).toEqual([]);
  });
});
