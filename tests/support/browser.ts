import { chromium, type Browser } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/lib/chromium.mjs";

const executablePath = findChromium();

// `SLOWNESS=4 npm test -- tests/e2e` gives pages a quarter of the processor.
const slowness = Number(process.env["SLOWNESS"] ?? 1);

/** `describe` where there is a Chromium; elsewhere the tests count as skipped, and npm test says so. */
export const describeInBrowser = executablePath ? describe : describe.skip;

/** Starts Chromium; the caller closes it. Use it inside `describeInBrowser`. */
export async function launchBrowser(): Promise<Browser> {
  if (!executablePath)
    throw new Error("There is no Chromium: install it, or set CHROMIUM_PATH.");
  const browser = await chromium.launch({
    executablePath,
    args: CHROMIUM_FLAGS,
  });
  if (slowness > 1) slowDown(browser);
  return browser;
}

// A machine that is slower than this one finds what pages and tests do too early.
function slowDown(browser: Browser): void {
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    const openPage = context.newPage.bind(context);
    context.newPage = async () => {
      const page = await openPage();
      const tools = await context.newCDPSession(page);
      await tools.send("Emulation.setCPUThrottlingRate", { rate: slowness });
      return page;
    };
    return context;
  };
}
