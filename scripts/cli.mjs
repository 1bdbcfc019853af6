import "./lib/node-version.mjs";
import { ensureBundles, programOf } from "./lib/build.mjs";
import { startNode } from "./lib/child-process.mjs";
import { lastMigrationOf } from "./lib/backup-header.mjs";
import {
  prepareDatabaseForRestore,
  prepareDatabaseQuietly,
} from "./lib/database.mjs";
import { requireInstalled } from "./lib/install.mjs";
import { note, runScript } from "./lib/report.mjs";
import { appEnvironment, dataDirOf, loadSettings } from "./lib/settings.mjs";

const HELP = ["help", "--help", "-h"];

const none = { env: {}, finish: async () => {} };

// Its arguments are those of src/cli.ts; DATA_DIR in the environment chooses another data folder.
await runScript(async () => {
  loadSettings();
  requireInstalled();
  await ensureBundles({ log: note });
  const args = process.argv.slice(2);
  const isHelp = args.length === 0 || args.some((word) => HELP.includes(word));
  const { env, finish } = isHelp ? none : await prepare(args);
  let code = await run(args, env);
  if (code === 0 && !isHelp && args[0] === "restore") {
    await finish();
    code = await run(["restored", ...args.slice(1)], env);
  }
  process.exitCode = code;
});

async function run(args, env) {
  const { ended } = startNode(
    ["--enable-source-maps", programOf("cli"), ...args],
    { output: "interactive", env },
  );
  const { code } = await ended;
  return code ?? 1;
}

async function prepare(args) {
  const dataDir = dataDirOf();
  // A backup is read into the tables of the version that wrote it.
  const last = args[0] === "restore" ? await lastMigrationOf(args) : null;
  const { url: databaseUrl, finish } =
    last === null
      ? { ...none, url: await prepareDatabaseQuietly(dataDir) }
      : await prepareDatabaseForRestore(dataDir, last);
  return { env: await appEnvironment({ databaseUrl, dataDir }), finish };
}
