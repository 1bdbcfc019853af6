import "./lib/node-version.mjs";
import { runApp, startApp } from "./lib/app-process.mjs";
import { readArguments } from "./lib/arguments.mjs";
import { ensureBundles, programOf } from "./lib/build.mjs";
import { prepareDatabase } from "./lib/database.mjs";
import { requireInstalled } from "./lib/install.mjs";
import { note, runScript, step } from "./lib/report.mjs";
import {
  appEnvironment,
  DATA_DIR_OPTION,
  dataDirOf,
  loadSettings,
} from "./lib/settings.mjs";

await runScript(async () => {
  const options = readArguments({
    command: "npm run worker --",
    about:
      "Runs the jobs apart from the web, beside servers with WORKER_MODE=off.",
    options: { "data-dir": DATA_DIR_OPTION },
  });
  loadSettings();
  requireInstalled();
  const dataDir = dataDirOf(options);
  const databaseUrl = await prepareDatabase(dataDir);
  await step("Build", () => ensureBundles({ log: note }));
  const env = await appEnvironment({ databaseUrl, dataDir });
  await runApp(startApp({ program: programOf("worker"), env }));
});
