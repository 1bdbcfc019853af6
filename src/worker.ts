import { Worker } from "node:worker_threads";
import { startMetricsServer } from "@/http/metrics";
import { moduleJobs } from "@/jobs";
import { assertDatabase, disconnect } from "@/platform/db";
import { startWorker } from "@/platform/jobs";
import { log } from "@/platform/log";
import { startThreadsBy } from "@/platform/threads";

// Runs jobs apart from the web, beside servers with WORKER_MODE=off.
try {
  startThreadsBy(
    (name) => new Worker(new URL(`./${name}.mjs`, import.meta.url)),
  );
  await assertDatabase();
  const metrics = await startMetricsServer();
  const worker = await startWorker(moduleJobs);
  log().info("working");
  const stop = () => {
    metrics?.close();
    void worker
      .stop()
      .then(disconnect)
      .finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}
