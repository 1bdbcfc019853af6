import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "./problem.mjs";
import { ROOT } from "./project-root.mjs";
import { beforeExit, isStopping } from "./shutdown.mjs";

const PRELOAD = pathToFileURL(
  path.join(import.meta.dirname, "stop-with-parent.mjs"),
).href;
const GRACE_MS = 5_000;

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Ending */

/**
 * @typedef {object} Child
 * @property {Promise<Ending>} ended
 * @property {() => Promise<void>} stop
 * @property {import("node:stream").Readable | null} stdout
 * @property {import("node:stream").Readable | null} stderr
 */

/**
 * Starts a Node program that ends no later than this script. It has a process group of its own, so that a Ctrl-C
 * in the terminal reaches only the script, which stops things in order. An interactive one shares our terminal instead.
 * @param {string[]} args of node: a script and its arguments
 * @param {{ env?: NodeJS.ProcessEnv, output: "pipe" | "inherit" | "interactive" | number, graceMs?: number }} options
 *   `graceMs`: how long it may take to stop before it is killed
 * @returns {Child}
 */
export function startNode(args, { env, output, graceMs = GRACE_MS }) {
  const isInteractive = output === "interactive";
  const child = isInteractive
    ? spawn(process.execPath, args, {
        env: { ...process.env, ...env },
        stdio: "inherit",
      })
    : spawn(process.execPath, ["--import", PRELOAD, ...args], {
        cwd: ROOT,
        detached: true,
        env: { ...process.env, ...env, SCRIPT_PID: String(process.pid) },
        stdio: ["pipe", output, output],
      });
  /** @type {Promise<Ending>} */
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  child.stdin?.on("error", () => {}); // it may end first
  const kill = () => killNow(child.pid, isInteractive);
  const stop = async () => {
    child.kill("SIGTERM");
    await Promise.race([ended, sleep(graceMs, null, { ref: false })]);
    kill();
    await ended;
  };
  const forget = beforeExit({ stop, force: kill });
  ended.then(forget, forget);
  return { ended, stop, stdout: child.stdout, stderr: child.stderr };
}

/**
 * Runs a Node program to its end.
 * @param {string[]} args
 * @param {{ name: string, advice: string, env?: NodeJS.ProcessEnv }} options `name`: the command as a person would
 *   type it
 * @returns {Promise<string>} what it printed on stdout
 * @throws {Problem} with what it said, when it fails
 */
export async function runNode(args, { name, advice, env = {} }) {
  const child = startNode(args, { env, output: "pipe" });
  let stdout = "";
  let all = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
    all += chunk;
  });
  child.stderr?.on("data", (chunk) => (all += chunk));
  const { code, signal } = await child.ended;
  if (code === 0) return stdout;
  throw new Problem(
    isStopping()
      ? "Interrupted."
      : `It ended with ${signal ?? `code ${code}`}.`,
    { command: name, output: all, advice },
  );
}

/**
 * @param {number | undefined} pid
 * @param {boolean} isInteractive one that has no group of its own
 */
function killNow(pid, isInteractive) {
  if (pid === undefined) return;
  try {
    process.kill(isInteractive ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
