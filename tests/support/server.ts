import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { NODE_FLAGS } from "../../scripts/lib/node-flags.mjs";
import { build } from "./build";
import { freePort } from "./free-port";

const ROOT = path.resolve(__dirname, "../..");

/** The built app, running as a process of its own. */
export type AppServer = {
  /** http://127.0.0.1:PORT, without a slash at the end */
  url: string;
  pid: number;
  /** what it printed so far */
  output(): string;
  /** SIGTERM; resolves with its exit code (null when it had to be killed after 30 s) */
  stop(): Promise<number | null>;
  /** SIGKILL, as if it crashed */
  kill9(): Promise<void>;
};

/**
 * Builds the app when the build is stale, starts it on a free port, and waits until it is ready.
 * @param settings its environment beside that of the test, DATABASE_URL's included
 * @throws when it exits or is not ready within 60 s, with what it printed
 */
export async function startServer(
  settings: Record<string, string> = {},
): Promise<AppServer> {
  await build("ensureBuilt");
  const port = settings["PORT"] ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const { JEST_WORKER_ID: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [...NODE_FLAGS, ".build/server.mjs"], {
    cwd: ROOT,
    env: {
      ...inherited,
      NODE_ENV: "production",
      LOG_LEVEL: "info",
      HOST: "127.0.0.1",
      PORT: port,
      APP_URL: url,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const server = follow(child, url);
  try {
    await waitUntilReady(server, child);
  } catch (error) {
    await server.kill9();
    throw error;
  }
  return server;
}

function follow(child: ChildProcess, url: string): AppServer {
  let output = "";
  const keep = (chunk: Buffer) => (output += chunk.toString());
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const exited = once(child, "exit");
  const kill9 = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    kill9,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
      await exited;
      clearTimeout(timer);
      return child.exitCode;
    },
  };
}

async function waitUntilReady(server: AppServer, child: ChildProcess) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(
        `The server exited with ${child.exitCode}:\n${server.output()}`,
      );
    const isReady = await fetch(`${server.url}/api/v1/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server was not ready within 60 s:\n${server.output()}`);
}
