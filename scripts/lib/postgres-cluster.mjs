import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { mayEnter } from "./postgres-account.mjs";
import {
  makeSystemFolder,
  SYSTEM_FOLDER,
  unreachable,
} from "./postgres-binaries.mjs";
import { codeOf, Problem } from "./problem.mjs";

/**
 * @typedef {object} Setting
 * @property {string} dataDir
 * @property {import("./postgres-account.mjs").Account} account
 * @property {import("./postgres-binaries.mjs").Binaries} binaries
 * @property {string} password of the role that the app signs in with
 * @property {boolean} durable
 * @property {(line: string) => void} log
 */

/** The role that the app signs in with: it may make databases and roles, and is not the superuser. */
export const ROLE = "tollkeeper";

/**
 * The folder of the data folder's PostgreSQL, made when there is none. Callers hold the folder's lock.
 * @param {Setting} setting
 * @returns {Promise<string>} a real path
 * @throws {Problem} when what is there cannot be used
 */
export async function prepareCluster(setting) {
  const { dataDir, account, log } = setting;
  const place = await choosePlace(setting);
  await clearLeftovers(place, log);
  const cluster = await findCluster(dataDir);
  if (cluster === null) return create(setting, place);
  await refuseForeign(cluster, account);
  if (await isWorthKeeping(cluster)) {
    await refuseOtherVersion(cluster, setting.binaries);
    return cluster;
  }
  log(`the set-up of ${cluster} was never finished: making it anew`);
  await fs.rm(cluster, { recursive: true, force: true });
  return create(setting, place);
}

/**
 * The folder of a data folder's database, finished or not.
 * @param {string} dataDir
 * @returns {Promise<string | null>} a real path
 */
export async function findCluster(dataDir) {
  return fs.realpath(clusterLink(dataDir)).catch(() => null);
}

/**
 * Deletes the database of a data folder, wherever it is kept. No server may run on it.
 * @param {string} dataDir
 */
export async function removeCluster(dataDir) {
  const link = clusterLink(dataDir);
  const cluster = await fs.realpath(link).catch(() => link);
  await fs.rm(cluster, { recursive: true, force: true });
  await fs.rm(link, { recursive: true, force: true });
  // A link may also be the user's own, to a larger disk: only our places go as a whole.
  const place = path.dirname(cluster);
  if (path.dirname(place) === SYSTEM_FOLDER)
    await fs.rm(place, { recursive: true, force: true });
}

/**
 * The folder in which the database's folder lies: the data folder, or for root, when the server's
 * user cannot enter that, one outside that a link in the data folder leads to.
 * @param {Setting} setting
 */
async function choosePlace({ dataDir, account, log }) {
  const outside = await outsidePlace(dataDir);
  if (outside) return outside;
  if ((await findCluster(dataDir)) || (await mayEnter(dataDir, account)))
    return dataDir;
  const place = path.join(SYSTEM_FOLDER, randomUUID());
  log(
    `PostgreSQL cannot run as root, and the user postgres cannot enter ${dataDir}: the database is kept in ${place}`,
  );
  try {
    await makeSystemFolder();
    await fs.mkdir(place);
    await fs.chmod(place, 0o755);
    await fs.symlink(path.join(place, "postgres"), clusterLink(dataDir));
  } catch (error) {
    throw unreachable(dataDir, error);
  }
  return place;
}

/** @param {string} dataDir */
function clusterLink(dataDir) {
  return path.join(dataDir, "postgres");
}

/**
 * @param {string} dataDir
 * @returns {Promise<string | null>}
 */
async function outsidePlace(dataDir) {
  const target = await fs.readlink(clusterLink(dataDir)).catch(() => null);
  return target === null ? null : path.dirname(target);
}

/**
 * Set-up happens aside and its result is moved into place, so a folder in place is always whole.
 * @param {Setting} setting
 * @param {string} parent
 */
async function create(setting, parent) {
  const aside = path.join(parent, `postgres-setup-${randomUUID()}`);
  const draft = path.join(aside, "postgres");
  await fs.mkdir(aside, { mode: 0o700 });
  await giveTo(setting.account, aside);
  try {
    await initdb(setting, aside, draft);
    await addRole(setting, draft);
    const cluster = path.join(await fs.realpath(parent), "postgres");
    await fs.rename(draft, cluster);
    return cluster;
  } finally {
    await fs.rm(aside, { recursive: true, force: true });
  }
}

/**
 * @param {Setting} setting
 * @param {string} aside
 * @param {string} draft
 */
