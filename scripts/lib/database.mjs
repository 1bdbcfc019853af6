import { startPostgres } from "./postgres.mjs";
import { Problem } from "./problem.mjs";
import { note, step } from "./report.mjs";

/**
 * @typedef {object} Database
 * @property {string} url
 * @property {string} name tells one database from another, without secrets
 * @property {string} about what it is, in words
 */

/**
 * Makes the database ready, in two steps: that of DATABASE_URL, or else the embedded one of a data folder, which then
 * runs as long as this process; and the migrations that it lacks.
 * @param {string} dataDir
 * @returns {Promise<string>} its address
 */
export async function prepareDatabase(dataDir) {
  const { url } = await step(
    "PostgreSQL",
    () => openDatabase(dataDir, note),
    ({ about }) => about,
  );
  await step(
    "Migrations",
    () => bringUpToDate(url, note),
    ({ length }) => (length > 0 ? `${length} applied` : "up to date"),
  );
  return url;
}

/**
 * The same without a word, unless there is something to say.
 * @param {string} dataDir
 */
export async function prepareDatabaseQuietly(dataDir) {
  const { url } = await openDatabase(dataDir, note);
  await bringUpToDate(url, note);
  return url;
}

/**
 * The same for a restore: a database without tables gets no migrations but those that the backup has.
 * @param {string} dataDir
 * @param {string} lastMigration of the backup
 * @returns {Promise<{ url: string, finish: () => Promise<string[]> }>} `finish` brings it up to date
 */
export async function prepareDatabaseForRestore(dataDir, lastMigration) {
  const { url } = await openDatabase(dataDir, note);
  const { migrate } = await import("./migrate.mjs");
  if (await isBare(url)) await migrate(url, { log: note, upTo: lastMigration });
  return { url, finish: () => bringUpToDate(url, note) };
}

/** @param {string} url */
async function isBare(url) {
  const { connect } = await import("./database-client.mjs");
  const client = await connect(url);
  try {
    const { rows } = await client.query(
      "SELECT to_regclass('public._prisma_migrations') IS NULL AS is_bare",
    );
    return rows[0].is_bare;
  } finally {
    await client.end();
  }
}

/**
 * The database that the environment names, if it does.
 * @returns {Database | null}
 * @throws {Problem} when DATABASE_URL is no address
 */
export function givenDatabase() {
  const url = process.env.DATABASE_URL;
  if (!url) return null;
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new Problem("DATABASE_URL is not the address of a PostgreSQL.", {
      advice: "write it as postgres://user:password@host:5432/database.",
    });
  const { host, pathname } = new URL(url);
  return { url, name: `${host}${pathname}`, about: `${host}${pathname}` };
}

/**
 * @param {string} dataDir
 * @param {(line: string) => void} log
 * @returns {Promise<Database>}
 */
async function openDatabase(dataDir, log) {
  const given = givenDatabase();
  if (given) return given;
  const { url } = await startPostgres({ dataDir, keepAlive: true, log });
  const { port } = new URL(url);
  return { url, name: "embedded", about: `embedded, port ${port}` };
}

/**
 * @param {string} url
 * @param {(line: string) => void} log
 * @returns {Promise<string[]>} those that it applied
 */
async function bringUpToDate(url, log) {
  // Not imported above: it needs packages, which the demo installs first.
  const { migrate } = await import("./migrate.mjs");
  const { applied } = await migrate(url, { log });
  return applied;
}
