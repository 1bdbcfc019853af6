import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { backUp } from "@/modules/backups";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings, sidewaysOverflow } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";
import { failedJob } from "../support/things";

const database = useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;
let folder: string;

describeInBrowser("System, in a browser", () => {
  at = useStaffBrowser();
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tollkeeper-system-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => {
    page = at.page;
  });

  test("says that no worker is alive; a failed job is tried again, and another discarded", async () => {
    await failedJob(at.world.ctx);
    await failedJob(at.world.ctx);
    await at.visit("/system");
    await page.getByText("No worker is alive", { exact: false }).waitFor();
    const jobs = page.getByRole("table", { name: "Failed jobs" });
    const rows = jobs.getByText("nobody_does_this");
    expect(await rows.count()).toBe(2);

    await jobs.getByRole("button").last().click();
    await page.getByRole("menuitem", { name: "Try again" }).click();
    await page.getByText("nobody_does_this is tried again").waitFor();
    await expectSoon(() => rows.count(), 1);

    await jobs.getByRole("button").last().click();
    await page.getByRole("menuitem", { name: "Discard…" }).click();
    await page.getByRole("button", { name: "Discard job" }).click();
    await page.getByText("No job has failed").waitFor();
    expect(await database.query(tasks)).toEqual([{ left: 1 }]);
    expect(at.complained).toEqual([]);
  });

  test("shows the last backup and that it was read back, and says when there was none for 36 hours", async () => {
    await at.visit("/system");
    const card = page.locator("section", { hasText: "Last backup" }).last();
    await card.getByText("There is none.", { exact: false }).waitFor();
    const late = page.getByText("No backup of the database for 36 hours");
    expect(await late.count()).toBe(0);

    const { bytes } = await backUp(
      at.world.ctx,
      path.join(folder, "today.backup.gz"),
    );
    expect(bytes).toBeGreaterThan(1_000);
    await at.visit("/system");
    await card.getByText("today.backup.gz", { exact: false }).waitFor();
    await card.getByText("Whole").waitFor();

    await database.query(
      "UPDATE backups SET started_at = now() - interval '37 hours'",
    );
    // A folder is no file.
    await expect(backUp(at.world.ctx, folder)).rejects.toThrow();
    await at.visit("/system");
    await late.waitFor();
    await page.getByText("The last one failed:", { exact: false }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await sidewaysOverflow(page, [320, 390])).toEqual([]);
    expect(at.complained).toEqual([]);
  });
});

const tasks = `SELECT count(*)::int AS left FROM graphile_worker._private_jobs j
  JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'nobody_does_this'`;
