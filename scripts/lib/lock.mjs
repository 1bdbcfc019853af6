import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "./problem.mjs";
import { isAlive, thisProcess } from "./process-identity.mjs";

const POLL_MS = 100;
const BREAKING_MS = 5_000;

/**
 * Runs `work` while no other process on this machine runs under the same lock file.
 * The lock of a process that died is broken.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void }} [options] `onWait` is called once when another process holds it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait } = {}) {
  await fs.mkdir(path.dirname(file), { recursive: true });
  let isTold = false;
  for (;;) {
    const holder = await takeLock(file);
    if (holder === null) break;
    if (!isTold) onWait?.(holder);
    isTold = true;
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await fs.rm(file, { force: true });
  }
}

/**
 * Takes a lock, if no other process has it; whoever takes it removes the file.
 * @param {string} file
 * @returns {Promise<number | null>} the process that has it, or null when we have it now
 */
export async function takeLock(file) {
  while (!(await create(file))) {
    const holder = await readHolder(file);
    if (holder && isAlive(holder)) return holder.pid;
    if (holder) await breakLock(file);
  }
  return null;
}

/** @param {string} file */
async function create(file) {
  // A link appears with its content or not at all, so no reader meets a lock without a holder.
  const draft = `${file}.${randomUUID()}`;
  try {
    await fs.writeFile(draft, JSON.stringify(thisProcess()));
    await fs.link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await fs.rm(draft, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {Promise<import("./process-identity.mjs").ProcessIdentity | null>} null when it was released meanwhile
 */
async function readHolder(file) {
  try {
    return JSON.parse(await fs.readFile(file, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    if (error instanceof SyntaxError) return { pid: 0, started: null };
    throw error;
  }
}

/**
 * Only one process breaks at a time, and it looks again first: else the second of two that saw
 * a dead holder would remove the new lock of the first.
 * @param {string} file
 */
async function breakLock(file) {
  const breaking = `${file}.breaking`;
  try {
    await fs.writeFile(breaking, "", { flag: "wx" });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const stat = await fs.stat(breaking).catch(() => null);
    if (stat && Date.now() - stat.mtimeMs > BREAKING_MS) {
      await fs.rm(breaking, { force: true });
    }
    await sleep(POLL_MS);
    return;
  }
  try {
    const holder = await readHolder(file);
    if (holder && !isAlive(holder)) await fs.rm(file, { force: true });
  } finally {
    await fs.rm(breaking, { force: true });
  }
}
