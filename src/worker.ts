import { moduleJobs } from "@/jobs";
import { assertDatabase, disconnect } from "@/platform/db";
import { startWorker } from "@/platform/jobs";
import { log } from "@/platform/log";

// Runs jobs apart from the web, beside servers with WORKER_MODE=off.
try {
  await assertDatabase();
  const worker = await startWorker(moduleJobs);
  log().info("working");
  const stop = () => {
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
