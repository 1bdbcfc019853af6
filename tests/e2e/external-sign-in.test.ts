import { generate } from "otplib";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, launchBrowser } from "../support/browser";
import { useDatabase } from "../support/database";
import { useExternalSignIn } from "../support/external-sign-in";
import { axeFindings, complaints, settle } from "../support/page-promises";

const database = useDatabase();
jest.setTimeout(180_000);

describeInBrowser("signing in by a provider", () => {
  const x = useExternalSignIn(database);
  let browser: Browser;
  let page: Page;
  let complained: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    page = await (await browser.newContext()).newPage();
    complained = complaints(page);
  });
  afterEach(() => page.context().close());

  async function press(next = ""): Promise<void> {
    await page.goto(`${x.app.url}/sign-in${next}`);
    await settle(page);
    await page.getByRole("button", { name: "Continue with Acme" }).click();
  }

  test("leads to the page that was wanted, and is unlinked at the account page", async () => {
    const { email } = await x.staff();
    x.oidc.person = { sub: "ada", email, email_verified: true };
    await press("?next=%2Fcustomers");
    await page.waitForURL(`${x.app.url}/customers`);
    await page.goto(`${x.app.url}/account`);
    await settle(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Unlink Acme" }).click();
    await page.getByText("None is linked yet.").waitFor();
    expect(await x.linked(email)).toEqual([]);
    expect(complained).toEqual([]);
  });

  test("says why somebody is not let in", async () => {
    x.oidc.person = { sub: "eve", email: "eve@example.com" };
    await press();
    await page.getByText(/has not verified your address/).waitFor();
    await page.getByRole("button", { name: "Continue with Acme" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  test("asks for a code where two-factor is on, and begins again on demand", async () => {
    const { email } = await x.staff();
    const secret = await x.turnOnTwoFactor(email);
    x.oidc.person = { sub: "grace", email, email_verified: true };
    await press();
    await page.getByRole("heading", { name: "One more step" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Code").fill("000000");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(/That code does not fit/).waitFor();
    await page.getByRole("button", { name: "Start again" }).click();
    await page.getByRole("heading", { name: "Sign in", exact: true }).waitFor();
    await press();
    await page.getByLabel("Code").fill(await generate({ secret }));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${x.app.url}/`);
  });
});
