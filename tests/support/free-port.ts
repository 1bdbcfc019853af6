import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** A port of loopback that nothing listens on, less than `below`. */
export async function freePort(below = 65_536): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo; // Safe: it listens on TCP.
  probe.close();
  await once(probe, "close");
  return port < below ? port : freePort(below);
}
