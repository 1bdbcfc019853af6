import type { Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings } from "../support/page-promises";
import {
  expectSoon,
  useStaffBrowser,
  type StaffBrowser,
} from "../support/staff-browser";

useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

const dialog = (name: string | RegExp) => page.getByRole("dialog", { name });
const meter = (name: string) => () =>
  page.getByRole("meter", { name }).getAttribute("aria-valuetext");

describeInBrowser("What customers may use", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("a meter is created with its meaning in words, edited, archived and brought back", async () => {
    await at.visit("/meters?show=create-meter");
    const form = dialog("Create a meter");
    await form.getByLabel("Title").fill("Gemini calls");
    await form.getByLabel("Name").fill("Gemini Calls");
    await form.getByLabel("Provider").fill("Gemini");
    await form
      .getByText("Counts events of the provider gemini, one each.")
      .waitFor();
    await page.keyboard.press("Control+Enter");
    await form.getByRole("link", { name: /^Name must begin/ }).click();
    await form.getByLabel("Name").fill("gemini_calls");
    await page.keyboard.press("Control+Enter");
    await form.waitFor({ state: "detached" });
    await page.getByText("gemini_calls").first().waitFor();

    await page
      .getByRole("button", { name: "Actions for Gemini calls" })
      .click();
    await page.getByRole("menuitem", { name: "Archive…" }).click();
    await page.getByRole("button", { name: "Archive meter" }).click();
    await expectSoon(() => page.getByText("gemini_calls").count(), 0);
    await at.visit("/meters?include_archived=true");
    await page
      .getByRole("button", { name: "Actions for Gemini calls" })
      .click();
    await page.getByRole("menuitem", { name: "Bring back" }).click();
    await expectSoon(
      () => page.getByText("Archived", { exact: true }).count(),
      0,
    );
  });

  test("a quota, a spend cap and a feature are set, and a boost is added and ended", async () => {
    const { id } = await at.world.customer({ full_name: "Grace Hopper" });
    await at.visit(`/customers/${id}/limits`);
    await page.getByRole("button", { name: "Set quotas" }).click();
    const quotas = dialog("Quotas of Grace Hopper");
    await quotas.getByRole("button", { name: "Tokens", exact: true }).click();
    await page.keyboard.press("Control+Enter");
    await quotas.getByRole("link", { name: /^The quota/ }).click();
    await page.keyboard.type("5000");
    await quotas.getByRole("button", { name: /Spend cap/ }).click();
    await page.getByRole("option", { name: "Up to an amount" }).click();
    await quotas.getByRole("textbox", { name: "Amount" }).fill("12.50");
    await page.keyboard.press("Control+Enter");
    await quotas.waitFor({ state: "detached" });
    await expectSoon(meter("Tokens"), "0 of 5,000");
    await expectSoon(meter("Spend"), "$0.00 of $12.50");

    await page.getByRole("button", { name: "Set features" }).click();
    const features = dialog("Features of Grace Hopper");
    await features.getByRole("button", { name: "Add feature" }).click();
    await features.getByLabel("Name 1").fill("white_label");
    await page.keyboard.press("Control+Enter");
    await features.waitFor({ state: "detached" });
    await page.getByText("white_label").waitFor();

    await page.getByRole("button", { name: "Add boost" }).click();
    const boost = dialog("Boost Grace Hopper");
    await boost.getByRole("textbox", { name: "By how much" }).fill("900");
    await boost.getByLabel("Reason").fill("Launch");
    await page.keyboard.press("Control+Enter");
    await boost.waitFor({ state: "detached" });
    await expectSoon(meter("Per minute"), "0 of 1,000");
    await page.getByRole("button", { name: /^End the boost/ }).click();
    await page.getByText("Over", { exact: true }).waitFor();
    await expectSoon(meter("Per minute"), "0 of 100");
    expect(at.complained).toEqual([]);
  });

  test("a key has quotas of its own", async () => {
    const { id } = await at.world.customer({ full_name: "Keyed Customer" });
    const issued = await page.request.post(
      `${at.server.url}/api/v1/customers/${id}/keys`,
      {
        data: { name: "Production", limits: { per_minute: 5 } },
        headers: { authorization: `Bearer ${at.world.everything}` },
      },
    );
    const key = await issued.json();
    await at.visit(`/customers/${id}/keys?show=key-quotas&id=${key.id}`);
    const quotas = dialog("Quotas of Production");
    await quotas.getByRole("button", { name: "Tokens", exact: true }).click();
    await quotas
      .getByRole("textbox", { name: "Tokens", exact: true })
      .fill("250");
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await quotas.waitFor({ state: "detached" });
    const read = async (path: string) =>
      (
        await page.request.get(`${at.server.url}/api/v1${path}`, {
          headers: { authorization: `Bearer ${at.world.everything}` },
        })
      ).json();
    const own = (await read(`/keys/${key.id}/quotas`)).quotas;
    expect(own).toMatchObject([{ meter: "tokens", limit: 250, source: "key" }]);
  });

  test("a boost for one key alone begins later", async () => {
    const { id } = await at.world.customer({ full_name: "Boosted Customer" });
    const headers = { authorization: `Bearer ${at.world.everything}` };
    const issued = await page.request.post(
      `${at.server.url}/api/v1/customers/${id}/keys`,
      { data: { name: "Production", limits: { per_minute: 5 } }, headers },
    );
    const key = await issued.json();
    await at.visit(`/customers/${id}/limits?show=boost`);
    const boost = dialog("Boost Boosted Customer");
    await boost.getByRole("textbox", { name: "By how much" }).fill("10");
    await boost.getByRole("button", { name: /For$/ }).click();
    await page.getByRole("option", { name: "The key Production" }).click();
    await boost.getByRole("button", { name: /Begins$/ }).click();
    await page
      .getByRole("option", { name: "At a time of your choice" })
      .click();
    await boost.getByLabel("Reason").fill("Launch");
    await page.keyboard.press("Control+Enter");
    await boost.getByRole("link", { name: "Begins at is required" }).click();
    await page.keyboard.type(`0101${new Date().getUTCFullYear() + 1}0930AM`);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await boost.waitFor({ state: "detached" });
    await page.getByText("To come", { exact: true }).waitFor();
    await page.getByText("One key", { exact: true }).waitFor();
    const { items } = await page.request
      .get(`${at.server.url}/api/v1/customers/${id}/boosts`, { headers })
      .then((answer) => answer.json());
    expect(items[0]).toMatchObject({
      key_id: key.id,
      limits: { per_minute: 10 },
    });
    expect(items[0].starts_at).toMatch(/-01-01T09:30:00.000Z$/);
    expect(Date.parse(items[0].ends_at) - Date.parse(items[0].starts_at)).toBe(
      86_400_000,
    );
    expect(at.complained).toEqual([]);
  });

  test("the first plans are made in one act from the empty list", async () => {
    await at.visit("/plans");
    await page.getByRole("button", { name: "Start with four plans" }).click();
    const starters = page.getByRole("alertdialog");
    await starters.getByText("$29.00 a month").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await starters.getByText(/^Publish them at once/).click();
    await page.getByRole("button", { name: "Create and publish" }).click();
    await starters.waitFor({ state: "detached" });
    for (const name of ["Free", "Basic", "Pro", "Enterprise"])
      await page.getByRole("row", { name: new RegExp(name) }).waitFor();
    expect(at.complained).toEqual([]);
  });

  test("a default that staff set holds for a customer that has no other", async () => {
    await at.visit("/settings/defaults");
    await page.getByRole("button", { name: "Change default quotas" }).click();
    const quotas = dialog("Default quotas");
    await quotas.getByRole("button", { name: "Calls", exact: true }).click();
    await quotas
      .getByRole("textbox", { name: "Calls", exact: true })
      .fill("70");
    await page.keyboard.press("Control+Enter");
    await quotas.waitFor({ state: "detached" });
    const { id } = await at.world.customer();
    await at.visit(`/customers/${id}/limits`);
    await expectSoon(meter("Calls"), "0 of 70");
    await page.getByText("Default", { exact: true }).last().waitFor();
  });

  test("the addresses of a key are set, in the form in which they are kept", async () => {
    const { id } = await at.world.customer();
    await at.visit(`/customers/${id}/keys?show=issue-key`);
    const form = dialog(/^Issue a key/);
    await form.getByLabel("Name").fill("Production");
    await form.getByLabel("Allowed addresses").fill("203.0.113.7/24 nonsense");
    await page.keyboard.press("Control+Enter");
    await form
      .getByRole("link", { name: /^Allowed addresses must be an IPv4/ })
      .waitFor();
    await form.getByLabel("Allowed addresses").fill("203.0.113.7/24");
    await page.keyboard.press("Control+Enter");
    await page
      .getByText(/sk_live_/)
      .first()
      .waitFor();
    const { body } = await at.page.request
      .get(`${at.server.url}/api/v1/customers/${id}/keys`)
      .then(async (answer) => ({ body: await answer.json() }));
    expect(body.items[0].allowed_ips).toEqual(["203.0.113.0/24"]);
  });
});
