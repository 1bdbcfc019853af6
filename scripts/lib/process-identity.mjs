import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync } from "node:fs";

/** @typedef {{ pid: number, started: string | null }} ProcessIdentity a process, told apart from a later one with its number */

const PROC = existsSync("/proc/self/stat");

/** @returns {ProcessIdentity} */
export function thisProcess() {
  return { pid: process.pid, started: startedAt(process.pid) };
}

/**
 * Whether that very process still runs: a number used again by another one, and a zombie, do not count.
 * @param {ProcessIdentity} identity
 */
export function isAlive({ pid, started }) {
  if (!isRunning(pid)) return false;
  return started === null || startedAt(pid) === started;
}

/**
 * Whether a process with this number runs now (not as a zombie).
 * @param {number} pid
 */
export function isRunning(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM means that it exists and belongs to someone else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM"))
      return false;
  }
  return statField(pid, 2) !== "Z";
}

/**
 * Whether a process works in this folder, as a PostgreSQL server does in its data folder.
 * @param {number} pid
 * @param {string} folder a real path
 */
export function worksIn(pid, folder) {
  try {
    if (PROC) return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
  return ps(pid, "args=").includes(folder);
}

/** @param {number} pid */
function startedAt(pid) {
  return (PROC ? statField(pid, 21) : ps(pid, "lstart=")) || null;
}

/**
 * A field of /proc/<pid>/stat; the second field, a name in brackets, may hold spaces.
 * @param {number} pid
 * @param {number} index from 0
 */
function statField(pid, index) {
  if (!PROC) return "";
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[index - 2] ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {number} pid
 * @param {string} format
 */
function ps(pid, format) {
  try {
    return execFileSync("ps", ["-o", format, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}
