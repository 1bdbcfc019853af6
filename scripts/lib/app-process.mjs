import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { startNode } from "./child-process.mjs";
import { NODE_FLAGS } from "./node-flags.mjs";
import { lastLines, Problem } from "./problem.mjs";
import { isStopping } from "./shutdown.mjs";

const DRAIN_MS = 27_000; // the app gives itself 25 s
const READY_MS = 90_000;
const LOG_BYTES = 20_000_000;

/**
 * @typedef {object} App
 * @property {Promise<Problem | null>} ended why it ended, or null when it was told to
 * @property {() => Promise<void>} stop has it finish what it began
 */

/**
 * Starts one of the app's programs.
 * @param {{ program: string, env: NodeJS.ProcessEnv, logFile?: string, graceMs?: number }} options `program`: a bundle;
 *   `logFile`: where its output goes instead of to ours; `graceMs`: how long it may take to stop
 * @returns {App}
 */
export function startApp({ program, env, logFile, graceMs = DRAIN_MS }) {
  const log = logFile === undefined ? null : openLog(logFile);
  const child = startNode([...NODE_FLAGS, program], {
    env,
    output: log?.fd ?? "inherit",
    graceMs,
  });
  if (log) closeSync(log.fd);
  let isTold = false;
  const ended = child.ended.then(({ code, signal }) => {
    if (isTold || isStopping()) return null;
    return new Problem(`The server stopped (${signal ?? `code ${code}`}).`, {
      output: log ? wordsSince(log) : "",
      advice: log
        ? `see ${log.file}, mend what it says, and start again.`
        : "mend what it says above, and start again.",
    });
  });
  return {
    ended,
    stop() {
      isTold = true;
      return child.stop();
    },
  };
}

/**
 * @param {App} app
 * @param {{ HOST: string, PORT: string }} env of the app
 * @throws {Problem} when it ends, or is not ready within 90 s
 */
export async function waitUntilReady(app, env) {
  let problem = /** @type {Problem | null | undefined} */ (undefined);
  void app.ended.then((why) => (problem = why));
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline;) {
    if (await isReady(env)) return;
    if (problem) throw problem;
    if (problem === null) throw new Problem("Interrupted.");
    await sleep(50);
  }
  throw new Problem(`The server was not ready within ${READY_MS / 1000} s.`, {
    command: `curl ${addressOf(env)}/api/v1/health/ready`,
    advice: "see its log; a very slow machine may need another try.",
  });
}

/**
 * Waits for the app's end, which is in order when somebody stops this script.
 * @param {App} app
 * @throws {Problem} when it ends by itself
 */
export async function runApp(app) {
  process.exitCode = 0;
  const problem = await app.ended;
  if (problem) throw problem;
}

/** @param {{ HOST: string, PORT: string }} env */
async function isReady(env) {
  try {
    const { ok } = await fetch(`${addressOf(env)}/api/v1/health/ready`, {
      signal: AbortSignal.timeout(2_000),
    });
    return ok;
  } catch {
    return false;
  }
}

/** @param {{ HOST: string, PORT: string }} env */
function addressOf({ HOST, PORT }) {
  const host = ["0.0.0.0", "::"].includes(HOST) ? "127.0.0.1" : HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${PORT}`;
}

/**
 * A file, not a pipe: the app can still write its last words when the script is gone.
 * @param {string} file
 */
function openLog(file) {
  const before = sizeOf(file);
  const isLarge = before > LOG_BYTES;
  if (isLarge) renameSync(file, `${file}.old`);
  return { file, fd: openSync(file, "a", 0o600), begin: isLarge ? 0 : before };
}

/** @param {{ file: string, begin: number }} log */
function wordsSince({ file, begin }) {
  return lastLines(readFileSync(file).subarray(begin).toString(), 20);
}

/** @param {string} file */
function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
