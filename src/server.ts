import next from "next";
import { createServer, type RequestListener, type Server } from "node:http";
import { Worker } from "node:worker_threads";
import { frontListener } from "@/http/front";
import { startMetricsServer } from "@/http/metrics";
import { moduleJobs } from "@/jobs";
import { issueSetupToken } from "@/modules/identity";
import { startMailReceiver } from "@/modules/support";
import { ensureUsagePartitions, flushRefusals } from "@/modules/usage";
import { assertDatabase, disconnect } from "@/platform/db";
import { env, equipLibraries } from "@/platform/env";
import { startWorker, systemCtx } from "@/platform/jobs";
import { lifecycle } from "@/platform/lifecycle";
import { listen } from "@/platform/listen";
import { log } from "@/platform/log";
import { closeRedis, redis } from "@/platform/redis";
import { startThreadsBy } from "@/platform/threads";

// Next by itself waits minutes for a slow client; these cut it off.
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
};
const drainMilliseconds = 20_000;

await main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});

async function main(): Promise<void> {
  const { HOST, PORT, NODE_ENV, WORKER_MODE } = env();
  equipLibraries();
  startThreadsBy(
    (name) => new Worker(new URL(`./${name}.mjs`, import.meta.url)),
  );
  await assertDatabase();
  await ensureUsagePartitions(systemCtx("boot"));
  void redis(); // connects, so that it is there for the first call
  const app = next({ dev: NODE_ENV === "development", quiet: true });
  const server = createServer(timeouts);
  // Taken first, so that a busy port is known before the slow part of the start.
  await listen(server, PORT, HOST, "PORT");
  await startMetricsServer();
  const wait: RequestListener = (_, response) =>
    response.writeHead(503, { "retry-after": "1" }).end();
  server.on("request", wait);
  await app.prepare();
  server.off("request", wait);
  const front = frontListener(app.getRequestHandler());
  server.on("request", (request, response) => void front(request, response));
  const upgrade = app.getUpgradeHandler();
  server.on("upgrade", (request, socket, head) => {
    void upgrade(request, socket, head);
  });
  const mails = await startMailReceiver();
  const worker =
    WORKER_MODE === "inline"
      ? await startWorker(moduleJobs, { isInline: true })
      : null;
  drainOnSignal(server, async () => {
    await mails?.stop();
    await flushRefusals();
    await worker?.stop();
    await app.close();
    await disconnect();
    await closeRedis();
  });
  log().info({ url: env().APP_URL, port: PORT }, "listening");
  await offerSetup(10);
}

function drainOnSignal(server: Server, close: () => Promise<void>): void {
  const drain = () => {
    if (lifecycle().isDraining) return;
    lifecycle().isDraining = true;
    log().info("draining");
    const cut = setTimeout(
      () => server.closeAllConnections(),
      drainMilliseconds,
    );
    server.close(() => {
      clearTimeout(cut);
      const late = setTimeout(() => process.exit(1), 4_000);
      void close()
        .catch((error: unknown) => log().error({ err: error }, "close"))
        .finally(() => {
          clearTimeout(late);
          process.exit(0);
        });
    });
    server.closeIdleConnections();
  };
  process.on("SIGTERM", drain);
  process.on("SIGINT", drain);
}

// A machine that is busy starting can be too slow for the first transaction: no reason to stop.
async function offerSetup(attempts: number): Promise<void> {
  try {
    const token = await issueSetupToken(systemCtx("boot"));
    if (token)
      process.stderr.write(
        `\nNobody owns this installation yet. Make the first owner, within 24 hours, at\n  ${env().APP_URL}/set-up?token=${token}\n\n`,
      );
  } catch (error) {
    if (lifecycle().isDraining) return;
    if (attempts > 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return offerSetup(attempts - 1);
    }
    log().error({ err: error }, "no set-up link: npm run cli -- set-up-link");
  }
}
