import pg from "pg";
import { env } from "@/platform/env";
import { log } from "@/platform/log";
import { singleton } from "@/platform/singleton";
import { watchPool } from "./pool-metrics";
import { PrismaClient, type Prisma } from "./generated/client";
import { PrismaPgInTurn } from "./in-turn";

/** The Prisma client, or the client of a transaction: the same queries run on both. */
export type Db = Prisma.TransactionClient;

// On a database whose zone is not UTC the adapter stores every timestamptz shifted.
const session = "-c TimeZone=UTC";

/** Milliseconds that the database may take before the caller gets a 503. */
const patience = () => env().DATABASE_WAIT_SECONDS * 1_000;

/** The process's Prisma client. */
export function prisma(): PrismaClient {
  return singleton("prisma", () => {
    const adapter = new PrismaPgInTurn(
      {
        connectionString: env().DATABASE_URL,
        options: session,
        max: env().DATABASE_POOL,
        connectionTimeoutMillis: patience(),
        query_timeout: 10_000,
        statement_timeout: 10_000,
        idle_in_transaction_session_timeout: 15_000,
      },
      { onPoolError: logLost, onConnectionError: logLost },
    );
    return new PrismaClient({
      adapter,
      transactionOptions: { maxWait: patience(), timeout: 10_000 },
    });
  });
}

/**
 * Run a named prepared statement on the pool of the hot paths.
 * Rejects when the database has not answered within DATABASE_WAIT_SECONDS.
 */
export async function sql<T extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
): Promise<T[]> {
  const result = await hotPool().query<T>({ name, text, values });
  return result.rows;
}

/** Close the process's connections, at shutdown and at the end of a test file. */
export async function disconnect(): Promise<void> {
  await Promise.all([prisma().$disconnect(), hotPool().end()]);
}

/** Throws unless the database answers, in UTC. */
export async function assertDatabase(): Promise<void> {
  const [row] = await prisma().$queryRaw<
    { zone: string; version: number }[]
  >`SELECT current_setting('TimeZone') AS zone, current_setting('server_version_num')::int AS version`;
  if (row?.zone !== "UTC")
    throw new Error(`The database session is in ${row?.zone}, not in UTC.`);
  if (row.version < 150_000)
    throw new Error("PostgreSQL 15 or later is needed.");
}

/** The pool of the hot paths and of small counters. */
export function hotPool(): pg.Pool {
  return singleton("hot-pool", () => {
    const pool = new pg.Pool({
      connectionString: env().DATABASE_URL,
      options: session,
      max: 6,
      connectionTimeoutMillis: patience(),
      query_timeout: patience(),
      statement_timeout: patience(),
    });
    pool.on("error", logLost);
    return watchPool("hot", pool);
  });
}

function logLost(error: Error): void {
  log().warn({ reason: error.message }, "lost a database connection");
}
