import "./lib/node-version.mjs";
import { runApp, startApp } from "./lib/app-process.mjs";
import { readArguments } from "./lib/arguments.mjs";
import { ensureBuilt, programOf } from "./lib/build.mjs";
import { prepareDatabase } from "./lib/database.mjs";
import { requireInstalled } from "./lib/install.mjs";
import { choosePort } from "./lib/ports.mjs";
import { note, runScript, step } from "./lib/report.mjs";
import {
  appEnvironment,
  DATA_DIR_OPTION,
  dataDirOf,
  loadSettings,
  wantedPort,
} from "./lib/settings.mjs";

await runScript(async () => {
  const options = readArguments({
    command: "npm start --",
    about:
      "Serves the app, on DATABASE_URL or an embedded PostgreSQL. Migrates first, and builds what is not built.",
    options: {
      port: { type: "string", value: "number", about: "default PORT or 3000" },
      "data-dir": DATA_DIR_OPTION,
    },
  });
  loadSettings();
  requireInstalled();
  const dataDir = dataDirOf(options);
  const { wanted } = wantedPort(options.port);
  const wish = { wanted, isNamed: true, reserve: true };
  const port = await choosePort({ ...wish, log: note });
  const [databaseUrl] = await Promise.all([
    prepareDatabase(dataDir),
    step("Build", () => ensureBuilt({ log: note }), String),
  ]);
  const env = await appEnvironment({ databaseUrl, dataDir, port });
  await runApp(startApp({ program: programOf("server"), env }));
});
