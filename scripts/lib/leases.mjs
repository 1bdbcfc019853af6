import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { isAlive, thisProcess } from "./process-identity.mjs";

/**
 * Notes that this process uses what lies in a folder, until it gives the note back or dies.
 * @param {string} folder
 * @returns {Promise<() => void>} gives it back
 */
export async function takeLease(folder) {
  const leases = path.join(folder, "leases");
  const draft = path.join(leases, randomUUID());
  const file = `${draft}.json`;
  await fs.mkdir(leases, { recursive: true });
  await fs.writeFile(draft, JSON.stringify(thisProcess()));
  await fs.rename(draft, file);
  return () => rmSync(file, { force: true });
}

/**
 * The processes that use what lies in a folder; notes of dead ones are cleared.
 * @param {string} folder
 * @returns {number[]} their numbers
 */
export function leaseholders(folder) {
  const leases = path.join(folder, "leases");
  return list(leases).flatMap((name) => {
    const file = path.join(leases, name);
    const holder = read(file);
    if (holder && isAlive(holder)) return [holder.pid];
    rmSync(file, { force: true });
    return [];
  });
}

/** @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

/**
 * @param {string} file
 * @returns {import("./process-identity.mjs").ProcessIdentity | null}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
