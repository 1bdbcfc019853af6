import pg from "pg";
import { Problem } from "./problem.mjs";

/**
 * One connection to a database; the caller ends it.
 * @param {string} databaseUrl a postgres:// address
 * @returns {Promise<pg.Client>}
 * @throws {Problem} when nothing answers there within 10 s
 */
export async function connect(databaseUrl) {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {}); // the next query on it says so
  try {
    await client.connect();
  } catch (cause) {
    const { hostname, port, pathname } = new URL(databaseUrl);
    const place = `${hostname}:${port || 5432}${pathname}`;
    throw new Problem(`Cannot connect to the database ${place}.`, {
      output: cause.message || cause.code,
      advice: "check DATABASE_URL, and that PostgreSQL runs.",
      cause,
    });
  }
  return client;
}

/**
 * Drops a database, ending what is connected to it as the same role. (Its own FORCE fails while
 * autovacuum, which is a superuser, is at work in it.)
 * @param {pg.Client} client connected to another database of the server
 * @param {string} name
 */
export async function dropDatabase(client, name) {
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = current_user",
    [name],
  );
  await client.query(`DROP DATABASE ${client.escapeIdentifier(name)}`);
}
