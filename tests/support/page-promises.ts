import { AxeBuilder } from "@axe-core/playwright";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Page, Response } from "playwright-core";

export type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

const rules = [
  "wcag2a",
  "wcag2aa",
  "wcag21a",
  "wcag21aa",
  "wcag22aa",
  "best-practice",
];

// What the same page may do wrong in other colors.
const rulesOfColors = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong with a page as it stands, a line each: the rule, and where. */
export async function axeFindings(
  page: Page,
  { colorsOnly = false } = {},
): Promise<string[]> {
  await still(page);
  // It is long, and would be put into the page twice each time, also where it is from before.
  const isThere = await page.evaluate(() => "axe" in window);
  // No page of ours holds frames of others, for which axe opens a page of its own each time. Of what
  // it finds nothing wrong with, which is nearly all, it need not tell.
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: "0" }) })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  const chosen = colorsOnly
    ? axe.withRules(rulesOfColors)
    : axe.withTags(rules);
  const { violations } = await chosen
    // No script runs in such a frame: axe would wait for it without end.
    .exclude("iframe[sandbox]")
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${help}): ${target.join(" ")}`),
  );
}

// What fades in or out is measured in colors that nobody is meant to read: what has begun to ends
// first, and what begins while axe looks, such as a toast that leaves, does so at once.
async function still(page: Page): Promise<void> {
  // Between two pages Next takes one's title away before it has brought the other's.
  await page.locator("head > title").first().waitFor({ state: "attached" });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(
        ({ effect, playState }) =>
          playState === "running" &&
          effect?.getComputedTiming().endTime !== Infinity,
      )
      .map(({ finished }) => finished);
    await Promise.allSettled(ending);
  });
}

/** By how many pixels a page is wider than its window at each width, where it is. */
export async function sidewaysOverflow(
  page: Page,
  widths: readonly number[],
): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame += 1)
        await new Promise((painted) => requestAnimationFrame(painted));
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    if (over > 0) found.push(`${over} px too wide for ${width} px`);
  }
  return found;
}

/** Keeps what a page complains of: errors on the console, exceptions that nobody caught. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error")
      found.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => found.push(String(error)));
  return found;
}

/** Has a page look as it does for those who prefer it dark. */
export async function darken(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("html[data-theme=dark]").waitFor();
}

/**
 * Bytes of script, gzipped, that a page which is about to be opened with an empty cache loads;
 * given its HTML once it has settled: `first`, what the page names itself, and `all`, with what it
 * asks for later, such as charts.
 */
export function scriptSizes(page: Page) {
  const loads: Promise<{ path: string; bytes: number }>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const path = new URL(response.url()).pathname;
    loads.push(sizeOf(response, path).then((bytes) => ({ path, bytes })));
  });
  return async (html: string): Promise<{ first: number; all: number }> => {
    const scripts = await Promise.all(loads);
    const sum = (some: typeof scripts) =>
      some.reduce((total, { bytes }) => total + bytes, 0);
    return {
      first: sum(scripts.filter(({ path }) => html.includes(path))),
      all: sum(scripts),
    };
  };
}

// A script's name holds a hash of what is in it.
const sizes = new Map<string, Promise<number>>();
function sizeOf(response: Response, path: string): Promise<number> {
  const known = sizes.get(path);
  if (known) return known;
  const size = response.body().then((body) => gzipSync(body).length);
  sizes.set(path, size);
  return size;
}

/** Signs in by the page, as a person would, and waits for what comes after. */
export async function signInAs(
  page: Page,
  origin: string,
  person: { email: string; password: string },
): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** Waits until a page has its data and its lazy parts, and its buttons work. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page
    .locator("[role=status]", { hasText: /^Loading/ })
    .first()
    .waitFor({ state: "detached" });
  // React marks what it has taken over; on a busy machine that comes late.
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button")].every((button) =>
      Object.keys(button).some((name) => name.startsWith("__reactProps$")),
    ),
  );
}

/** Does something while no page opened here gets its script, as on a slow line; then lets it come. */
export async function beforeScript(
  page: Page,
  act: () => Promise<void>,
): Promise<void> {
  let come = () => {};
  const script = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route(/\.js(\?|$)/, async (asked) => {
    await script;
    await asked.continue();
  });
  await act();
  come();
}

/** What a page loads of script, and may. */
export type Measured = {
  at: string;
  first: number;
  all: number;
  budget: number;
};

/** The sizes of pages in kB, a line each. */
export function sizeTable(measured: Measured[]): string {
  const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
  const lines = measured.map(({ at, first, all, budget }) =>
    [
      kilobytes(first).padStart(10),
      kilobytes(budget).padStart(10),
      kilobytes(all).padStart(15),
      `  ${at.replace(/(cus|pln)_\w+/, "$1_…")}`,
    ].join(""),
  );
  const head = "     first    budget  with lazy parts  (script, gzipped)";
  return [head, ...lines].join("\n");
}
