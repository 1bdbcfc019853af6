import pg from "pg";
import { env } from "../env";

/** A connection without timeouts, for all of the database at once. The caller ends it. */
export async function openClient(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    options: "-c TimeZone=UTC",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => {}); // the statement that is under way says so
  await client.connect();
  return client;
}