async function initdb(setting, aside, draft) {
  // Nobody signs in as the superuser: its password is thrown away.
  const passwordFile = path.join(aside, "password");
  await fs.writeFile(passwordFile, randomUUID(), { mode: 0o600 });
  await giveTo(setting.account, passwordFile);
  const flags = [
    `--pgdata=${draft}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--no-instructions",
  ];
  if (!setting.durable) flags.push("--no-sync");
  await runServerProgram(setting, setting.binaries.initdb, flags, "");
}

/**
 * Single-user mode needs neither a network nor a password.
 * @param {Setting} setting
 * @param {string} draft
 */
async function addRole(setting, draft) {
  const { binaries, password } = setting;
  const sql = `CREATE ROLE ${ROLE} LOGIN CREATEDB CREATEROLE PASSWORD '${password}'\n`;
  const flags = ["--single", "-D", draft];
  if (!setting.durable) flags.push("-c", "fsync=off");
  await runServerProgram(
    setting,
    binaries.postgres,
    [...flags, "postgres"],
    sql,
  );
}

/**
 * @param {Setting} setting
 * @param {string} program
 * @param {string[]} flags
 * @param {string} input
 */
async function runServerProgram({ account, log }, program, flags, input) {
  const { uid, gid, isOther } = account;
  const child = spawn(program, flags, {
    ...(isOther ? { uid, gid } : {}),
    cwd: "/",
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => (output += chunk));
  }
  child.stdin.on("error", () => {}); // its exit code tells
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code === 0 && !/\b(ERROR|FATAL|PANIC):/.test(output)) return;
  log("PostgreSQL could not be set up");
  throw new Problem("Setting up PostgreSQL failed.", {
    command: [program, ...flags].join(" "),
    output,
    advice: "see what it says; free disk space and memory are usual reasons.",
  });
}

/**
 * @param {import("./postgres-account.mjs").Account} account
 * @param {string} file
 */
async function giveTo({ isOther, uid, gid }, file) {
  if (isOther) await fs.chown(file, uid, gid);
}

/**
 * @param {string} dataDir
 * @param {(line: string) => void} log
 */
async function clearLeftovers(dataDir, log) {
  for (const name of await fs.readdir(dataDir)) {
    if (!name.startsWith("postgres-setup-")) continue;
    log("removing what an interrupted set-up of PostgreSQL left");
    await fs.rm(path.join(dataDir, name), {
      recursive: true,
      force: true,
      maxRetries: 10,
    });
  }
}

/**
 * Whether a folder holds, or may ever have held, somebody's database. Those made by users have object ids from 16384 on.
 * @param {string} cluster
 */
async function isWorthKeeping(cluster) {
  const control = path.join(cluster, "global", "pg_control");
  const size = await fs.stat(control).then(
    (stat) => stat.size,
    () => 0,
  );
  const version = await fs
    .readFile(path.join(cluster, "PG_VERSION"), "utf8")
    .catch(() => "");
  if (size > 0 && version.trim() !== "") return true;
  const databases = await names(path.join(cluster, "base"));
  if (databases.some((name) => Number(name) >= 16384)) return true;
  const known =
    /^(PG_VERSION|base|global|pg_.*|postgres.*\.conf|postmaster.*)$/;
  return (await names(cluster)).some((name) => !known.test(name));
}

/** @param {string} folder */
async function names(folder) {
  return fs.readdir(folder).catch((error) => {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  });
}

/**
 * @param {string} cluster
 * @param {import("./postgres-account.mjs").Account} account
 */
async function refuseForeign(cluster, account) {
  const { uid } = await fs.stat(cluster);
  if (account.uid < 0 || uid === account.uid) return;
  throw new Problem(
    `The database in ${cluster} belongs to user id ${uid}, and PostgreSQL would run as user id ${account.uid}.`,
    {
      advice: `run as that user; or hand it over with chown -R ${account.uid} '${cluster}'; or choose another folder with --data-dir.`,
    },
  );
}

/**
 * @param {string} cluster
 * @param {import("./postgres-binaries.mjs").Binaries} binaries
 */
async function refuseOtherVersion(cluster, { major }) {
  const file = path.join(cluster, "PG_VERSION");
  const version = (await fs.readFile(file, "utf8").catch(() => "")).trim();
  if (version === "") {
    throw new Problem(`The database in ${cluster} is damaged: no PG_VERSION.`, {
      advice:
        "restore the folder from a backup; or begin anew with --reset (this deletes the data).",
    });
  }
  if (version.split(".")[0] === major) return;
  throw new Problem(
    `The database in ${cluster} was made by PostgreSQL ${version}; this version of Tollkeeper brings PostgreSQL ${major}.`,
    {
      advice:
        "take a backup with the version that made it and restore it here; or begin anew with --reset (this deletes the data).",
    },
  );
}
