import "./lib/node-version.mjs";
import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { startApp, waitUntilReady } from "./lib/app-process.mjs";
import { readArguments } from "./lib/arguments.mjs";
import { DEV_BUILD, ensureBundles } from "./lib/build.mjs";
import { watchBundle } from "./lib/bundle.mjs";
import { claimDataDir } from "./lib/data-dir.mjs";
import { givenDatabase, prepareDatabase } from "./lib/database.mjs";
import { fillDatabase } from "./lib/demo-accounts.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { choosePort } from "./lib/ports.mjs";
import { describeProblem } from "./lib/problem.mjs";
import { note, runScript, say, step } from "./lib/report.mjs";
import { findWholeFilling } from "./lib/reset.mjs";
import {
  appEnvironment,
  DATA_DIR_OPTION,
  dataDirOf,
  loadSettings,
  wantedPort,
} from "./lib/settings.mjs";
import { beforeExit } from "./lib/shutdown.mjs";
import { describeWelcome } from "./lib/welcome.mjs";

const GRACE_MS = 1_000; // an open page of Next's development server would hold it for long

await runScript(async () => {
  const options = readArguments({
    command: "npm run dev --",
    about:
      "Serves the app from its sources: pages are built as they are opened, the server starts again when its code changes.\nStart it again after a change of prisma/schema.",
    options: {
      port: {
        type: "string",
        value: "number",
        about: "default PORT or 3000, or the next free one",
      },
      "data-dir": DATA_DIR_OPTION,
    },
  });
  loadSettings();
  const dataDir = await claimDataDir(dataDirOf(options));
  const given = givenDatabase();
  const place = { dataDir, database: given?.name ?? "embedded" };
  const filling = await findWholeFilling(place, given !== null);
  const wish = { ...wantedPort(options.port), reserve: true };
  const port = await choosePort({ ...wish, log: note });
  await step("Packages", () => ensureInstalled({ log: note }), String);
  const [databaseUrl] = await Promise.all([
    prepareDatabase(dataDir),
    step("Build", () => ensureBundles({ log: note })),
  ]);
  const mode = /** @type {const} */ ("development");
  const env = await appEnvironment({ databaseUrl, dataDir, port, mode });
  const accounts = filling
    ? filling.accounts
    : await fillDatabase({ place, scenario: "demo", env });
  say(
    `\n${describeWelcome({ url: env.APP_URL, accounts, setupUrl: null, folder: dataDir })}\n`,
  );
  process.exitCode = 0;
  await serveSources(env);
});

/**
 * Runs the server from its sources until a signal comes.
 * @param {Awaited<ReturnType<typeof appEnvironment>>} env
 */
async function serveSources(env) {
  const restart = createRestart(env);
  const endWatch = await watchBundle({
    folder: DEV_BUILD,
    names: ["server", "pdf"],
    onResult(errors) {
      if (errors.length > 0) say(errors.join("\n"));
      else restart();
    },
  });
  beforeExit({ stop: endWatch, force: () => void endWatch() });
  await new Promise(() => {});
}

/**
 * @param {Awaited<ReturnType<typeof appEnvironment>>} env
 * @returns {() => void} starts the server, again when its program has changed
 */
function createRestart(env) {
  const program = path.join(DEV_BUILD, "server.mjs");
  /** @type {import("./lib/app-process.mjs").App | undefined} */
  let app;
  let running = "";
  let turn = Promise.resolve();
  const restart = async () => {
    const hash = createHash("sha256").update(await fs.readFile(program));
    const digest = hash.digest("hex");
    if (digest === running) return;
    running = digest;
    await app?.stop();
    const next = startApp({ program, env, graceMs: GRACE_MS });
    app = next;
    void next.ended.then((problem) => {
      if (problem) say(`${describeProblem(problem)}\nWaiting for a change.`);
    });
    await step("Server", () => waitUntilReady(next, env)).catch(() => {});
  };
  return () => {
    turn = turn.then(restart);
  };
}
