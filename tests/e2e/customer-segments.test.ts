import type { Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { axeFindings, sidewaysOverflow } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";

const database = useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("Many customers at once", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("filters are saved as a segment, which is then chosen", async () => {
    await at.world.customer({ full_name: "Seg One", tags: ["seg"] });
    await at.world.customer({ full_name: "Seg Two", tags: ["seg"] });
    await at.world.customer({ full_name: "Other" });
    await at.visit("/customers?tag=seg");
    await expectSoon(rowNames, ["Seg Two", "Seg One"]);
    await inMenu("Segments", "Save filters as a segment…");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name" }).fill("My segment");
    await dialog.getByRole("button", { name: "Save segment" }).click();
    await expectSoon(
      async () => new URL(page.url()).search.startsWith("?segment=seg_"),
      true,
    );
    await expectSoon(rowNames, ["Seg Two", "Seg One"]);
  });

  test("marked customers are tagged, and those that were refused are listed with why", async () => {
    const full = Array.from({ length: 20 }, (_, i) => `f${i}`);
    await at.world.customer({ full_name: "Bulk Full", tags: full });
    await at.world.customer({ full_name: "Bulk One" });
    await at.world.customer({ full_name: "Bulk Two" });
    await at.visit("/customers?search=bulk");
    await page.getByRole("checkbox", { name: /^Select all rows/ }).check();
    await page.getByText("3 customers marked").waitFor();
    await inMenu("Actions", "Tag…");
    const ask = page.getByRole("dialog");
    await ask.getByText("Tag 3 customers?").waitFor();
    await ask.getByRole("button", { name: "Tag 3 customers" }).click();
    await ask.getByText("Tags is required").first().waitFor();
    await ask.getByRole("textbox", { name: "Tags" }).fill("VIP, new");
    expect(await axeFindings(page)).toEqual([]);
    await ask.getByRole("button", { name: "Tag 3 customers" }).click();
    await page.getByText(/You can close this/).waitFor();
    await runJobs(database);
    await page.getByText("Done: 2 tagged, 1 refused.").waitFor();
    await page.getByText("Bulk Full would have more than 20 tags").waitFor();
  });

  test("all that match are suspended, on other pages too, at any width", async () => {
    for (let i = 0; i < 27; i += 1)
      await at.world.customer({ full_name: `Many ${i}` });
    await at.visit("/customers?search=many");
    await page.getByRole("checkbox", { name: "Select Many 26" }).check();
    await page.getByRole("button", { name: "Mark all 27 that match" }).click();
    await page.getByText("All 27 customers that match").waitFor();
    expect(await sidewaysOverflow(page, [1280, 390, 320])).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await inMenu("Actions", "Suspend…");
    await page.getByRole("button", { name: "Suspend 27 customers" }).click();
    await page.getByText(/You can close this/).waitFor();
    await runJobs(database);
    await page.getByText("Done: 27 suspended.").waitFor();
    const rows = await database.query(
      "SELECT 1 FROM customers WHERE full_name LIKE 'Many %' AND status = 'suspended'",
    );
    expect(rows).toHaveLength(27);
    expect(at.complained).toEqual([]);
  });

  test("notes are written, pinned, edited and deleted", async () => {
    const { id } = await at.world.customer({ full_name: "Noted" });
    await at.visit(`/customers/${id}/notes`);
    await page
      .getByRole("textbox", { name: "New note" })
      .fill("First line\nSecond line");
    await page.getByRole("button", { name: "Add note" }).click();
    await expectSoon(notes, ["First line\nSecond line"]);
    await page.getByRole("textbox", { name: "New note" }).fill("Another");
    await page.getByRole("button", { name: "Add note" }).click();
    await expectSoon(notes, ["Another", "First line\nSecond line"]);
    await page
      .getByRole("button", { name: /Actions for the note/ })
      .last()
      .click();
    await page.getByRole("menuitem", { name: "Pin", exact: true }).click();
    await expectSoon(notes, ["First line\nSecond line", "Another"]);
    await page
      .getByRole("button", { name: /Actions for the note/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Edit…" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("Changed");
    await page.getByRole("button", { name: "Save note" }).click();
    await expectSoon(notes, ["Changed", "Another"]);
    expect(await axeFindings(page)).toEqual([]);
    expect(await sidewaysOverflow(page, [390, 320])).toEqual([]);
    await page
      .getByRole("button", { name: /Actions for the note/ })
      .last()
      .click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await page.getByRole("button", { name: "Delete note" }).click();
    await expectSoon(notes, ["Changed"]);
    await page.reload();
    await expectSoon(notes, ["Changed"]);
  });
});

async function inMenu(menu: string, item: string): Promise<void> {
  await page.getByRole("button", { name: menu, exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

async function rowNames(): Promise<string[]> {
  const links = page.getByRole("table").locator("[data-row-link]");
  const texts = await links.allInnerTexts();
  return texts.map((text) => text.split("\n")[0] ?? "");
}

function notes(): Promise<string[]> {
  return page.locator("main li p.whitespace-pre-wrap").allInnerTexts();
}
