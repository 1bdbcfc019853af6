import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Runs a task on `DATABASE_URL`, or, where the environment has none, on a PostgreSQL that lives
 * in a temporary folder only as long as the task.
 * @param {(databaseUrl: string) => Promise<T>} run
 * @returns {Promise<T>} what the task returns
 * @template T
 */
export async function withDatabase(run) {
  if (process.env.DATABASE_URL) return run(process.env.DATABASE_URL);
  // Loaded only here: an installation that brings its own database may lack the embedded one.
  const { startPostgres } = await import("./postgres.mjs");
  const folder = await mkdtemp(path.join(tmpdir(), "tollkeeper-db-"));
  try {
    const postgres = await startPostgres({
      dataDir: folder,
      database: "tollkeeper",
      durable: false,
      log: () => {},
    });
    try {
      return await run(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
