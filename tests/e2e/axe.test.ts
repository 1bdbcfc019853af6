import type { Browser, Page } from "playwright-core";
import { describeInBrowser, launchBrowser } from "../support/browser";
import { axeFindings, darken } from "../support/page-promises";

let browser: Browser;
let page: Page;

// What the other tests ask of each page, asked of one that is wrong.
describeInBrowser("axe", () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ colorScheme: "light" });
  });
  afterAll(() => browser?.close());

  test("finds a button without a name, and words that are pale in either theme", async () => {
    await page.setContent(wrongPage);
    expect(rulesIn(await axeFindings(page))).toEqual([
      "button-name button",
      "color-contrast .pale-in-light",
    ]);
    await darken(page);
    const inDark = await axeFindings(page, { colorsOnly: true });
    expect(rulesIn(inDark)).toEqual(["color-contrast .pale-in-dark"]);
    expect(rulesIn(await axeFindings(page))).toEqual([
      "button-name button",
      "color-contrast .pale-in-dark",
    ]);
  });

  test("finds what has come to a page since it was asked", async () => {
    await page.setContent(wrongPage);
    await axeFindings(page);
    await page.evaluate(() => {
      document.querySelector("main")?.append(new Image());
    });
    expect(rulesIn(await axeFindings(page))).toContain("image-alt img");
  });
});

/** The rule and the place of each finding, in order. */
function rulesIn(findings: string[]): string[] {
  return findings
    .map((finding) => finding.replace(/ \(.*\):/, ""))
    .sort((a, b) => a.localeCompare(b));
}

const wrongPage = `<!doctype html>
<html lang="en">
  <head>
    <title>Wrong</title>
    <style>
      html { background: white; color: black; }
      .pale-in-light { color: #bbb; }
      .pale-in-dark { color: #595959; }
      @media (prefers-color-scheme: dark) {
        html { background: black; color: white; }
      }
    </style>
    <script>
      const dark = matchMedia("(prefers-color-scheme: dark)");
      const show = () =>
        (document.documentElement.dataset.theme = dark.matches ? "dark" : "light");
      dark.addEventListener("change", show);
      show();
    </script>
  </head>
  <body>
    <main>
      <h1>Wrong</h1>
      <p class="pale-in-light">Pale in light</p>
      <p class="pale-in-dark">Pale in dark</p>
      <button></button>
    </main>
  </body>
</html>`;
