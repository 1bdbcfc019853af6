// Begins with no installed package: whatever needs one is loaded after the first step.
import "./lib/node-version.mjs";
import path from "node:path";
import { runApp, startApp, waitUntilReady } from "./lib/app-process.mjs";
import { readArguments } from "./lib/arguments.mjs";
import { ensureBuilt, programOf } from "./lib/build.mjs";
import { claimDataDir } from "./lib/data-dir.mjs";
import { givenDatabase, prepareDatabase } from "./lib/database.mjs";
import {
  chooseScenario,
  fillDatabase,
  makeSetupLink,
  SCENARIOS,
} from "./lib/demo-accounts.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { choosePort } from "./lib/ports.mjs";
import { note, runScript, say, step } from "./lib/report.mjs";
import { findWholeFilling, resetDataDir } from "./lib/reset.mjs";
import { describeWelcome } from "./lib/welcome.mjs";
import {
  appEnvironment,
  DATA_DIR_OPTION,
  dataDirOf,
  loadSettings,
  wantedPort,
} from "./lib/settings.mjs";

const begun = performance.now();

await runScript(demo);

async function demo() {
  const options = readOptions();
  loadSettings();
  const given = givenDatabase();
  const folder = dataDirOf(options);
  if (options.reset) await resetDataDir(folder, given !== null);
  const dataDir = await claimDataDir(folder);
  const place = { dataDir, database: given?.name ?? "embedded" };
  const filling = await findWholeFilling(place, given !== null);
  const scenario = chooseScenario(options.scenario, filling, folder);
  if (filling && options.scenario === undefined && scenario !== "demo")
    note(`going on with the scenario "${scenario}", which ${folder} holds`);
  const wish = { ...wantedPort(options.port), reserve: true };
  await choosePort({ ...wish, log: () => {} }); // known to be in use before the long steps, not after

  await step("Packages", () => ensureInstalled({ log: note }), String);
  const [databaseUrl] = await Promise.all([
    prepareDatabase(dataDir),
    step("Build", () => ensureBuilt({ log: note }), String),
  ]);
  const port = await choosePort({ ...wish, log: note });
  const env = {
    ...(await appEnvironment({ databaseUrl, dataDir, port })),
    DEV_MAILBOX: process.env.DEV_MAILBOX || "on",
    SANDBOX_PAYMENTS: process.env.SANDBOX_PAYMENTS || "on",
  };
  // A database of the user's own may have been emptied since.
  const isFilled = filling !== null && given === null;
  const filled = isFilled ? null : await fillDatabase({ place, scenario, env });
  const accounts = filled ?? filling?.accounts ?? null;
  const app = await serve(dataDir, env);
  const setupUrl = accounts ? null : await makeSetupLink(env);
  tell({ url: env.APP_URL, accounts, setupUrl, folder }, options.json);
  await runApp(app);
}

function readOptions() {
  return readArguments({
    command: "npm run demo --",
    about:
      "Starts Tollkeeper with sample data: does what is not done yet of installing, building, migrating and\nfilling the database, then serves until Ctrl-C.",
    options: {
      port: {
        type: "string",
        value: "number",
        about: "default 3000, or the next free one",
      },
      "data-dir": DATA_DIR_OPTION,
      scenario: {
        type: "string",
        value: "name",
        about: "sample data",
        choices: SCENARIOS,
      },
      reset: { type: "boolean", about: "delete the data folder first" },
      json: {
        type: "boolean",
        about: "when ready, print one line of JSON on stdout",
      },
    },
  });
}

/**
 * @param {string} dataDir
 * @param {Awaited<ReturnType<typeof appEnvironment>>} env
 */
async function serve(dataDir, env) {
  const app = startApp({
    program: programOf("server"),
    env,
    logFile: path.join(dataDir, "server.log"),
  });
  await step(
    "Server",
    () => waitUntilReady(app, env),
    () => env.APP_URL,
  );
  return app;
}

/**
 * @param {import("./lib/welcome.mjs").Welcome} welcome
 * @param {boolean | undefined} json
 */
function tell(welcome, json) {
  const { url, accounts, setupUrl } = welcome;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  say(`\nTollkeeper runs after ${seconds} s. Ctrl-C stops all of it.\n`);
  if (!json) {
    process.stdout.write(`${describeWelcome(welcome)}\n`);
    return;
  }
  const none = {
    admin: null,
    portal: null,
    service_token: null,
    api_key: null,
    setup_url: setupUrl,
  };
  process.stdout.write(`${JSON.stringify({ url, ...(accounts ?? none) })}\n`);
}
