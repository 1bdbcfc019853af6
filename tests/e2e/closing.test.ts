import type { BrowserContext, Page } from "playwright-core";
import { resumeErasures } from "@/modules/privacy/service/erasure-work";
import { callRoute } from "../support/app";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
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
import { openInvoice } from "../modules/payments-fixture";

const database = useDatabase();
jest.setTimeout(300_000);

const email = "ada@engines.example";
const password = "correct horse battery";

let at: StaffBrowser;
let page: Page;
let portal: BrowserContext;
let customer_id: string;

describeInBrowser("Closing an account", () => {
  at = useStaffBrowser();
  beforeAll(async () => {
    const named = { company_name: "Engines Ltd", full_name: "Ada King" };
    ({ id: customer_id } = await at.world.customer({
      ...{ ...named, email, password },
    }));
    // As if she had chosen it.
    await database.query(
      "UPDATE users SET must_change_password = false WHERE email = $1",
      [email],
    );
    portal = await at.contextOf("viewer");
    await portal.clearCookies();
    page = await portal.newPage();
    await signIn();
    await page.waitForURL(/\/portal/);
  });
  afterAll(() => portal.close());

  const visit = async (path: string) => {
    await page.goto(at.server.url + path);
    await settle(page);
  };
  async function signIn() {
    await visit("/sign-in");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
  const bar = () =>
    page.getByRole("region", { name: "Closing of the account" });

  async function close() {
    await visit("/portal/account");
    await page.getByRole("button", { name: "Close account" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText(/It closes in 14 days/).waitFor();
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    const confirm = dialog.getByRole("button", { name: "Close account" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel("Type Engines Ltd to confirm").fill("Engines Ltd");
    await confirm.click();
    await bar()
      .getByText(/This account closes on/)
      .waitFor();
  }

  test("what stands in the way is listed, with where to deal with it", async () => {
    const invoice_id = await openInvoice(at.world.ctx, customer_id, 4_200);
    await visit("/portal/account?show=close");
    const dialog = page.getByRole("alertdialog");
    const invoices = dialog.getByRole("link", {
      name: "An unpaid invoice: pay it",
    });
    await invoices.waitFor();
    expect(
      await dialog.getByRole("button", { name: "Close account" }).isDisabled(),
    ).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await invoices.click();
    await page.waitForURL(/\/portal\/invoices\?status=open/);
    await page.getByRole("link", { name: /^INV-/ }).waitFor();
    const voided = await callRoute("invoices.void", {
      params: { invoice_id },
      headers: { authorization: `Bearer ${at.world.everything}` },
    });
    expect(voided.status).toBe(200);
  });

  test("an owner closes it, sees on each page until when, and keeps it", async () => {
    await close();
    await visit("/portal");
    await bar().waitFor();
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await axeFindings(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: null });
    expect(await sidewaysOverflow(page, [1280, 390, 320])).toEqual([]);
    await bar().getByRole("button", { name: "Keep account" }).click();
    await page.getByText("The account is kept").waitFor();
    await expectSoon(async () => await bar().count(), 0);
    await visit("/portal/account");
    await page.getByRole("button", { name: "Close account" }).waitFor();
  });

  test("staff see that it closes, and keep it", async () => {
    await close();
    await at.visit(`/customers/${customer_id}`);
    const staff = at.page;
    await staff.getByText(/Ada King asked to close this account/).waitFor();
    expect(await axeFindings(staff)).toEqual([]);
    await staff.getByRole("button", { name: "Keep customer" }).click();
    const dialog = staff.getByRole("alertdialog");
    await dialog.getByText(/They are told that it stays/).waitFor();
    await settle(staff);
    expect(await axeFindings(staff)).toEqual([]);
    await dialog.getByRole("button", { name: "Keep customer" }).click();
    await staff.getByText("Engines Ltd is kept").waitFor();
    await expectSoon(
      async () => await staff.getByText(/asked to close this account/).count(),
      0,
    );
    await visit("/portal");
    expect(await bar().count()).toBe(0);
    expect(at.complained).toEqual([]);
  });

  test("when its time has come the account is gone, and nobody signs in to it", async () => {
    await close();
    await database.query(
      "UPDATE erasures SET due_at = now() - interval '1 second' WHERE status = 'scheduled'",
    );
    await resumeErasures(at.world.ctx);
    await runJobs(database);
    await visit("/portal");
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await signIn();
    await page
      .getByRole("alert")
      .getByText(/password/i)
      .waitFor();
    await at.visit(`/customers/${customer_id}`);
    await at.page.getByText(/This customer was erased/).waitFor();
    expect(
      await database.query("SELECT id FROM users WHERE email = $1", [email]),
    ).toEqual([]);
  });
});
