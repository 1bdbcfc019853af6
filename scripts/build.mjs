import "./lib/node-version.mjs";
import { readArguments } from "./lib/arguments.mjs";
import { ensureBuilt } from "./lib/build.mjs";
import { note, runScript, step } from "./lib/report.mjs";
import { loadSettings } from "./lib/settings.mjs";

await runScript(async () => {
  const { force = false } = readArguments({
    command: "npm run build --",
    about:
      "Builds the database client, the programs in .build/ and the pages in .next/, when the sources have changed.",
    options: {
      force: { type: "boolean", about: "build even when nothing has changed" },
    },
  });
  loadSettings();
  await step("Build", () => ensureBuilt({ log: note, force }), String);
});
