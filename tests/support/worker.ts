import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { NODE_FLAGS } from "../../scripts/lib/node-flags.mjs";
import { build } from "./build";

const ROOT = path.resolve(__dirname, "../..");

/** The built worker, running as a process of its own. */
export type WorkerProcess = {
  /** SIGKILL, as if it crashed */
  kill9(): Promise<void>;
};

/** Builds the worker when the build is stale, and starts it on the test's database. */
export async function startWorkerProcess(): Promise<WorkerProcess> {
  return startProgram(["worker"]);
}

/** The same with a program of the build and its arguments. */
export async function startProgram([
  name = "",
  ...args
]: string[]): Promise<WorkerProcess> {
  await (built ??= build("ensureBundles"));
  const { JEST_WORKER_ID: _, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, `.build/${name}.mjs`, ...args],
    {
      cwd: ROOT,
      env: { ...inherited, NODE_ENV: "development", LOG_LEVEL: "info" },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const exited = once(child, "exit");
  return {
    async kill9() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

// Once for a file: nobody changes the sources meanwhile.
let built: Promise<unknown> | undefined;
