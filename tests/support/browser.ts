import { chromium, type Browser } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/lib/chromium.mjs";

const executablePath = findChromium();

/** `describe` where there is a Chromium; elsewhere the tests count as skipped, and npm test says so. */
export const describeInBrowser = executablePath ? describe : describe.skip;

/** Starts Chromium; the caller closes it. Use it inside `describeInBrowser`. */
export async function launchBrowser(): Promise<Browser> {
  if (!executablePath)
    throw new Error("There is no Chromium: install it, or set CHROMIUM_PATH.");
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}
