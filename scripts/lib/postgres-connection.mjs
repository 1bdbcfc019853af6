import { setTimeout as sleep } from "node:timers/promises";
import { ROLE } from "./postgres-cluster.mjs";
import { codeOf, Problem } from "./problem.mjs";
import { isRunning } from "./process-identity.mjs";

const PATIENCE_MS = 30_000;
const RECOVERY_MS = 600_000;

/**
 * Proves that the server runs, that it is ours, and lets us in.
 * @param {import("./postgres-server.mjs").Server} server
 * @param {string} password
 * @param {(line: string) => void} log
 * @returns {Promise<boolean>} false when it has ended meanwhile
 * @throws {Problem} when it runs and does not let us in
 */
export async function waitForAnswer(server, password, log) {
  const begun = Date.now();
  let isTold = false;
  for (;;) {
    const error = await query(server, password, "SELECT 1").then(
      () => null,
      (reason) => reason,
    );
    if (error === null) return true;
    if (!isRunning(server.pid)) return false;
    const waited = Date.now() - begun;
    const isRecovering = codeOf(error) === "57P03";
    if (isRecovering && waited > 2_000 && !isTold) {
      isTold = true;
      log("PostgreSQL was not stopped in order and is recovering: waiting");
    }
    if (isFinal(error) || waited > (isRecovering ? RECOVERY_MS : PATIENCE_MS))
      throw noAnswer(server, error);
    await sleep(30);
  }
}

/**
 * Makes a database where there is none of that name.
 * @param {import("./postgres-server.mjs").Server} server
 * @param {string} password
 * @param {string} name
 */
export async function ensureDatabase(server, password, name) {
  const sql = "SELECT 1 FROM pg_database WHERE datname = $1";
  const rows = await query(server, password, sql, [name]);
  if (rows.length > 0) return;
  const quoted = `"${name.replaceAll('"', '""')}"`;
  await query(server, password, `CREATE DATABASE ${quoted}`);
}

/**
 * @param {import("./postgres-server.mjs").Server} server
 * @param {string} password
 * @param {string} database
 * @returns {string} postgres://…
 */
export function urlOf({ port }, password, database) {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** @param {unknown} error */
function isFinal(error) {
  return ["28P01", "28000"].includes(codeOf(error) ?? "");
}

/**
 * @param {import("./postgres-server.mjs").Server} server
 * @param {unknown} error
 */
function noAnswer({ pid, port }, error) {
  const isRefused = isFinal(error);
  return new Problem(
    isRefused
      ? "PostgreSQL runs, but does not accept the password in secrets.json."
      : `PostgreSQL (process ${pid}, port ${port}) does not let us connect.`,
    {
      output: String(error),
      advice: isRefused
        ? "put back the secrets.json that belongs to this data folder."
        : `if it is left over from an earlier run, end it with kill ${pid} and try again; postgres.log in the data folder says more.`,
      cause: error,
    },
  );
}

/**
 * @param {import("./postgres-server.mjs").Server} server
 * @param {string} password
 * @param {string} sql
 * @param {unknown[]} [values]
 * @returns {Promise<unknown[]>}
 */
async function query(server, password, sql, values) {
  // Not imported above: a script must be able to load this file before packages are installed.
  const { default: pg } = await import("pg");
  const client = new pg.Client({
    connectionString: urlOf(server, password, "postgres"),
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => {}); // the query tells
  try {
    await client.connect();
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
