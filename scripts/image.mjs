// What the Dockerfile runs: builds the app, and lays out in a folder what an image of it needs.
import "./lib/node-version.mjs";
import path from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { layOutProduction } from "./lib/production-files.mjs";
import { Problem } from "./lib/problem.mjs";
import { note, runScript, step } from "./lib/report.mjs";

await runScript(async () => {
  const [folder, ...others] = process.argv.slice(2);
  if (folder === undefined || others.length > 0)
    throw new Problem("Name one folder.", {
      advice: "node scripts/image.mjs <folder>",
    });
  await step("Build", () => ensureBuilt({ log: note }), String);
  await step(
    "Layout",
    () => layOutProduction(path.resolve(folder)),
    (files) => `${files} files`,
  );
});
