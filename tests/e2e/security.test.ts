import type { Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { axeFindings, settle } from "../support/page-promises";
import { useStaffBrowser, type StaffBrowser } from "../support/staff-browser";

useDatabase();
jest.setTimeout(300_000);

let at: StaffBrowser;
let page: Page;

describeInBrowser("In a browser", () => {
  at = useStaffBrowser();
  beforeEach(() => {
    page = at.page;
  });

  test("each load of a page has a nonce of its own, and scripts run by it alone", async () => {
    const nonces: string[] = [];
    for (let load = 0; load < 2; load += 1) {
      const answer = await page.goto(`${at.server.url}/customers`);
      const policy = answer?.headers()["content-security-policy"] ?? "";
      const [scripts = ""] = /script-src [^;]*/.exec(policy) ?? [];
      expect(scripts).not.toContain("unsafe-inline");
      expect(scripts).not.toContain("unsafe-eval");
      expect(policy).toContain("frame-ancestors 'none'");
      const [, nonce = ""] = /'nonce-([^']+)'/.exec(scripts) ?? [];
      expect(nonce.length).toBeGreaterThanOrEqual(22);
      nonces.push(nonce);
      const html = (await answer?.text()) ?? "";
      const tags = html.match(/<script[^>]*>/g) ?? [];
      expect(tags.length).toBeGreaterThan(3);
      expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual(
        [],
      );
    }
    expect(new Set(nonces).size).toBe(2);
    await settle(page);
    expect(at.complained).toEqual([]);
    expect(await injectedScriptRuns()).toBe(false);
  });

  test("a name that is a script is text", async () => {
    const evil = `<img src=x onerror="window.injected=1"><script>window.injected=1</script>`;
    const { id } = await at.world.customer({
      company_name: evil.slice(0, 120),
    });
    await at.visit(`/customers/${id}`);
    await page
      .getByRole("heading", { name: /<img src=x/ })
      .first()
      .waitFor();
    expect(await page.evaluate("window.injected")).toBeUndefined();
    expect(at.complained).toEqual([]);
  });

  test("a page's own nonce cannot be chosen by who asks for it", async () => {
    const answer = await page.request.get(`${at.server.url}/sign-in`, {
      headers: {
        "x-nonce": "chosen",
        "content-security-policy": "script-src 'nonce-chosen'",
      },
    });
    expect(answer.headers()["content-security-policy"]).not.toContain("chosen");
    expect(await answer.text()).not.toContain("chosen");
  });

  test("the API reference works under a policy without inline scripts", async () => {
    const answer = await page.goto(`${at.server.url}/docs`);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect(policy).toMatch(/script-src 'self';/);
    await page.getByRole("heading", { name: /Tollkeeper API/ }).waitFor();
    await page.getByRole("link", { name: "customers", exact: true }).click();
    await page.getByText("Count customers and their money").click();
    await page.getByRole("button", { name: "Execute" }).click();
    const status = page.locator(".live-responses-table .response-col_status");
    await status.filter({ hasText: "200" }).first().waitFor();
    expect(at.complained).toEqual([]);
  });

  test("an edit on top of somebody else's says who and when, keeps what was typed, and joins both", async () => {
    const { id } = await at.world.customer({ full_name: "Edited Twice" });
    await at.visit(`/customers/${id}?show=edit`);
    const form = page.getByRole("dialog", { name: "Edit Edited Twice" });
    await form.getByLabel("Phone").fill("+1 555 0100");

    const other = await at.contextOf("billing");
    const theirs = await other.request.patch(
      `${at.server.url}/api/v1/customers/${id}`,
      { data: { company_name: "Renamed" }, headers: { origin: at.server.url } },
    );
    expect(theirs.status()).toBe(200);
    await other.close();

    const save = form.getByRole("button", { name: "Save changes" });
    await save.click();
    const told = form.getByRole("alert");
    await told.getByText(/billing changed this on \w+ \d+, \d+/).waitFor();
    await told.getByText(/What changed: Company\./).waitFor();
    expect(await form.getByLabel("Phone").inputValue()).toBe("+1 555 0100");
    expect(await axeFindings(page)).toEqual([]);
    await save.click();
    await page.getByRole("heading", { name: "Renamed", level: 1 }).waitFor();
    await page.getByText("+1 555 0100").waitFor();
  });

  test("limits of a key that changed meanwhile are not overwritten unseen", async () => {
    const { id } = await at.world.customer();
    const headers = { origin: at.server.url };
    const api = `${at.server.url}/api/v1`;
    const context = await at.contextOf("owner");
    const issued = await context.request.post(`${api}/customers/${id}/keys`, {
      data: { name: "Shared" },
      headers,
    });
    const { id: keyId } = (await issued.json()) as { id: string };
    await at.visit(`/customers/${id}/keys?show=key-limits&id=${keyId}`);
    const dialog = page.getByRole("dialog", { name: "Limits of Shared" });
    await dialog.getByLabel("Per day", { exact: true }).waitFor();
    await context.request.patch(`${api}/keys/${keyId}`, {
      data: { limits: { per_day: 9 } },
      headers,
    });
    await context.close();
    await dialog.getByRole("button", { name: "Save limits" }).click();
    await dialog.getByText(/owner changed this on/).waitFor();
    await dialog.getByRole("button", { name: "Save limits" }).click();
    await dialog.waitFor({ state: "detached" });
  });
});

/** Whether a script without the nonce runs, put into the page as an injection would. */
async function injectedScriptRuns(): Promise<boolean> {
  return page.evaluate(() => {
    const holder = document.createElement("div");
    document.body.append(holder);
    holder.innerHTML = `<img src="data:," onerror="window.injected = true">`;
    return new Promise<boolean>((resolve) =>
      setTimeout(() => resolve("injected" in window), 500),
    );
  });
}
