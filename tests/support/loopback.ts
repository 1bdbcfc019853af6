import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Has a server listen on a free port of loopback. `close` also ends its open connections. */
export async function onLoopback(server: Server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // Safe: it listens on TCP.
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  // A connection that was on its way appears only now: hence again, until all are gone.
  const timer = setInterval(() => server.closeAllConnections(), 20);
  server.closeAllConnections();
  await closed;
  clearInterval(timer);
}
