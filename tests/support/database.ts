import pg from "pg";
import { disconnect } from "@/platform/db";
import { connect, dropDatabase } from "../../scripts/lib/database-client.mjs";

/** The test file's own database; `query` sees it past the app. */
export type TestDatabase = {
  url: string;
  query<T extends pg.QueryResultRow>(
    sql: string,
    values?: unknown[],
  ): Promise<T[]>;
};

/**
 * Gives the test file a migrated, empty database, which DATABASE_URL names already at import. Call
 * it once, at the top of the file; the database goes when the file is done.
 */
export function useDatabase(): TestDatabase {
  const url = setting("DATABASE_URL");
  const name = new URL(url).pathname.slice(1);
  const template = setting("TEST_DATABASE_TEMPLATE");
  let pool: pg.Pool;
  beforeAll(async () => {
    await onServer((client) =>
      client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`),
    );
    pool = new pg.Pool({
      connectionString: url,
      max: 4,
      options: "-c TimeZone=UTC",
    });
    pool.on("error", () => {}); // the next query on it says so
  }, 60_000);
  afterAll(async () => {
    await disconnect();
    await pool.end();
    await onServer((client) => dropDatabase(client, name));
  }, 60_000);
  return {
    url,
    query: async <T extends pg.QueryResultRow>(
      sql: string,
      values?: unknown[],
    ) => (await pool.query<T>(sql, values)).rows,
  };
}

async function onServer(
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = await connect(setting("TEST_DATABASE_SERVER"));
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run tests by npm test.`);
  return value;
}
