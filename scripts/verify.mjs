// npm run verify: format, lint, types, walls, migrations, API document, dead code. All of them
// are run, also after one fails.
import "./lib/node-version.mjs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { runNode } from "./lib/child-process.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { describeProblem } from "./lib/problem.mjs";
import { ROOT } from "./lib/project-root.mjs";

const AT_ONCE = 2;
const log = (line) => console.log(line);

const tool = (name, file) => path.join("node_modules", name, file);
const PRETTIER = tool("prettier", "bin/prettier.cjs");
const ESLINT = tool("eslint", "bin/eslint.js");
const NEXT = tool("next", "dist/bin/next");
const TSC = tool("typescript", "bin/tsc");
const CRUISER = tool("dependency-cruiser", "bin/dependency-cruise.mjs");
const KNIP = tool("knip", "bin/knip.js");
const OPENAPI_TYPES = tool("openapi-typescript", "bin/cli.js");

const DOCUMENT = path.join(".artifacts", "openapi.json");
const SDK_TYPES = path.join("sdk", "src", "openapi.d.ts");

/** What the others read: generated types, and the SDK that the examples use. */
const generated = [
  ["generated code", generateCode],
  ["API document and SDK", generateSdk],
];

const checks = [
  ["lint", () => node(ESLINT, "--max-warnings", "0", ".")],
  ["types", () => node(TSC, "--noEmit", "--pretty", "false")],
  ["types of the examples", checkExamples],
  ["format", () => node(PRETTIER, "--check", "--log-level", "warn", ".")],
  ["migrations", () => node("scripts/db-diff.mjs", "--check")],
  ["walls", cruise],
  ["dead code", () => node(KNIP, "--no-config-hints")],
];

try {
  process.exitCode = await main();
} catch (error) {
  console.error(describeProblem(error));
  process.exitCode = 1;
}

async function main() {
  log(`packages: ${await ensureInstalled({ log })}`);
  const startedAt = performance.now();
  const failed = [];
  for (const step of generated) await run(step, failed);
  const waiting = [...checks];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift())
      await run(step, failed);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const count = generated.length + checks.length;
  log(
    failed.length === 0
      ? `\nAll ${count} steps passed in ${seconds(startedAt)}.`
      : `\n${failed.length} of ${count} steps failed in ${seconds(startedAt)}: ${failed.join(", ")}`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function run([name, work], failed) {
  const startedAt = performance.now();
  try {
    await work();
    log(`ok      ${name} (${seconds(startedAt)})`);
  } catch (error) {
    failed.push(name);
    const words = error.output || describeProblem(error);
    const command = error.command ? `\n${error.command}` : "";
    log(`FAILED  ${name} (${seconds(startedAt)})`);
    log(indent(`${words.trim()}${command}`));
  }
}

async function generateCode() {
  const { ensureClient } = await import("./lib/build.mjs");
  await ensureClient({ log });
  await node(NEXT, "typegen");
}

// The SDK is type-checked against the API as it is now, so that it cannot lag behind.
async function generateSdk() {
  const { ensureBundles } = await import("./lib/build.mjs");
  await ensureBundles({ log });
  await mkdir(path.join(ROOT, ".artifacts"), { recursive: true });
  const document = await node(".build/cli.mjs", "openapi");
  await writeFile(path.join(ROOT, DOCUMENT), document);
  await node(OPENAPI_TYPES, DOCUMENT, "--output", SDK_TYPES);
  await node("sdk/build.mjs");
}

async function checkExamples() {
  for (const name of await readdir(path.join(ROOT, "examples")))
    await node(TSC, "--noEmit", "--project", path.join("examples", name));
}

async function cruise() {
  const folders = ["src", "prisma/seed", "sdk/src", "examples"];
  await node(CRUISER, "--config", ".dependency-cruiser.cjs", ...folders);
}

/** Runs a Node program and returns its stdout; its error holds all that it printed. */
function node(...args) {
  const env = { NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1" };
  return runNode(args, { name: args.join(" "), advice: "", env });
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function indent(text) {
  return text.replace(/^/gm, "        ");
}
