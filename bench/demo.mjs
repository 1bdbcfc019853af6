// What a new user waits for: `npm run demo` in a clean clone, again, and what it takes on the disk.
import "../scripts/lib/node-version.mjs";
import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { choosePort } from "../scripts/lib/ports.mjs";
import { ROOT } from "../scripts/lib/project-root.mjs";
import { note, runScript, step } from "../scripts/lib/report.mjs";
import { makeTemporaryFolder } from "../scripts/lib/temporary-folder.mjs";
import { runDemo } from "./lib/demo-run.mjs";
import { describeMachine, waitForQuiet } from "./lib/quiet.mjs";
import { median, withSpread } from "./lib/statistics.mjs";
import { print, printTable, printVerdict } from "./lib/table.mjs";

const WARM_SECONDS = 15;

/** @typedef {import("./lib/demo-run.mjs").DemoRun} DemoRun */

await runScript(async () => {
  const rounds = readRounds();
  const { folder } = await makeTemporaryFolder("demo");
  const npmCache = path.join(folder, "npm-cache");
  const port = await choosePort({
    wanted: 4650,
    isNamed: false,
    log: () => {},
  });
  const clone = path.join(folder, "clone");
  const run = (/** @type {string[]} */ ...args) =>
    runDemo({ folder: clone, port, npmCache, args });

  await cloneTo(clone);
  const cold = [await timed("Cold, nothing in npm's cache", run)];
  const sizes = await measureSizes(clone, npmCache);
  const warm = await repeat(rounds, () => timed("Warm", run));
  const reset = await repeat(rounds, () =>
    timed("Built, without data", () => run("--reset")),
  );
  await fs.rm(clone, { recursive: true });
  await cloneTo(clone);
  const cached = [await timed("Cold, with npm's cache", run)];

  print([describeMachine()]);
  report({
    "cold: a clean clone, nothing in npm's cache": cold,
    "cold: a clean clone, packages in npm's cache": cached,
    "built, without data (--reset)": reset,
    "warm: the second time": warm,
  });
  printTable("On the disk", ["what", "MB", "files"], sizes);
  const warmSeconds = warm.map(({ readySeconds }) => readySeconds);
  print([""]);
  printVerdict("warm start", median(warmSeconds), { most: WARM_SECONDS }, " s");
  print(["\nSteps of the first cold start:", ...stepsOf(cold)]);
  print(["\nSteps of the last warm start:", ...stepsOf(warm.slice(-1))]);
});

function readRounds() {
  const { rounds = "3" } = readArguments({
    command: "node bench/demo.mjs",
    about:
      "Measures npm run demo in a clean clone of the last commit. Uses the npm registry; takes minutes.",
    options: {
      rounds: {
        type: "string",
        value: "number",
        about: "of the warm starts; default 3",
      },
    },
  });
  return Number(rounds);
}

/** @param {string} folder */
async function cloneTo(folder) {
  await promisify(execFile)("git", ["clone", "--quiet", ROOT, folder]);
}

/**
 * @param {string} name
 * @param {() => Promise<DemoRun>} run
 */
async function timed(name, run) {
  if (!(await waitForQuiet())) note("the machine is busy with other things");
  return step(name, run, ({ readySeconds }) => `${readySeconds.toFixed(1)} s`);
}

/**
 * @template T
 * @param {number} times
 * @param {() => Promise<T>} task
 */
async function repeat(times, task) {
  /** @type {T[]} */
  const results = [];
  for (let i = 0; i < times; i += 1) results.push(await task());
  return results;
}

/** @param {Record<string, DemoRun[]>} runs */
function report(runs) {
  printTable(
    "npm run demo -- --json, seconds",
    ["start", "until it is ready", "from Ctrl-C to its end"],
    Object.entries(runs).map(([name, all]) => [
      name,
      withSpread(
        all.map(({ readySeconds }) => readySeconds),
        1,
      ),
      withSpread(
        all.map(({ stopSeconds }) => stopSeconds),
        1,
      ),
    ]),
  );
}

/** @param {DemoRun[]} runs */
function stepsOf(runs) {
  return runs.flatMap(({ steps }) => steps);
}

/**
 * @param {string} clone
 * @param {string} npmCache
 */
async function measureSizes(clone, npmCache) {
  const folders = {
    node_modules: path.join(clone, "node_modules"),
    ".next": path.join(clone, ".next"),
    ".build": path.join(clone, ".build"),
    ".data, with the demo": path.join(clone, ".data"),
    "npm's cache": npmCache,
  };
  return Promise.all(
    Object.entries(folders).map(async ([name, folder]) => {
      const { bytes, files } = await sizeOf(folder);
      const megabytes = (bytes / 1e6).toFixed(0);
      return [name, megabytes, files.toLocaleString("en-US")];
    }),
  );
}

/** @param {string} folder */
async function sizeOf(folder) {
  const entries = await fs
    .readdir(folder, { recursive: true, withFileTypes: true })
    .catch(() => []);
  let bytes = 0;
  let files = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const { blocks } = await fs.lstat(
      path.join(entry.parentPath ?? entry.path, entry.name),
    );
    bytes += blocks * 512;
    files += 1;
  }
  return { bytes, files };
}
