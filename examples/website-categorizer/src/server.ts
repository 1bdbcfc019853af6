import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createService } from "./service";
import { readSettings, SettingsError } from "./settings";

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
  // Loaded only when it is wanted: without it, the service knows nothing of Tollkeeper.
  const guard = settings.tollkeeper
    ? (await import("./guard")).createGuard(settings.tollkeeper)
    : undefined;
  const service = createService(settings, guard?.protect);
  const server = createServer((request, response) => {
    void service(request, response);
  });
  server.on("error", (error) => {
    console.error(`Cannot listen on port ${settings.port}: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(settings.port, settings.host, () => {
    const { port } = server.address() as AddressInfo; // Safe: it listens on TCP.
    console.log(
      JSON.stringify({
        msg: "listening",
        url: `http://${settings.host}:${port}`,
        customer_management: guard !== undefined,
        classifier: settings.model ? "model" : "keywords",
      }),
    );
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      server.close(() => void guard?.close());
      setTimeout(() => server.closeAllConnections(), 20_000).unref();
    });
}
