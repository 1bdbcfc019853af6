import { execFile } from "node:child_process";
import path from "node:path";
import type { Page } from "playwright-core";
import { changeCustomer } from "@/modules/customers";
import { toUuid } from "@/shared/ids";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings, settle } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";

const database = useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("The audit log", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  const whats = async () => {
    const cells = page.getByRole("row").locator("td:nth-child(3)");
    return (await cells.allInnerTexts()).slice(0, 2);
  };
  const openFirst = () =>
    page.getByRole("button", { name: "Show details" }).first().click();

  test("says who did what, and shows each field before and after", async () => {
    const { id } = await at.world.customer({ full_name: "Old Name" });
    await changeCustomer(at.world.ctx, id, { full_name: "New Name" });
    await at.visit("/audit-log");
    await expectSoon(whats, ["edited the customer", "added the customer"]);
    await openFirst();
    await page.getByText("Old Name").waitFor();
    await page.getByText("New Name").first().waitFor();
    await page.getByRole("button", { name: /Copy request id req_/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(at.complained).toEqual([]);
  });

  test("filters live in the URL, as chips, and are taken off there", async () => {
    const { id } = await at.world.customer();
    await at.visit("/audit-log");
    await openFirst();
    await page.getByRole("button", { name: "Only this customer" }).click();
    await expectSoon(whats, ["added the customer"]);
    expect(new URL(page.url()).searchParams.get("customer_id")).toBe(id);
    await page.reload();
    await expectSoon(whats, ["added the customer"]);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "API keys" }).click();
    await page.getByRole("heading", { name: "No entries match" }).waitFor();
    await page.getByRole("button", { name: "Clear filters" }).first().click();
    await expectSoon(async () => (await whats()).length, 2);
    await page.goBack();
    await page.getByRole("heading", { name: "No entries match" }).waitFor();
  });

  test("a period is chosen by its days", async () => {
    await at.world.customer();
    await at.visit("/audit-log?created[lte]=2020-01-01T00:00:00Z");
    await page.getByRole("heading", { name: "No entries match" }).waitFor();
    await page.getByRole("button", { name: "Date", exact: true }).click();
    await page.getByRole("button", { name: "Clear to" }).click();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("table").waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  test("junk in the address counts as not given", async () => {
    const query =
      "actor_id=x&action=%25&created[gte]=soon&target_id=a&target_id=b";
    const answer = await page.goto(`${at.server.url}/audit-log?${query}`);
    expect(answer?.status()).toBe(200);
    await page.getByRole("table").waitFor();
  });

  test("older entries come on demand, each once", async () => {
    for (let i = 0; i < 60; i += 1) await at.world.customer();
    await at.visit("/audit-log");
    const rows = () => page.getByRole("row").count();
    expect(await rows()).toBe(51);
    await page.getByRole("button", { name: "Load more" }).click();
    await expectSoon(async () => (await rows()) > 61, true);
  });

  test("the command verifies it, and exits with 1 naming the entry that was edited", async () => {
    const { id } = await at.world.customer({ full_name: "To Be Edited" });
    expect(await command("audit", "seal")).toEqual({
      code: 0,
      output: expect.stringMatching(/^\d+ entries sealed\n$/),
    });
    const sound = await command("audit", "verify");
    expect(sound.code).toBe(0);
    expect(sound.output).toMatch(
      /\d+ sealed and 0 unsealed entries checked in \d+ ms: nothing is wrong\nhead \d+:[0-9a-f]{64}/,
    );
    const [, head = ""] = /head (\S+)/.exec(sound.output) ?? [];
    expect((await command("audit", "verify", "--head", head)).code).toBe(0);
    await database.query("ALTER TABLE audit_log DISABLE TRIGGER USER");
    await database.query(
      "UPDATE audit_log SET actor_name = 'Mallory' WHERE target_id = $1",
      [toUuid(id)],
    );
    const edited = await command("audit", "verify");
    expect(edited.code).toBe(1);
    expect(edited.output).toMatch(
      /^edited: aud_\w+ \(customer\.created, .+Z\) was changed/,
    );
    expect(edited.output).toMatch(/: 1 finding\n/);
  });

  test("a viewer may not look", async () => {
    const viewer = await at.contextOf("viewer");
    const refused = await viewer.newPage();
    await refused.goto(`${at.server.url}/audit-log`);
    await refused
      .getByRole("heading", { name: "Your role may not see the audit log" })
      .waitFor();
    await settle(refused);
    await viewer.close();
  });
});

/** Runs the administration's command as it was built; `output` is what it prints. */
function command(
  ...words: string[]
): Promise<{ code: number; output: string }> {
  const program = path.resolve(__dirname, "../../.build/cli.mjs");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...words],
      { env: process.env },
      (error, out, errors) =>
        resolve({ code: error ? Number(error.code) : 0, output: out + errors }),
    );
  });
}
