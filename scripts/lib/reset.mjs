import fs from "node:fs/promises";
import path from "node:path";
import { isDataDir } from "./data-dir.mjs";
import { findFilling } from "./demo-accounts.mjs";
import { leaseholders } from "./leases.mjs";
import { findCluster, removeCluster } from "./postgres-cluster.mjs";
import { findServer, stopServer } from "./postgres-server.mjs";
import { inTurn } from "./postgres.mjs";
import { Problem } from "./problem.mjs";
import { note, step } from "./report.mjs";

// The mark that the folder is ours, and the lock that we hold.
const KEPT = ["tollkeeper.json", "postgres.lock"];

/**
 * Empties a data folder, its database included, as a step. A server left over from a script that died is stopped.
 * @param {string} dataDir
 * @param {boolean} isGiven whether the database is one that DATABASE_URL names
 * @throws {Problem} when it is not one of ours, or in use
 */
export async function resetDataDir(dataDir, isGiven) {
  if (isGiven) {
    throw new Problem("--reset does not empty the database of DATABASE_URL.", {
      advice: "drop and create it yourself, or unset DATABASE_URL.",
    });
  }
  await step(
    "Reset",
    () => reset(dataDir),
    (isDone) => (isDone ? `${dataDir} is empty now` : "nothing to delete"),
  );
}

/**
 * What a database was filled with. An embedded one whose filling was cut off is emptied: nobody can have used it.
 * @param {import("./demo-accounts.mjs").Place} place
 * @param {boolean} isGiven whether the database is one that DATABASE_URL names
 */
export async function findWholeFilling(place, isGiven) {
  const filling = await findFilling(place);
  if (!filling?.is_unfinished || isGiven) return filling;
  note("the sample data was cut off last time: beginning anew");
  await resetDataDir(place.dataDir, isGiven);
  return null;
}

/** @param {string} dataDir */
async function reset(dataDir) {
  const folder = await fs.realpath(dataDir).catch(() => null);
  if (folder === null || (await fs.readdir(folder)).length === 0) return false;
  if (!(await isDataDir(folder))) {
    throw new Problem(
      `${folder} was not made by Tollkeeper, so it is not emptied.`,
      { advice: "look at what is in it; choose another with --data-dir." },
    );
  }
  await inTurn({ dataDir: folder, log: note }, () => empty(folder));
  return true;
}

/** @param {string} folder */
async function empty(folder) {
  await stopLeftOver(folder);
  await removeCluster(folder);
  for (const name of await fs.readdir(folder)) {
    if (KEPT.includes(name)) continue;
    await fs.rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function stopLeftOver(folder) {
  const cluster = await findCluster(folder);
  if (cluster === null) return;
  const [user] = leaseholders(path.dirname(cluster));
  if (user !== undefined) {
    throw new Problem(`${folder} is in use by process ${user}.`, {
      advice: "stop that first (Ctrl-C in its terminal), then reset.",
    });
  }
  const server = await findServer(cluster);
  if (server) await stopServer(server);
}
