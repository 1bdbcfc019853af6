import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

export type RunningService = {
  url: string;
  /** One call to /categorize. */
  categorize: (address: string, key?: string) => Promise<Answer>;
  /** Stop it; it reports what it has not yet reported. */
  stop: () => Promise<void>;
};

export type Answer = {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
};

/** Start the service as its users would, on a free port. */
export async function startService(
  settings: Record<string, string>,
): Promise<RunningService> {
  const { TOLLKEEPER_URL: _, TOLLKEEPER_TOKEN: __, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "server.js")],
    {
      env: {
        ...inherited,
        PORT: "0",
        HOST: "127.0.0.1",
        ALLOW_PRIVATE_HOSTS: "true",
        ...settings,
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const url = await listening(child);
  return {
    url,
    categorize: (address, key) => categorize(url, address, key),
    stop: async () => {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The service has no output to read.");
  for await (const line of createInterface(child.stdout)) {
    const url: unknown = /"url":"([^"]+)"/.exec(line)?.[1];
    if (typeof url === "string") return url;
  }
  throw new Error("The service did not start.");
}

async function categorize(
  url: string,
  address: string,
  key: string | undefined,
): Promise<Answer> {
  const response = await fetch(
    `${url}/categorize?url=${encodeURIComponent(address)}`,
    key ? { headers: { authorization: `Bearer ${key}` } } : {},
  );
  const body = (await response.json()) as Record<string, unknown>; // Safe: every answer is an object.
  return { status: response.status, headers: response.headers, body };
}
