import pg from "pg";
import { env } from "@/platform/env";

/** Runs one statement; the answer is its rows. */
export type Run = <T extends pg.QueryResultRow>(
  text: string,
  values?: unknown[],
) => Promise<T[]>;

/** Run statements that take minutes, on a connection of their own without timeouts: seeds, upkeep. */
export async function bulk<T>(work: (run: Run) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    options: "-c TimeZone=UTC",
  });
  client.on("error", () => {}); // the statement that is under way says so
  await client.connect();
  try {
    return await work(
      async <R extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
        (await client.query<R>(text, values)).rows,
    );
  } finally {
    await client.end();
  }
}
