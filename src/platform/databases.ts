import pg from "pg";
import { onClient, openClient, type Run } from "./db/client";
import { env } from "./env";

// Databases beside the app's own, on TENANT_DATABASE_URL's server.

const codes = { busy: "55006", exists: "42P04", raced: "23505" };

/** Whether there is a database of this name. */
export async function databaseExists(name: string): Promise<boolean> {
  return onServer(name, async (run) => isThere(run, name));
}

/**
 * Make a database, empty or a copy of `template`, whose connections are cut for that. One that
 * exists stays as it is: PostgreSQL makes a database whole or not at all.
 */
export async function createDatabase(
  name: string,
  template = "template0",
): Promise<void> {
  await onServer(name, async (run) => {
    if (await isThere(run, name)) return;
    try {
      const making = `CREATE DATABASE ${quoted(name)} TEMPLATE ${quoted(template)}`;
      await whenFree(run, template, making);
    } catch (error) {
      // Somebody else was as fast.
      if (![codes.exists, codes.raced].includes(codeOf(error))) throw error;
    }
  });
}

/** Drop a database and cut its connections; one that is not there is no error. */
export async function dropDatabase(name: string): Promise<void> {
  await onServer(name, (run) =>
    whenFree(run, name, `DROP DATABASE IF EXISTS ${quoted(name)}`),
  );
}

/** Give databases other names, all in one transaction; their connections are cut. */
export async function renameDatabases(
  renames: (readonly [from: string, to: string])[],
): Promise<void> {
  await onServer(renames[0]?.[0] ?? "", async (run) => {
    await run("BEGIN");
    for (const [from, to] of renames) {
      await cut(run, from);
      await run(`ALTER DATABASE ${quoted(from)} RENAME TO ${quoted(to)}`);
    }
    await run("COMMIT");
  });
}

/** Have a database take connections or refuse them; those that there are are cut. */
export async function allowConnections(
  name: string,
  isAllowed: boolean,
): Promise<void> {
  await onServer(name, async (run) => {
    const word = isAllowed ? "true" : "false";
    await run(`ALTER DATABASE ${quoted(name)} ALLOW_CONNECTIONS ${word}`);
    if (!isAllowed) await cut(run, name);
  });
}

/** Bytes on disk; null when there is no such database. */
export async function databaseSize(name: string): Promise<bigint | null> {
  return onServer(name, async (run) => {
    const [row] = await run<{ bytes: string }>(
      "SELECT pg_database_size(oid) AS bytes FROM pg_database WHERE datname = $1",
      [name],
    );
    return row ? BigInt(row.bytes) : null;
  });
}

/** Whether a database refuses connections; null when there is none. */
export async function refusesConnections(
  name: string,
): Promise<boolean | null> {
  return onServer(name, async (run) => {
    const [row] = await run<{ refuses: boolean }>(
      "SELECT NOT datallowconn AS refuses FROM pg_database WHERE datname = $1",
      [name],
    );
    return row?.refuses ?? null;
  });
}

/** The name of the app's own database, which nobody else may have. */
export function ownDatabase(): string {
  return decodeURIComponent(new URL(env().DATABASE_URL).pathname.slice(1));
}

/** Work inside of such a database, in one transaction. */
export async function inDatabase<T>(
  name: string,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  return onClient(settingsOf(addressOf(name)), async (run) => {
    await run("BEGIN");
    const result = await work(run);
    await run("COMMIT");
    return result;
  });
}

/**
 * Everything in a database as lines of JSON, as it was at one moment: for each table a line that
 * names it and its columns, then one for each row. Memory stays flat; a reader that stalls for a
 * minute loses it.
 */
export async function* databaseLines(name: string): AsyncGenerator<string> {
  const client = await openClient(settingsOf(addressOf(name)));
  try {
    await client.query("SET idle_in_transaction_session_timeout = 60000");
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows: tables } = await client.query<TableOf>(tablesOf);
    for (const { schema, table, columns } of tables) {
      yield `${JSON.stringify({ schema, table, columns })}\n`;
      const place = [schema, table].map((one) => pg.escapeIdentifier(one));
      await client.query(
        `DECLARE lines NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${place.join(".")} t`,
      );
      for (;;) {
        const { rows } = await client.query<{ line: string }>(
          "FETCH 500 FROM lines",
        );
        if (rows.length === 0) break;
        yield rows.map(({ line }) => `${line}\n`).join("");
      }
      await client.query("CLOSE lines");
    }
  } finally {
    await client.end().catch(() => {});
  }
}

type TableOf = { schema: string; table: string; columns: string[] };
const tablesOf = `
  SELECT n.nspname AS schema, c.relname AS "table",
    (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  ORDER BY 1, 2`;

function serverUrl(): string {
  return env().TENANT_DATABASE_URL ?? env().DATABASE_URL;
}

function addressOf(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

// A statement outlives the process that sent it: who comes next waits for its end.
function onServer<T>(name: string, work: (run: Run) => Promise<T>): Promise<T> {
  return onClient(settingsOf(serverUrl()), async (run) => {
    await run("SELECT pg_advisory_lock(hashtextextended($1, 7))", [name]);
    return work(run);
  });
}

function settingsOf(connectionString: string): pg.ClientConfig {
  return { connectionString, query_timeout: 10 * 60_000 };
}

async function isThere(run: Run, name: string): Promise<boolean> {
  const rows = await run("SELECT 1 FROM pg_database WHERE datname = $1", [
    name,
  ]);
  return rows.length > 0;
}

// Its own FORCE fails while autovacuum, which is a superuser, is at work in it.
async function whenFree(run: Run, name: string, sql: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if (name !== "template0") await cut(run, name);
    try {
      await run(sql);
      return;
    } catch (error) {
      if (codeOf(error) !== codes.busy || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function cut(run: Run, name: string): Promise<void> {
  await run(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1 AND usename = current_user AND pid <> pg_backend_pid()",
    [name],
  );
}

function quoted(name: string): string {
  if (!/^[A-Za-z0-9_.-]{1,63}$/.test(name))
    throw new Error(`${name} is no name for a database`);
  return `"${name}"`;
}

function codeOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? "") : "";
}
