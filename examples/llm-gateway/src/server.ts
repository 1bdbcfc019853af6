import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createTollkeeper } from "@tollkeeper/sdk";
import { createGateway } from "./gateway";
import { readSettings, SettingsError, type Settings } from "./settings";
import { startStandIn, type StandIn } from "./stand-in";

try {
  if (existsSync(".env")) process.loadEnvFile();
  await serve();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const settings = readSettings(process.env);
  const tollkeeper = connect(settings);
  const standIn: StandIn | undefined = settings.upstream
    ? undefined
    : await startStandIn();
  const upstream = settings.upstream ?? { url: standIn?.url ?? "", key: "" };
  const gateway = createGateway({ ...settings, tollkeeper, upstream });
  const server = createServer((request, response) => {
    void gateway(request, response);
  });
  server.on("error", (error) => {
    console.error(`Cannot listen on port ${settings.port}: ${error.message}`);
    standIn?.close();
    process.exitCode = 1;
  });
  server.listen(settings.port, settings.host, () => {
    const { port } = server.address() as AddressInfo; // Safe: it listens on TCP.
    const url = `http://${settings.host}:${port}`;
    const model = standIn ? "stand-in" : upstream.url;
    console.log(JSON.stringify({ msg: "listening", url, model }));
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      server.close(() => {
        standIn?.close();
        void tollkeeper.close();
      });
      setTimeout(() => server.closeAllConnections(), 20_000).unref();
    });
}

function connect({ tollkeeper }: Settings) {
  try {
    return createTollkeeper(tollkeeper);
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    throw new SettingsError(
      `TOLLKEEPER_URL or TOLLKEEPER_TOKEN is wrong: ${why}`,
    );
  }
}
