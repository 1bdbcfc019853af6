import pg from "pg";
import { env } from "@/platform/env";

/** Runs one statement; the answer is its rows. */
export type Run = <T extends pg.QueryResultRow>(
  text: string,
  values?: unknown[],
) => Promise<T[]>;

/** A connection of one's own, apart from the pools and without their timeouts. The caller ends it. */
export async function openClient(
  settings: pg.ClientConfig = {},
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    options: "-c TimeZone=UTC",
    connectionTimeoutMillis: 5_000,
    ...settings,
  });
  client.on("error", () => {}); // the statement that is under way says so
  await client.connect();
  return client;
}

/** Run statements on such a connection, which ends with them. */
export async function onClient<T>(
  settings: pg.ClientConfig,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const client = await openClient(settings);
  try {
    return await work(
      async <R extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
        (await client.query<R>(text, values)).rows,
    );
  } finally {
    await client.end().catch(() => {});
  }
}
