// Builds dist/: JavaScript and declarations by tsc, with the API's types beside them.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const here = import.meta.dirname;
const types = path.join(here, "src/openapi.d.ts");
const cli = path.join(here, "../.build/cli.mjs");

if (!existsSync(types)) generateTypes();
rmSync(path.join(here, "dist"), { recursive: true, force: true });
run(packageFile("typescript", "bin/tsc"), ["-p", here]);
copyFileSync(types, path.join(here, "dist/openapi.d.ts"));
nameFilesWhole();

function generateTypes() {
  if (!existsSync(cli)) {
    console.error(
      "sdk/src/openapi.d.ts is missing, and so is the app that describes the API: run npm run build first, then this again.",
    );
    process.exit(1);
  }
  const document = path.join(here, "src/openapi.json");
  writeFileSync(document, execFileSync(process.execPath, [cli, "openapi"]));
  run(packageFile("openapi-typescript", "bin/cli.js"), [document, "-o", types]);
  rmSync(document);
}

// Node and TypeScript's nodenext want "./api.js", which Jest and bundlers do not find in sources.
function nameFilesWhole() {
  const dist = path.join(here, "dist");
  for (const name of readdirSync(dist)) {
    const file = path.join(dist, name);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/(from "\.\/[\w-]+)(";)/g, "$1.js$2"));
  }
}

function packageFile(name, file) {
  const manifest = createRequire(import.meta.url).resolve(
    `${name}/package.json`,
  );
  return path.join(path.dirname(manifest), file);
}

function run(script, args) {
  execFileSync(process.execPath, [script, ...args], { stdio: "inherit" });
}
