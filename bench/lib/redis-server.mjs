import { spawn } from "node:child_process";
import { once } from "node:events";
import { Problem } from "../../scripts/lib/problem.mjs";
import { beforeExit } from "../../scripts/lib/shutdown.mjs";

/**
 * A Redis on loopback that loses a second's changes at most, as a shop would run it. It ends with
 * the script.
 * @param {number} port
 * @param {string} folder
 * @returns {Promise<string>} its address
 * @throws {Problem} when there is no redis-server
 */
export async function startRedis(port, folder) {
  const server = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder].concat([
      "--save",
      "",
      "--appendonly",
      "yes",
      "--appendfsync",
      "everysec",
    ]),
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const kill = () => void server.kill("SIGKILL");
  beforeExit({ stop: async () => kill(), force: kill });
  const failed = once(server, "error").then(([error]) => {
    throw new Problem(`redis-server did not start: ${error.message}.`, {
      advice: "install it (apt-get install redis-server).",
    });
  });
  const ready = (async () => {
    for await (const line of server.stdout)
      if (String(line).includes("Ready to accept connections")) return;
  })();
  await Promise.race([ready, failed]);
  server.stdout.resume();
  return `redis://127.0.0.1:${port}`;
}
