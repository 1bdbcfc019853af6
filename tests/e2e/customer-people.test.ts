import type { Page } from "playwright-core";
import { toUuid } from "@/shared/ids";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { settle } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";

const database = useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("A customer's people, for staff", () => {
  let path: string;

  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("one is invited from the keyboard, mailed again, and the invitation taken back", async () => {
    const { id } = await at.world.customer({ full_name: "Grace Hopper" });
    path = `/customers/${id}/people`;
    await at.visit(`/customers/${id}`);
    await page.getByRole("link", { name: "People" }).click();
    await page.getByText("Nobody can sign in for this customer yet.").waitFor();
    await settle(page);

    await page.getByRole("button", { name: "Invite" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Invite a person" });
    await dialog.getByLabel("Email").press("Control+Enter");
    await dialog.getByRole("link", { name: "Email is required" }).click();
    await page.keyboard.type("ada@example.com");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Keep editing" }).click();
    await dialog.getByLabel("Email").press("Control+Enter");
    await page.getByText("Invited", { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe("");

    await page.getByRole("button", { name: /^Send again/ }).click();
    await page.getByText("A new link is on its way").waitFor();
    await page.getByRole("button", { name: /^Take back/ }).click();
    const line = page.getByText("ada@example.com", { exact: true });
    await expectSoon(() => line.count(), 0);
    expect(await actionsOf(id)).toEqual([
      "invitation.created",
      "invitation.resent",
      "invitation.revoked",
    ]);
  });

  test("gets another role, and is removed", async () => {
    const { customerId } = await at.world.person("owner");
    await at.world.person("member", customerId);
    path = `/customers/${customerId}/people`;
    await at.visit(path);
    await page.getByRole("button", { name: /Role of member/ }).click();
    await page.getByRole("option", { name: "Billing" }).click();
    await page.getByText("member is billing now").waitFor();
    await page.getByRole("button", { name: "Remove member" }).click();
    const question = page.getByRole("alertdialog", { name: "Remove member?" });
    await question.getByRole("button", { name: "Remove" }).click();
    await page.getByText("1 with access").waitFor();

    // The last owner stays.
    await page.getByRole("button", { name: "Remove owner" }).click();
    await page
      .getByRole("alertdialog", { name: "Remove owner?" })
      .getByRole("button", { name: "Remove" })
      .click();
    await page.getByText("owner was not removed").waitFor();
    await page.getByText("1 with access").waitFor();
  });

  test("is shown without a button to a role that may only look", async () => {
    const context = await at.contextOf("viewer");
    const seen = await context.newPage();
    await seen.goto(`${at.server.url}${path}?show=invite`);
    await settle(seen);
    await seen.getByText("1 with access").waitFor();
    for (const name of [/Invite/, /Remove/, /Role of/])
      expect(await seen.getByRole("button", { name }).count()).toBe(0);
    expect(await seen.getByRole("dialog").count()).toBe(0);
    await context.close();
  });
});

/** What the audit log tells of a customer's invitations, oldest first. */
async function actionsOf(customerId: string): Promise<string[]> {
  const rows = await database.query<{ action: string }>(
    `SELECT action FROM audit_log WHERE customer_id = $1 AND action LIKE 'invitation.%' ORDER BY id`,
    [toUuid(customerId)],
  );
  return rows.map(({ action }) => action);
}
