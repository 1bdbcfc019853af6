// npm test [-- arguments of Jest]: everything, or the tests that the arguments choose.
import "./lib/node-version.mjs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { runNode, startNode } from "./lib/child-process.mjs";
import { findChromium } from "./lib/chromium.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { describeProblem } from "./lib/problem.mjs";
import { makeTemporaryFolder } from "./lib/temporary-folder.mjs";

const JEST = path.join("node_modules", "jest", "bin", "jest.js");
const NONE = { passed: 0, failed: 0, skipped: 0, skippedInBrowser: 0 };
const log = (line) => console.error(line);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describeProblem(error));
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
}

async function main(chosen) {
  const isBuilt = await prepare(chosen);
  const { code, counts } = await runJest(chosen, isBuilt);
  report(counts);
  return code === 0 && counts.passed > 0 && counts.failed === 0 ? 0 : 1;
}

/** Whether the app was built. */
async function prepare(chosen) {
  log(`packages: ${await ensureInstalled({ log })}`);
  const { ensureBuilt, ensureClient } = await import("./lib/build.mjs");
  await ensureClient({ log });
  if (!(await startServers(chosen))) return false;
  log(`build: ${await ensureBuilt({ log })}`);
  return true;
}

/** Whether the chosen tests start the built server; a few others need not wait for a build. */
async function startServers(chosen) {
  if (chosen.length === 0) return true;
  const listed = await runNode([JEST, ...chosen, "--listTests"], {
    name: `jest ${chosen.join(" ")}`,
    advice: "see npx jest --help for its arguments.",
  });
  const files = listed.split("\n").filter((line) => path.isAbsolute(line));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.some((text) => text.includes("support/server"));
}

async function runJest(chosen, isBuilt) {
  const { folder, remove } = await makeTemporaryFolder("counts");
  const file = path.join(folder, "counts.json");
  const reporter = path.join(import.meta.dirname, "lib/count-reporter.mjs");
  const { ended } = startNode(
    [
      JEST,
      ...chosen, // first: some of the other arguments would swallow a path after them
      "--passWithNoTests",
      "--reporters=default",
      `--reporters=${reporter}`,
      // Two files at a time: each waits by turns, for its database, its server or its browser.
      ...(chosen.some(saysHowMany) ? [] : ["--maxWorkers=2"]),
    ],
    {
      env: {
        NODE_ENV: "test",
        TEST_BUILT: isBuilt ? "1" : "0",
        TEST_COUNTS: file,
      },
      output: "inherit",
    },
  );
  const { code } = await ended;
  const counts = await readFile(file, "utf8").then(JSON.parse, () => null);
  await remove();
  return { code, counts: counts ?? { ...NONE, failed: code === 0 ? 0 : 1 } };
}

function saysHowMany(arg) {
  return /^(-i|-w|--runInBand|--maxWorkers)/.test(arg);
}

function report({ passed, failed, skipped, skippedInBrowser }) {
  if (findChromium() === null && skippedInBrowser > 0)
    console.log(
      `\n!!! NO BROWSER: ${skippedInBrowser} browser tests did not run. Install Chromium (apt-get install chromium), or set CHROMIUM_PATH.\n`,
    );
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
}
