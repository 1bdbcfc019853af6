import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Problem } from "../../scripts/lib/problem.mjs";
import { beforeExit } from "../../scripts/lib/shutdown.mjs";

/**
 * @typedef {object} DemoRun
 * @property {number} readySeconds from the command to its line of JSON
 * @property {number} stopSeconds from Ctrl-C to its end
 * @property {string[]} steps what it said of its steps, with their times
 */

/**
 * Runs `npm run demo -- --json` until it is ready, asks it something, and stops it by Ctrl-C.
 * @param {{ folder: string, port: number, npmCache?: string, args?: string[] }} options `folder`: of
 *   the clone; `npmCache`: instead of the user's
 * @returns {Promise<DemoRun>}
 * @throws {Problem} with what it said, when it ends by itself or does not answer
 */
export async function runDemo({ folder, port, npmCache, args = [] }) {
  const begun = performance.now();
  const child = spawn(
    "npm",
    ["run", "--silent", "demo", "--", "--json", "--port", `${port}`, ...args],
    {
      cwd: folder,
      detached: true,
      env: environment(npmCache),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = once(child, "close");
  const kill = (/** @type {NodeJS.Signals} */ signal) => {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  };
  const forget = beforeExit({
    stop: () => kill("SIGINT"),
    force: () => kill("SIGINT"),
  });
  /** @type {string[]} */
  const said = [];
  createInterface({ input: child.stderr }).on("line", (line) =>
    said.push(line),
  );
  const output = createInterface({ input: child.stdout });
  const first = await Promise.race([once(output, "line"), ended]);
  const readySeconds = (performance.now() - begun) / 1000;
  if (typeof first[0] !== "string")
    throw new Problem("The demo ended by itself.", {
      output: said.slice(-30).join("\n"),
      advice: `run it in ${folder}.`,
    });
  const { url, service_token: token } = JSON.parse(first[0]);
  await assertAnswers(url, token);
  const told = performance.now();
  kill("SIGINT");
  await ended;
  forget();
  const stopSeconds = (performance.now() - told) / 1000;
  const steps = said.filter((line) => line.includes("✓"));
  return { readySeconds, stopSeconds, steps };
}

/** @param {string} url @param {string} token */
async function assertAnswers(url, token) {
  const response = await fetch(`${url}/api/v1/customers`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { total } = await response.json();
  if (!response.ok || !(total > 0))
    throw new Problem(
      `The demo answered ${response.status} without customers.`,
    );
}

/**
 * Without what would make it find our database, or what npm told us.
 * @param {string | undefined} npmCache
 */
function environment(npmCache) {
  const ours =
    /^(DATABASE_URL|DATA_DIR|NODE_ENV|PORT|npm_lifecycle_|npm_package_)/;
  const entries = Object.entries(process.env).filter(
    ([name]) => !ours.test(name),
  );
  return {
    ...Object.fromEntries(entries),
    ...(npmCache && { npm_config_cache: npmCache }),
  };
}
