import pg from "pg";
import { env } from "@/platform/env";

/** Run statements that take minutes, on a connection of their own without timeouts: seeds, upkeep. */
export async function bulk(
  work: (
    run: (text: string, values?: unknown[]) => Promise<void>,
  ) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    options: "-c TimeZone=UTC",
  });
  await client.connect();
  try {
    await work(async (text, values) => {
      await client.query(text, values);
    });
  } finally {
    await client.end();
  }
}
