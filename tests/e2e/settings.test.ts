import type { Page } from "playwright-core";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { fromUuid } from "@/shared/ids";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { axeFindings } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";

// Of the server too, which inherits it.
process.env["DEV_MAILBOX"] = "on";

const database = useDatabase();
jest.setTimeout(120_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("Settings, notifications and the mailbox", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("the company and its colour are set, and customers see them", async () => {
    await at.visit("/settings");
    const company = page.getByRole("form", { name: "Company" });
    await company.getByLabel("Support address").fill("nobody");
    await company.getByLabel("Name").fill("Acme API");
    await company.getByRole("button", { name: "Save company" }).click();
    await company
      .getByRole("link", { name: /The support address must be an email/ })
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await company.getByLabel("Support address").fill("Help@Acme.example");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Company saved").waitFor();
    await at.visit("/settings/portal");
    const portal = page.getByRole("form", { name: "Portal" });
    await portal.getByLabel("Accent color").last().fill("#ffee00");
    await portal
      .getByText(/so that text on it can be read/)
      .first()
      .waitFor();
    await portal.locator("input[type=file]").setInputFiles({
      name: "logo.png",
      mimeType: "image/png",
      buffer: Buffer.from("<svg/>"),
    });
    await portal.getByRole("button", { name: "Save portal" }).click();
    await portal
      .getByText(/must be a PNG, JPEG or WebP/)
      .first()
      .waitFor();
    await portal.getByRole("button", { name: "Remove" }).click();
    await portal.getByRole("button", { name: "Save portal" }).click();
    await page.getByText("Portal saved").waitFor();
    const visitor = await at.contextOf("viewer");
    await visitor.clearCookies();
    const theirs = await visitor.newPage();
    const accent = async () => {
      await theirs.goto(`${at.server.url}/sign-in`);
      return theirs.evaluate(() =>
        getComputedStyle(document.body).getPropertyValue("--accent"),
      );
    };
    await expectSoon(async () => (await accent()) !== "#3b5bdb", true);
    expect(await theirs.title()).toBe("Sign in · Acme API");
    await theirs.getByRole("link", { name: "Acme API" }).waitFor();
    await visitor.close();
    expect(at.complained.filter((line) => !line.includes("400"))).toEqual([]);
  });

  test("a notice is counted at the bell until it is read, and its mail is in the mailbox", async () => {
    const [row] = await database.query<{ id: string }>(
      "SELECT id FROM users WHERE staff_role = 'owner' ORDER BY id LIMIT 1",
    );
    const user_id = fromUuid("usr", row?.id ?? "");
    for (const name of ["password.changed", "two_factor.enabled"] as const)
      await transaction(at.world.ctx, (tx) =>
        emit(tx, { name, payload: { user_id } }),
      );
    await runJobs(database);
    await at.visit("/notifications");
    await page.getByRole("link", { name: "Notifications, 2 unread" }).waitFor();
    await page
      .getByRole("button", { name: "Mark “Your password was changed” as read" })
      .click();
    await page.getByRole("link", { name: "Notifications, 1 unread" }).waitFor();
    await page.getByRole("link", { name: /^Unread/ }).click();
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await page.getByRole("heading", { name: "All read" }).waitFor();
    await page.getByRole("link", { name: "Preferences" }).click();
    const mail = page.getByRole("switch", {
      name: "Somebody joined the team: by mail",
    });
    await mail.focus();
    await page.keyboard.press("Space");
    await expectSoon(async () => {
      const rows = await database.query(
        "SELECT mail FROM notification_preferences",
      );
      return rows;
    }, [{ mail: true }]);
    await at.visit("/dev/mail");
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("link", { name: /Your password was changed/ }).click();
    const letter = page.frameLocator("iframe");
    await letter
      .getByRole("heading", { name: "Your password was changed" })
      .waitFor();
    const role = await at.contextOf("viewer");
    const theirs = await role.newPage();
    const answer = await theirs.goto(`${at.server.url}/dev/mail`);
    expect(answer?.status()).toBe(404);
    await theirs.goto(`${at.server.url}/settings/security`);
    await theirs.getByText("settings:read").waitFor();
    expect(await theirs.getByLabel("Least length").count()).toBe(0);
    await role.close();
    expect(at.complained).toEqual([]);
  });
});
