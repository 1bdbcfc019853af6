import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import fs from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, lastLines, Problem } from "./problem.mjs";
import { isRunning, worksIn } from "./process-identity.mjs";

/**
 * @typedef {object} Launch
 * @property {string} cluster the folder of the database, a real path
 * @property {string} postgres the server's program
 * @property {import("./postgres-account.mjs").Account} account
 * @property {string[]} flags
 * @property {string} logFile
 * @property {number} [port] a free one is chosen when there is none
 */

/** @typedef {{ pid: number, port: number }} Server */

const STOP_MS = 20_000;
const LOG_BYTES = 10_000_000;
const PORT_TRIES = 5;

/**
 * The server that works on a database folder now. A stale pid file does not deceive it: the process must
 * work in that folder. Left-over children of a killed server are waited for.
 * @param {string} cluster
 * @returns {Promise<Server | null>} null when there is none, and one may be started
 */
export async function findServer(cluster) {
  const file = path.join(cluster, "postmaster.pid");
  for (const deadline = Date.now() + 10_000; ; await sleep(50)) {
    const { pid, port } = await readPidFile(file);
    if (pid === 0) return null;
    if (isRunning(pid) && worksIn(pid, cluster)) {
      // The port is written a moment after the number.
      if (port > 0 || Date.now() > deadline) return { pid, port };
      continue;
    }
    if (processesIn(cluster).length > 0) {
      if (Date.now() < deadline) continue;
      throw leftOver(cluster);
    }
    // PostgreSQL clears the file of a dead process itself, but not when another process has its number now.
    if (exists(pid)) await fs.rm(file, { force: true });
    return null;
  }
}

/**
 * Starts a server in a session of its own, so that a Ctrl-C in the terminal does not reach it.
 * It may not answer yet.
 * @param {Launch} launch
 * @returns {Promise<Server>}
 */
export async function launchServer(launch) {
  for (let attempt = 1; ; attempt += 1) {
    const port = launch.port ?? (await findFreePort());
    const { pid, failure } = await launchOn(launch, port);
    if (!failure) return { pid, port };
    const isTaken = /could not bind|could not create any TCP/.test(failure);
    if (isTaken && !launch.port && attempt < PORT_TRIES) continue;
    throw new Problem("PostgreSQL did not start.", {
      command: `${launch.postgres} -D ${launch.cluster}`,
      output: failure,
      advice: `see ${launch.logFile}.`,
    });
  }
}

/**
 * Stops a server: sessions are ended, committed data is written.
 * @param {Server} server
 */
export async function stopServer({ pid }) {
  interrupt({ pid });
  if (await hasEnded(pid, STOP_MS)) return;
  send(pid, "SIGQUIT");
  if (await hasEnded(pid, STOP_MS)) return;
  throw new Problem(`PostgreSQL (process ${pid}) does not stop.`, {
    advice: `end it with kill -9 ${pid}; no committed data is lost.`,
  });
}

/**
 * Has a server stop, without waiting for it.
 * @param {Pick<Server, "pid">} server
 */
export function interrupt({ pid }) {
  send(pid, "SIGINT");
}

/**
 * @param {Launch} launch
 * @param {number} port
 * @returns {Promise<{ pid: number, failure: string | null }>}
 */
async function launchOn({ cluster, postgres, account, flags, logFile }, port) {
  const log = await openLog(logFile);
  const { size } = await log.stat();
  const { uid, gid, isOther } = account;
  const child = spawn(postgres, ["-D", cluster, "-p", `${port}`, ...flags], {
    ...(isOther ? { uid, gid } : {}),
    cwd: "/",
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", log.fd, log.fd],
  });
  const ended = new Promise((resolve) => {
    child.once("error", resolve).once("exit", resolve);
  });
  child.unref();
  await log.close();
  const pid = child.pid;
  if (pid === undefined) return { pid: 0, failure: String(await ended) };
  const isListening = waitForPidFile(cluster, pid);
  const first = await Promise.race([ended.then(() => "ended"), isListening]);
  if (first !== "ended") return { pid, failure: null };
  const text = await fs.readFile(logFile);
  return { pid, failure: lastLines(text.subarray(size).toString(), 30) };
}

/**
 * @param {string} cluster
 * @param {number} pid
 */
async function waitForPidFile(cluster, pid) {
  const file = path.join(cluster, "postmaster.pid");
  while (isRunning(pid)) {
    const found = await readPidFile(file);
    if (found.pid === pid && found.port > 0 && found.isListening) return;
    await sleep(20);
  }
  await sleep(1_000); // the exit event comes first
}

/**
 * @param {string} file postmaster.pid: process, folder, start time, port, socket folder, address, memory key, status
 * @returns {Promise<{ pid: number, port: number, isListening: boolean }>} zeros when there is none
 */
async function readPidFile(file) {
  try {
    const lines = (await fs.readFile(file, "utf8")).split("\n");
    return {
      pid: Number(lines[0]) || 0,
      port: Number(lines[3]) || 0,
      isListening: (lines[5] ?? "").trim() !== "",
    };
  } catch (error) {
    if (codeOf(error) === "ENOENT")
      return { pid: 0, port: 0, isListening: false };
    throw error;
  }
}

/** @param {string} file */
async function openLog(file) {
  const stat = await fs.stat(file).catch(() => null);
  if (stat && stat.size > LOG_BYTES) await fs.rename(file, `${file}.old`);
  return fs.open(file, "a", 0o600);
}

/** @returns {Promise<number>} */
async function findFreePort() {
  const server = net.createServer();
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve(null));
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string")
    throw new Error("A TCP server has an address with a port");
  return address.port;
}

/**
 * @param {number} pid
 * @param {number} timeoutMs
 */
async function hasEnded(pid, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

/** @param {number} pid */
function exists(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @param {string} cluster */
function processesIn(cluster) {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => pid > 0 && worksIn(pid, cluster));
  } catch {
    return []; // no /proc here: PostgreSQL's own check of its shared memory has to do
  }
}

/** @param {string} cluster */
function leftOver(cluster) {
  const pids = processesIn(cluster).join(" ");
  return new Problem(
    `Processes of a PostgreSQL that died still work on ${cluster}.`,
    { advice: `end them (kill -9 ${pids}) and try again.` },
  );
}
