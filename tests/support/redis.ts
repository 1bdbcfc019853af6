import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "redis";
import { redis } from "@/platform/redis";
import { freePort } from "./free-port";

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

/** Resolves when the process's client is connected. */
export async function redisIsReady(): Promise<void> {
  for (let i = 0; i < 500; i++) {
    const client = await redis();
    const answer = client?.eval("return 1", { keys: ["ready"], arguments: [] });
    if ((await answer?.catch(() => 0)) === 1) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error("Redis does not answer");
}

/** A Redis Cluster of three nodes on loopback, each with a third of the slots. */
export async function startRedisCluster() {
  const folder = await mkdtemp(path.join(tmpdir(), "tollkeeper-redis-"));
  const nodes = await Promise.all(
    [0, 1, 2].map(async (i) => {
      const port = await freePort(50_000);
      const server = spawn(
        "redis-server",
        [
          ...["--port", String(port), "--bind", "127.0.0.1", "--save", ""],
          ...["--cluster-enabled", "yes", "--dir", folder],
          ...["--cluster-config-file", `nodes-${i}.conf`],
        ],
        { stdio: ["ignore", "pipe", "ignore"] },
      );
      for await (const line of server.stdout)
        if (String(line).includes("Ready to accept connections")) break;
      server.stdout.resume();
      const client = createClient({ url: `redis://127.0.0.1:${port}` });
      client.on("error", () => {});
      await client.connect();
      const [from, to] =
        [
          [0, 5_460],
          [5_461, 10_922],
          [10_923, 16_383],
        ][i] ?? [];
      await client.sendCommand([
        ...["CLUSTER", "ADDSLOTSRANGE", String(from), String(to)],
      ]);
      return { port, server, client };
    }),
  );
  const [first] = nodes;
  for (const { client } of nodes)
    await client.sendCommand([
      ...["CLUSTER", "MEET", "127.0.0.1", String(first?.port)],
    ]);
  for (const { client } of nodes)
    while (!(await isWhole(client)))
      await new Promise((done) => setTimeout(done, 50));
  return {
    url: `redis://127.0.0.1:${first?.port}`,
    /** what a node holds, by node */
    keys: () => Promise.all(nodes.map(({ client }) => client.keys("*"))),
    stop: async () => {
      for (const { client, server } of nodes) {
        client.destroy();
        server.kill("SIGKILL");
        await once(server, "exit");
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isWhole(client: {
  sendCommand(args: string[]): Promise<unknown>;
}): Promise<boolean> {
  const info = String(await client.sendCommand(["CLUSTER", "INFO"]));
  return (
    info.includes("cluster_state:ok") && info.includes("cluster_known_nodes:3")
  );
}
