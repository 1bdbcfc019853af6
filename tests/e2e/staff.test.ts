import type { Page } from "playwright-core";
import {
  addStaffWithPassword,
  changeStaff,
  listStaff,
} from "@/modules/identity";
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

describeInBrowser("The staff page", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  const add = (full_name: string) =>
    addStaffWithPassword(at.world.ctx, {
      email: `${full_name.replace(" ", ".").toLowerCase()}@example.com`,
      full_name,
      role: "viewer",
      password: "a long enough sentence",
    });
  const row = (name: string) => page.getByRole("row", { name });
  async function act(name: string, action: string) {
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: action }).click();
  }

  test("a person is invited by the keyboard, invited again, and the invitation revoked", async () => {
    await at.visit("/settings/staff");
    await page.getByRole("button", { name: "Invite person" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Invite a person" });
    await dialog.getByLabel("Email").waitFor();
    await page.keyboard.press("Control+Enter");
    await dialog.getByRole("alert").waitFor();
    expect(await dialog.getByRole("alert").innerText()).toMatch(
      /Email .+[\s\S]+Role/,
    );
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByLabel("Email").fill("Grace@Example.com");
    await dialog.getByText("Support", { exact: true }).click();
    await dialog.getByRole("button", { name: "Send invitation" }).click();
    await page.getByText("Invitation mailed to grace@example.com").waitFor();
    await row("grace@example.com").getByText("Pending").waitFor();

    await act("grace@example.com", "Resend");
    await page
      .getByText("Invitation mailed to grace@example.com again")
      .waitFor();
    await act("grace@example.com", "Revoke…");
    await page.getByRole("button", { name: "Revoke invitation" }).click();
    await expectSoon(() => row("grace@example.com").count(), 0);
    expect(at.complained).toEqual([]);
  });

  test("an address that is staff already is refused, and what was typed stays", async () => {
    await add("Barbara Liskov");
    await at.visit("/settings/staff?show=invite");
    const dialog = page.getByRole("dialog", { name: "Invite a person" });
    await dialog.getByLabel("Email").fill("barbara.liskov@example.com");
    await dialog.getByText("Admin", { exact: true }).click();
    await dialog.getByRole("button", { name: "Send invitation" }).click();
    await dialog.getByText(/is a member of staff already/).waitFor();
    expect(await dialog.getByLabel("Email").inputValue()).toBe(
      "barbara.liskov@example.com",
    );
  });

  test("a role is changed, and counts in another process on the next request", async () => {
    const viewer = await at.contextOf("viewer");
    const seen = await viewer.newPage();
    const tokens = async () => {
      const answer = await seen.request.get(
        `${at.server.url}/api/v1/service-tokens`,
      );
      return answer.status();
    };
    expect(await tokens()).toBe(403);
    await at.visit("/settings/staff");
    await act("viewer", "Change role…");
    const dialog = page.getByRole("dialog", { name: "Role of viewer" });
    await dialog.getByText("Developer", { exact: true }).click();
    await dialog.getByRole("button", { name: "Change role" }).click();
    await page.getByText("viewer is Developer now").waitFor();
    expect(await tokens()).toBe(200);
    // And back, by this process: the server has nothing to forget.
    const { ctx } = at.world;
    const { items } = await listStaff(ctx);
    const { id = "" } = items.find(({ role }) => role === "developer") ?? {};
    await changeStaff(ctx, id, { role: "viewer" });
    expect(await tokens()).toBe(403);
    await viewer.close();
  });

  test("a person is deactivated by the typed name, is out at once, and comes back", async () => {
    await add("Edsger Dijkstra");
    await at.visit("/settings/staff");
    await act("Edsger Dijkstra", "Deactivate…");
    const dialog = page.getByRole("alertdialog");
    const confirm = dialog.getByRole("button", { name: "Deactivate" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("Edsger Dijkstra");
    expect(await axeFindings(page)).toEqual([]);
    await confirm.click();
    await page.getByText("Edsger Dijkstra deactivated").waitFor();
    await row("Edsger Dijkstra").getByText("Deactivated").waitFor();
    await act("Edsger Dijkstra", "Reactivate…");
    await dialog.getByRole("button", { name: "Reactivate" }).click();
    await row("Edsger Dijkstra").getByText("Active").waitFor();
  });

  test("an admin may not touch owners, and a viewer may not look", async () => {
    const admin = await at.contextOf("admin");
    const seen = await admin.newPage();
    await seen.goto(`${at.server.url}/settings/staff?show=invite`);
    const dialog = seen.getByRole("dialog", { name: "Invite a person" });
    await dialog.getByLabel("Email").waitFor();
    expect(await dialog.getByRole("radio").count()).toBe(5);
    await seen.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const owner = seen.getByRole("button", { name: "Actions for owner" });
    expect(await owner.count()).toBe(0);
    await admin.close();

    const viewer = await at.contextOf("viewer");
    const refused = await viewer.newPage();
    await refused.goto(`${at.server.url}/settings/staff?show=invite`);
    await refused
      .getByRole("heading", { name: "Your role may not see staff" })
      .waitFor();
    await settle(refused);
    expect(await refused.getByRole("dialog").count()).toBe(0);
    const links = refused.getByRole("navigation", { name: "Main" }).first();
    expect(await links.innerText()).not.toMatch(/Staff|tokens|Audit/);
    await viewer.close();
  });
});
