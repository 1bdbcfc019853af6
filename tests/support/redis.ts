import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

const hasServer = (() => {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** `describe` where there is a redis-server; elsewhere its tests are skipped, and say why. */
export const describeWithRedis = hasServer
  ? describe
  : (name: string, tests: () => void) =>
      describe.skip(`${name} (there is no redis-server: install it)`, tests);

/** A Redis of the test's own, on loopback, that keeps nothing. */
export async function startRedis() {
  const port = await freePort();
  let server: ChildProcess | null = null;
  const start = async () => {
    server = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", ""],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    for await (const line of server.stdout ?? [])
      if (String(line).includes("Ready to accept connections")) break;
  };
  const stop = async () => {
    if (!server) return;
    server.kill("SIGKILL");
    await once(server, "exit");
    server = null;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    /** stops it from answering, with its connections open; false lets it go on */
    freeze: (isFrozen: boolean) =>
      server?.kill(isFrozen ? "SIGSTOP" : "SIGCONT"),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo; // Safe: it listens on TCP.
  probe.close();
  await once(probe, "close");
  return port;
}
