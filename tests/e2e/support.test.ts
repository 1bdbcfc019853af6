import type { BrowserContext, Page } from "playwright-core";
import { issueKey } from "@/modules/keys";
import { noteRefusal, flushRefusals } from "@/modules/usage";
import { createCannedReply } from "@/modules/support";
import { toUuid } from "@/shared/ids";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
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
import { ticket } from "../support/support";
import { plan } from "../support/things";

const database = useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;
let portal: BrowserContext;
let customer_id: string;

describeInBrowser("Support", () => {
  at = useStaffBrowser();
  beforeEach(async () => {
    page = at.page;
    const { cookie, customerId } = await at.world.person("owner");
    customer_id = customerId;
    const [name = "", value = ""] = cookie.split("=");
    portal = await at.contextOf("owner");
    await portal.addCookies([{ name, value, url: at.server.url }]);
  });
  afterEach(() => portal.close());

  test("a customer opens a ticket with a file in the portal, is answered, replies, closes and rates", async () => {
    const theirs = await portal.newPage();
    await theirs.goto(`${at.server.url}/portal/support`);
    await theirs.getByRole("link", { name: "New ticket" }).click();
    await theirs.getByRole("textbox", { name: "Subject" }).fill("It stopped");
    await theirs
      .getByRole("textbox", { name: "Message" })
      .fill("Since **noon**:\n\n- one\n- two <b>x</b>");
    await theirs.locator("input[type=file]").setInputFiles({
      ...{ name: "log.txt", mimeType: "text/plain" },
      buffer: Buffer.from("a log"),
    });
    await theirs.getByText("log.txt").waitFor();
    expect(await axeFindings(theirs)).toEqual([]);
    await theirs.getByRole("button", { name: "Open ticket" }).click();
    await theirs.getByRole("heading", { name: /#\d+ It stopped/ }).waitFor();
    await theirs.getByText("noon", { exact: true }).waitFor();
    expect(await theirs.locator("main strong").innerText()).toBe("noon");
    await theirs.getByText("two <b>x</b>").waitFor();

    const [row] = await stored();
    await at.visit("/tickets");
    await page.getByRole("link", { name: /It stopped/ }).click();
    await page.getByRole("list", { name: "Files" }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: /log\.txt/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("log.txt");
    await answer(page, "Try it *now*.");
    await expectSoon(async () => (await stored())[0]?.status, "pending");

    await theirs.reload();
    await theirs.getByText("Try it", { exact: false }).waitFor();
    await answer(theirs, "It works.");
    await theirs.getByText("It works.").waitFor();
    await expectSoon(async () => (await stored())[0]?.status, "open");
    await theirs.getByRole("button", { name: "Close ticket" }).click();
    await theirs.getByText(`Ticket #${row?.number} is closed`).waitFor();
    await theirs.getByText("Very good").click();
    await theirs.getByRole("textbox", { name: "Comment" }).fill("Quick");
    await settle(theirs);
    expect(await axeFindings(theirs)).toEqual([]);
    await theirs.getByRole("button", { name: "Send rating" }).click();
    await theirs.getByText("Thank you for your rating").waitFor();
    await theirs.getByRole("button", { name: "Reopen" }).click();
    await expectSoon(async () => (await stored())[0]?.status, "open");
    expect((await stored())[0]?.satisfaction_score).toBe(5);
    expect(at.complained).toEqual([]);
  });

  test("staff note something that the portal never shows, and answer by a canned reply", async () => {
    const made = await ticket(at.world.ctx, customer_id);
    await createCannedReply(at.world.ctx, {
      name: "Hello",
      body: "Hello {{customer.name}}, about #{{ticket.number}}",
    });
    await at.visit(`/tickets/${made.id}`);
    await page.getByText("Internal note").click();
    await page.getByRole("textbox", { name: "Note" }).fill("Between us");
    await page.getByRole("button", { name: "Add note" }).click();
    await page.getByText("The note is added").waitFor();
    await page.getByText("Between us").waitFor();
    await page.getByRole("button", { name: /Canned reply/ }).click();
    await page.getByRole("option", { name: "Hello" }).click();
    const box = page.getByRole("textbox", { name: "Message" });
    expect(await box.inputValue()).toBe(
      `Hello Test Customer, about #${made.number}`,
    );
    await page.getByRole("button", { name: "Send and resolve" }).click();
    await expectSoon(async () => (await stored())[0]?.status, "resolved");

    const theirs = await portal.newPage();
    await theirs.goto(`${at.server.url}/portal/support/${made.id}`);
    await theirs.getByText("Hello Test Customer").waitFor();
    expect(await theirs.content()).not.toContain("Between us");
    expect(at.complained).toEqual([]);
  });

  test("beside a ticket stands what one must know, and what solves it: a credit, a boost", async () => {
    const { ctx } = at.world;
    noteRefusal(ctx, {
      ...{ customer_id, key_id: null, code: "RATE_LIMITED", endpoint: null },
    });
    await flushRefusals();
    const made = await ticket(ctx, customer_id);
    await at.visit(`/tickets/${made.id}`);
    await page.getByText("RATE_LIMITED").waitFor();
    await page.getByRole("button", { name: "Grant credit" }).click();
    const credit = page.getByRole("dialog", { name: /Adjust the balance/ });
    await credit.getByRole("textbox", { name: "New balance" }).fill("25");
    await credit.getByRole("textbox", { name: "Reason" }).fill("Sorry");
    await credit.getByRole("button", { name: "Adjust balance" }).click();
    await page.getByText("Balance is $25.00").waitFor();
    await page.getByRole("button", { name: "Boost", exact: true }).click();
    const boost = page.getByRole("dialog", { name: /Boost/ });
    await boost.getByRole("textbox").first().waitFor();
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    expect(await sidewaysOverflow(page, [1440, 390, 320])).toEqual([]);
    expect(at.complained).toEqual([]);
  });

  test("from a call that was refused a ticket is opened about its key, and says why it was", async () => {
    const { ctx } = at.world;
    const issued = await issueKey(ctx, { customer_id, name: "Production" });
    noteRefusal(ctx, {
      ...{ customer_id, key_id: issued.id, endpoint: "/translate" },
      code: "RATE_LIMITED",
    });
    await flushRefusals();
    await at.visit(`/usage/events?customer_id=${customer_id}&refused=true`);
    await page.getByRole("button", { name: "Show details" }).click();
    await page.getByRole("link", { name: "Open a ticket…" }).click();
    const asked = page.getByRole("dialog", { name: /^New ticket of/ });
    const about = asked.getByRole("combobox", { name: "About" });
    await expectSoon(
      async () => (await about.inputValue()).includes("Production"),
      true,
    );
    const subject = asked.getByRole("textbox", { name: "Subject" });
    expect(await subject.inputValue()).toBe("Calls are refused: RATE_LIMITED");
    await asked
      .getByRole("textbox", { name: "Message" })
      .fill("Your calls come too fast. Do you need more?");
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    await asked.getByRole("button", { name: "Open ticket" }).click();
    await page.getByRole("heading", { name: /Calls are refused/ }).waitFor();
    expect(
      await database.query(
        "SELECT category, about_id::text FROM tickets WHERE customer_id = $1",
        [toUuid(customer_id)],
      ),
    ).toEqual([{ category: "technical", about_id: toUuid(issued.id) }]);
    expect(at.complained).toEqual([]);
  });

  test("properties are changed beside the ticket, filters live in the address, and one is merged by its number", async () => {
    const { ctx } = at.world;
    const first = await ticket(ctx, customer_id, { subject: "First" });
    const second = await ticket(ctx, customer_id, { subject: "Second" });
    await at.visit(`/tickets/${first.id}`);
    await page.getByRole("button", { name: /Normal Priority/ }).click();
    await page.getByRole("option", { name: "Urgent" }).click();
    await expectSoon(
      async () => (await stored()).map(({ priority }) => priority).sort(),
      ["normal", "urgent"],
    );
    await at.visit(`/tickets?customer_id=${customer_id}`);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Urgent" }).click();
    await expectSoon(() => page.getByRole("row").count(), 2);
    expect(page.url()).toContain("priority=urgent");
    await page.reload();
    await page.getByRole("link", { name: /First/ }).click();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: /Merge/ }).click();
    const ask = page.getByRole("alertdialog");
    await ask.getByRole("textbox").fill(String(second.number));
    await ask.getByRole("button", { name: "Merge" }).click();
    await page.getByRole("heading", { name: /Second/ }).waitFor();
    await page.getByText(`Merged ticket #${first.number}`).waitFor();
  });

  test("targets of a plan are added, saved and taken back in the settings", async () => {
    const sold = await plan(at.world.ctx);
    await at.visit("/settings/support");
    await page.getByRole("button", { name: /Targets of a plan/ }).click();
    await page.getByRole("option", { name: "Test" }).click();
    const own = page.getByRole("group", { name: /Test/ });
    const urgent = own.getByRole("textbox", { name: "Urgent" });
    await urgent.fill("15");
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Save support" }).click();
    await page.getByText("Support saved").waitFor();
    await expectSoon(planTargets, {
      // In the order that PostgreSQL keeps keys in.
      [sold.id]: { low: 4_320, high: 240, normal: 1_440, urgent: 15 },
    });
    await page.reload();
    await page.getByRole("button", { name: /Remove the targets/ }).click();
    await page.getByRole("button", { name: "Save support" }).click();
    await expectSoon(planTargets, {});
    expect(at.complained).toEqual([]);
  });

  test("of a long thread the older messages are read when they are wanted", async () => {
    const made = await ticket(at.world.ctx, customer_id);
    await database.query(
      `INSERT INTO ticket_messages (id, ticket_id, author_kind, author_name, side, body, created_at)
       SELECT overlay($1::uuid::text PLACING lpad(to_hex(g), 12, '0') FROM 25)::uuid, $1::uuid, 'staff', 'Ada', 'staff', 'No. ' || g, now()
       FROM generate_series(1, 130) g`,
      [toUuid(made.id)],
    );
    await at.visit(`/tickets/${made.id}`);
    const first = page.getByText("No. 1", { exact: true });
    expect(await first.count()).toBe(0);
    await page.getByRole("button", { name: "Show earlier messages" }).click();
    await first.waitFor();
    expect(await page.getByText("No. 30", { exact: true }).count()).toBe(1);
    const more = page.getByRole("button", { name: "Show earlier messages" });
    await expectSoon(() => more.count(), 0);
    expect(at.complained).toEqual([]);
  });

  test("staff who may only read see a ticket and no way to change it", async () => {
    const made = await ticket(at.world.ctx, customer_id);
    const context = await at.contextOf("viewer");
    const seen = await context.newPage();
    await seen.goto(`${at.server.url}/tickets/${made.id}`);
    await seen.getByText("Please help.").waitFor();
    for (const name of ["Close ticket", "Send", "Grant credit", "Boost"])
      expect(await seen.getByRole("button", { name }).count()).toBe(0);
    expect(await axeFindings(seen)).toEqual([]);
    await context.close();
  });
});

async function answer(on: Page, text: string): Promise<void> {
  await on.getByRole("textbox", { name: "Message" }).fill(text);
  await on.getByRole("button", { name: "Send", exact: true }).click();
  await on.getByText("Your message is sent").waitFor();
}

async function planTargets(): Promise<unknown> {
  const [row] = await database.query<{ value: Record<string, unknown> }>(
    "SELECT value FROM settings WHERE name = 'support'",
  );
  return row?.value["plan_response_minutes"];
}

function stored() {
  return database.query<{
    number: number;
    status: string;
    priority: string;
    satisfaction_score: number | null;
  }>(
    "SELECT t.number, t.status, t.priority, t.satisfaction_score FROM tickets t WHERE t.customer_id = $1 ORDER BY t.number",
    [toUuid(customer_id)],
  );
}
