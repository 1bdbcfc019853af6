import { rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { takeLock } from "./lock.mjs";
import { codeOf, Problem } from "./problem.mjs";
import { beforeExit } from "./shutdown.mjs";

const HOSTS = ["127.0.0.1", "::1"];
const LAST_PORT = 65_535;

/**
 * The port to listen on: the wanted one, or, unless the user named it, the next free one.
 * @param {{ wanted: number, isNamed: boolean, reserve?: boolean, log: (line: string) => void }} options `reserve`: until this
 *   script ends, for it alone, so that of two that start at once, one does not take the other's server for its own
 * @returns {Promise<number>}
 * @throws {Problem} when the named port is in use
 */
export async function choosePort({ wanted, isNamed, reserve, log }) {
  for (let port = wanted; port <= LAST_PORT; port += 1) {
    const isFree =
      (await isPortFree(port)) && (!reserve || (await reservePort(port)));
    if (isFree && port !== wanted)
      log(`port ${wanted} is in use: taking ${port}`);
    if (isFree) return port;
    if (isNamed) break;
  }
  throw new Problem(`Port ${wanted} is in use.`, {
    advice: "stop what uses it, or name another one with --port.",
  });
}

/** @param {number} port */
async function reservePort(port) {
  const name = `tollkeeper-${process.getuid?.() ?? "user"}-port-${port}.lock`;
  const file = path.join(tmpdir(), name);
  const holder = await takeLock(file);
  if (holder !== null) return holder === process.pid;
  const release = () => rmSync(file, { force: true });
  beforeExit({ stop: release, force: release });
  return true;
}

/**
 * Whether nothing listens on a port of this machine, on either address that "localhost" may mean.
 * @param {number} port
 */
async function isPortFree(port) {
  for (const host of HOSTS) {
    const failure = await tryToListen(port, host);
    if (failure === "EADDRINUSE") return false;
    if (failure === "EACCES")
      throw new Problem(`Port ${port} is not open to ordinary users.`, {
        advice: "name one above 1023 with --port.",
      });
  }
  return true;
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the code of the failure; a machine without IPv6 has others than "in use"
 */
function tryToListen(port, host) {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(codeOf(error) ?? "unknown"));
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
