import "./lib/node-version.mjs";
import { ensureBundles, programOf } from "./lib/build.mjs";
import { startNode } from "./lib/child-process.mjs";
import { prepareDatabaseQuietly } from "./lib/database.mjs";
import { requireInstalled } from "./lib/install.mjs";
import { note, runScript } from "./lib/report.mjs";
import { appEnvironment, dataDirOf, loadSettings } from "./lib/settings.mjs";

const HELP = ["help", "--help", "-h"];

// Its arguments are those of src/cli.ts; DATA_DIR in the environment chooses another data folder.
await runScript(async () => {
  loadSettings();
  requireInstalled();
  await ensureBundles({ log: note });
  const args = process.argv.slice(2);
  const isHelp = args.length === 0 || args.some((word) => HELP.includes(word));
  const { ended } = startNode(
    ["--enable-source-maps", programOf("cli"), ...args],
    { output: "interactive", env: isHelp ? {} : await environment() },
  );
  const { code } = await ended;
  process.exitCode = code ?? 1;
});

async function environment() {
  const dataDir = dataDirOf();
  const databaseUrl = await prepareDatabaseQuietly(dataDir);
  return appEnvironment({ databaseUrl, dataDir });
}
