import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { runNode } from "./child-process.mjs";
import { withLock } from "./lock.mjs";
import { codeOf, Problem } from "./problem.mjs";
import { ROOT } from "./project-root.mjs";

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, extraneous?: boolean, dev?: boolean, devOptional?: boolean }} LockedPackage */

// npm writes this file last, so an install that was cut off has none.
const INSTALLED = path.join("node_modules", ".package-lock.json");

// The hash of the lock file that we installed for, whatever npm made of it.
const STAMP = path.join("node_modules", ".installed-for");

/**
 * Installs the packages when they are missing or are others than package-lock.json names.
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<string>} what was done, in words
 * @throws {import("./problem.mjs").Problem} when npm fails
 */
export async function ensureInstalled({ log }) {
  if ((await reasonToInstall()) === null) return "up to date";
  const lock = path.join(ROOT, ".build", "install.lock");
  return withLock(lock, () => install(log), {
    onWait: (pid) => log(`waiting for process ${pid}, which installs`),
  });
}

/**
 * For scripts that install nothing.
 * @throws {Problem} when there are no packages
 */
export function requireInstalled() {
  if (existsSync(path.join(ROOT, INSTALLED))) return;
  throw new Problem("The packages are not installed.", {
    advice: "run npm ci.",
  });
}

/** @param {(line: string) => void} log */
async function install(log) {
  const reason = await reasonToInstall();
  if (reason === null) return "installed meanwhile";
  const done = await runNpm(reason, log);
  await fs.writeFile(path.join(ROOT, STAMP), await hashLock());
  return done;
}

/**
 * @param {string} reason
 * @param {(line: string) => void} log
 */
async function runNpm(reason, log) {
  const hasLock = existsSync(path.join(ROOT, "package-lock.json"));
  const command = hasLock ? ["ci"] : ["install"];
  log(`${reason}: npm ${command} (the first time, this takes a minute or two)`);
  try {
    await npm(command);
    return `npm ${command}`;
  } catch (error) {
    if (!hasLock || !isLockMisfit(error)) throw error;
  }
  // `npm ci` also refuses a lock file that only lacks packages of other platforms.
  log("npm ci finds package-lock.json incomplete: npm install --no-save");
  await removeHalfInstalled();
  await npm(["install", "--no-save"]);
  return "npm install";
}

/** An install that was cut off left packages without all of their files, and npm would take them for whole. */
async function removeHalfInstalled() {
  if (existsSync(path.join(ROOT, INSTALLED))) return;
  const folder = path.join(ROOT, "node_modules");
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** @param {string[]} command */
function npm(command) {
  return runNode([findNpm(), ...command, "--no-audit", "--no-fund"], {
    name: `npm ${command.join(" ")}`,
    advice:
      "check that the npm registry can be reached, and try again; or run that command yourself to see more.",
  });
}

/** @param {unknown} error */
function isLockMisfit(error) {
  return error instanceof Problem && /\bEUSAGE\b/.test(error.output ?? "");
}

/** @returns {Promise<string | null>} null when what is installed fits */
async function reasonToInstall() {
  const [wanted, installed] = await Promise.all([
    readPackages("package-lock.json"),
    readPackages(INSTALLED),
  ]);
  if (installed === null) return "packages are not installed";
  if (wanted === null) return null;
  const stamp = await fs
    .readFile(path.join(ROOT, STAMP), "utf8")
    .catch(() => "");
  if (stamp === (await hashLock())) return null;
  const misfit = Object.keys(wanted).find(
    (name) => name !== "" && !fits(wanted[name] ?? {}, installed[name] ?? null),
  );
  return misfit === undefined
    ? null
    : `${misfit} is not as package-lock.json says`;
}

/**
 * @param {LockedPackage} wanted
 * @param {LockedPackage | null} installed
 */
function fits(wanted, installed) {
  if (installed === null) {
    // Those of other platforms are never there; those for development only when they were asked for.
    if (wanted.optional || wanted.extraneous) return true;
    return Boolean(wanted.dev || wanted.devOptional) && omitsDevelopment();
  }
  return (
    wanted.version === installed.version &&
    wanted.link === installed.link &&
    (!wanted.integrity ||
      !installed.integrity ||
      wanted.integrity === installed.integrity)
  );
}

function omitsDevelopment() {
  const omitted = process.env.npm_config_omit ?? "";
  return process.env.NODE_ENV === "production" || omitted.includes("dev");
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, LockedPackage> | null>}
 */
async function readPackages(file) {
  try {
    const text = await fs.readFile(path.join(ROOT, file), "utf8");
    return JSON.parse(text).packages ?? {};
  } catch (error) {
    if (codeOf(error) === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function hashLock() {
  const text = await fs
    .readFile(path.join(ROOT, "package-lock.json"))
    .catch(() => "");
  return createHash("sha256").update(text).digest("hex");
}

/** npm's own JavaScript: it needs no shell, and works where `npm` is not on the PATH. */
function findNpm() {
  const given = process.env.npm_execpath;
  const node = realpathSync(process.execPath);
  const candidates = [
    ...(given?.endsWith("npm-cli.js") ? [given] : []),
    ...[
      "../lib/node_modules",
      "node_modules",
      "../share/nodejs",
      "/usr/share/nodejs",
    ].map((folder) =>
      path.resolve(path.dirname(node), folder, "npm/bin/npm-cli.js"),
    ),
    ...pathFolders().map((folder) => path.join(folder, "npm")),
  ];
  const found = candidates.find((file) => existsSync(file));
  if (found) return realpathSync(found);
  throw new Problem("npm was not found.", {
    advice: "install npm, which comes with Node, and try again.",
  });
}

function pathFolders() {
  return (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
}
