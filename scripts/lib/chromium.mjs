import { existsSync } from "node:fs";

const USUAL_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** What Chromium is started with: no sandbox, because CI runs as root; no calls home. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The Chromium of this machine: CHROMIUM_PATH, or the one in its usual place.
 * @returns {string | null} null where there is none
 */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  const places = chosen ? [chosen] : USUAL_PLACES;
  return places.find((file) => existsSync(file)) ?? null;
}
