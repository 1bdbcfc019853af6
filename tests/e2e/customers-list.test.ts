import type { Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { license } from "../support/licenses";
import { axeFindings, settle } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";
import { paymentThing } from "../support/payments";
import { subscriptionFor } from "../support/subscriptions";

const database = useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("The customer list", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("the list says what customers are while there are none", async () => {
    await at.visit("/customers");
    await page.getByRole("heading", { name: "No customers yet" }).waitFor();
    await page.getByText(/curl http:\/\/.+\/api\/v1\/customers/).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  test("search, filters and order live in the URL", async () => {
    await at.world.customer({ full_name: "Zed One", status: "suspended" });
    await at.world.customer({ full_name: "Zed Two" });
    await at.world.customer({ full_name: "Zed Three", status: "suspended" });
    await at.visit("/customers");
    await page.keyboard.press("/");
    await page.keyboard.type("zed");
    await expectSoon(rowNames, ["Zed Three", "Zed Two", "Zed One"]);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Suspended" }).click();
    await expectSoon(rowNames, ["Zed Three", "Zed One"]);
    await page.getByRole("button", { name: "Customer", exact: true }).click();
    await expectSoon(rowNames, ["Zed One", "Zed Three"]);
    expect(new URL(page.url()).search).toContain("status=suspended");

    await page.reload();
    await expectSoon(rowNames, ["Zed One", "Zed Three"]);
    await page.goBack();
    await expectSoon(rowNames, ["Zed Three", "Zed One"]);
    await page.getByRole("button", { name: "Remove filter Status" }).click();
    await expectSoon(rowNames, ["Zed Three", "Zed Two", "Zed One"]);

    await page.getByRole("searchbox").fill("no such name");
    await page.getByRole("heading", { name: "No customers match" }).waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expectSoon(async () => (await rowNames()).length >= 3, true);
  });

  test("figures stand over the list, its pages turn, and both are renewed by themselves", async () => {
    for (let i = 10; i < 22; i += 1)
      await at.world.customer({ full_name: `Paged ${i}`, status: "pending" });
    // Time passes when it is told to.
    await page.clock.install();
    await at.visit("/customers?search=paged&per_page=10");
    const newest = Array.from({ length: 12 }, (_, i) => `Paged ${21 - i}`);
    expect(await rowNames()).toEqual(newest.slice(0, 10));
    await page.getByRole("button", { name: "Next page" }).click();
    await page.clock.runFor(1_000);
    await expectSoon(rowNames, newest.slice(10));
    await page.getByText("11–12 of 12").waitFor();
    await page.getByRole("button", { name: "Previous page" }).click();
    await page.clock.runFor(1_000);
    await expectSoon(rowNames, newest.slice(0, 10));

    const headers = { authorization: `Bearer ${at.world.everything}` };
    const counted = async () => {
      const answer = await page.request.get(
        `${at.server.url}/api/v1/customers/stats`,
        { headers },
      );
      const { total_customers, suspended_customers, pending_customers } =
        await answer.json();
      return [
        `${total_customers}`,
        `${suspended_customers} ${pending_customers} pending`,
      ];
    };
    const before = await counted();
    await expectSoon(shownFigures, before);
    await at.world.customer({ full_name: "Paged 99", status: "pending" });
    expect(await counted()).not.toEqual(before);
    expect(await shownFigures()).toEqual(before);
    await page.mouse.move(10, 10);
    await page.clock.runFor(31_000);
    await expectSoon(shownFigures, await counted());
    await expectSoon(async () => (await rowNames())[0], "Paged 99");
  });

  test("junk in the URL counts as not given", async () => {
    await at.world.customer();
    const junk = [
      "page=-1&per_page=9999&sort_by=secret&sort_order=up&status=lost",
      "created[gte]=yesterday&balance[lte]=many&revenue[gte]=1e99",
      "search=%00%25_&skip=x&limit=0&has_licenses=perhaps&status=a&status=b",
      "show=nothing&id=nobody&tab=%F0%9F%92%A5",
    ];
    for (const query of junk) {
      const answer = await page.goto(`${at.server.url}/customers?${query}`);
      expect(answer?.status()).toBe(200);
      await page.getByRole("table").or(noMatch()).first().waitFor();
    }
  });

  test("a customer that nothing depends on is deleted by its typed name", async () => {
    await at.world.customer({ full_name: "Short Lived" });
    await at.visit("/customers");
    await page.getByRole("button", { name: "Delete Short Lived" }).click();
    const remove = page.getByRole("alertdialog");
    await remove.getByRole("textbox").fill("Short Lived");
    await remove.getByRole("button", { name: "Delete customer" }).click();
    await page.getByText("Short Lived deleted").waitFor();
    await expectSoon(
      async () => (await rowNames()).includes("Short Lived"),
      false,
    );
    expect(new URL(page.url()).search).toBe("");
  });

  test("back closes a dialog, and its tabs have addresses", async () => {
    const { id } = await at.world.customer({ full_name: "Looked At" });
    await at.visit("/customers");
    await page.getByRole("button", { name: "View Looked At" }).click();
    const details = page.getByRole("dialog", { name: "Looked At" });
    await details.getByRole("tab", { name: "Activity" }).click();
    await details.getByText("added the customer").waitFor();
    expect(page.url()).toBe(
      `${at.server.url}/customers?show=details&id=${id}&tab=activity`,
    );
    await page.reload();
    await details.getByText("added the customer").waitFor();
    await page.goBack();
    await details.waitFor({ state: "detached" });
    expect(new URL(page.url()).pathname).toBe("/customers");
  });

  test("licenses, subscriptions and payments are tabs of a customer's details, and a license is revoked from there", async () => {
    const { ctx, customer } = at.world;
    const { id } = await customer({ full_name: "Paying Well" });
    const { key } = await license(ctx, id, { name: "Scanner" });
    await subscriptionFor(ctx, id);
    await paymentThing(ctx, "payment_id", async () => id);
    await at.visit(`/customers?show=details&id=${id}`);
    const details = page.getByRole("dialog", { name: "Paying Well" });
    await details.getByText("Last payment").waitFor();
    await details.getByText("1 active of 1").first().waitFor();
    await details.getByRole("tab", { name: "Subscriptions" }).click();
    await details.getByText("a month").waitFor();
    await details.getByRole("tab", { name: "Payments" }).click();
    await details.getByText("$10.00").first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await details.getByRole("tab", { name: "Licenses" }).click();
    await details.getByText(key.slice(0, 4)).first().waitFor();
    await details.getByRole("link", { name: "Revoke Scanner" }).click();
    const confirm = page.getByRole("alertdialog");
    await confirm.getByRole("textbox").fill("Scanner");
    await confirm.getByRole("button", { name: "Revoke license" }).click();
    await page.getByText(/^Revoked on/).waitFor();
    const rows = await database.query("SELECT status FROM licenses");
    expect(rows).toEqual([{ status: "revoked" }]);
  });

  test("a viewer sees customers and no way to change them", async () => {
    const { id } = await at.world.customer({ full_name: "Only Seen" });
    const viewer = await at.contextOf("viewer");
    const seen = await viewer.newPage();
    for (const path of [
      "/customers?show=create",
      `/customers/${id}?show=edit`,
    ]) {
      await seen.goto(at.server.url + path);
      await seen.getByText("Only Seen").first().waitFor();
      await settle(seen);
      expect(await seen.getByRole("dialog").count()).toBe(0);
      const words = await seen.getByRole("button").allInnerTexts();
      expect(words.join()).not.toMatch(/Add|Edit|Delete|Adjust|Set limits/);
    }
    await seen.goto(`${at.server.url}/customers/${id}/keys`);
    await seen.getByRole("heading", { name: "No keys in use" }).waitFor();
    expect(await seen.getByRole("button", { name: "Issue key" }).count()).toBe(
      0,
    );
    await viewer.close();
  });
});

async function rowNames(): Promise<string[]> {
  const links = page.getByRole("table").locator("[data-row-link]");
  const texts = await links.allInnerTexts();
  return texts.map((text) => text.split("\n")[0] ?? "");
}

/** What the figures over the list say: of all customers, and of those that are suspended. */
async function shownFigures(): Promise<string[]> {
  const figure = (label: string) =>
    page
      .locator("dl > div")
      .filter({ has: page.locator("dt").getByText(label, { exact: true }) })
      .locator("dd > span")
      .allInnerTexts();
  const [all = ""] = await figure("Customers");
  return [all, (await figure("Suspended")).join(" ")];
}

function noMatch() {
  return page.getByRole("heading", { name: "No customers match" });
}
