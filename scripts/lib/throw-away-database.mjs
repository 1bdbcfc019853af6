import { makeTemporaryFolder } from "./temporary-folder.mjs";

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
  const { folder, remove } = await makeTemporaryFolder("database");
  try {
    const postgres = await startPostgres({
      dataDir: folder,
      durable: false,
      log: () => {},
    });
    try {
      return await run(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await remove();
  }
}
