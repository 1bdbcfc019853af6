// Applies prisma/migrations to a database, and keeps Prisma's own record of them.
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, runMigrations as migrateJobQueue } from "graphile-worker";
import { connect } from "./database-client.mjs";
import { Problem } from "./problem.mjs";
import { ROOT } from "./project-root.mjs";
import {
  openSchemaEngine,
  readMigrations,
  readSchema,
} from "./schema-engine.mjs";

const LOCK_POLL_MS = 200;
const LOCK_KEY = 7_041_776; // any number, as long as it is always this one

/**
 * Applies the migrations that the database lacks, one transaction each, and the job queue's own. Of several processes that
 * start at once, one migrates and the others wait.
 * @param {string} databaseUrl a postgres:// address
 * @param {{ log?: (line: string) => void, root?: string, upTo?: string }} [options] `root`: the folder of prisma/;
 *   `upTo`: the last migration that an empty database gets
 * @returns {Promise<{ applied: string[] }>} the names of the migrations that it applied, in order
 * @throws {MigrationError} naming the migration and what to do
 */
export async function migrate(databaseUrl, options = {}) {
  return withMigrations(databaseUrl, options, async (engine, migrations) => {
    // Before the app's own, whose functions may add jobs.
    await migrateJobQueue({ connectionString: databaseUrl, logger: silent });
    return applyAll(engine, until(migrations, options.upTo));
  });
}

/**
 * Settles the record of a migration that failed or was cut off.
 * @param {string} databaseUrl
 * @param {{ name: string, as: "applied" | "rolled-back", log?: Function, root?: string }} options
 *   `applied`: what it makes is in the database; `rolled-back`: it is not, and is to be tried again
 */
export async function resolveMigration(databaseUrl, { name, as, ...options }) {
  const verbs = {
    applied: "markMigrationApplied",
    "rolled-back": "markMigrationRolledBack",
  };
  await withMigrations(databaseUrl, options, async (engine, migrationsList) => {
    await engine
      .call(verbs[as], { migrationName: name, migrationsList })
      .catch((error) => {
        throw new MigrationError(firstLines(error), { cause: error });
      });
  });
}

/** A migration that did not work, or a database that does not fit the migrations. */
export class MigrationError extends Problem {
  name = "MigrationError";
}

function until(migrations, last) {
  if (last === undefined) return migrations;
  const { migrationDirectories: all } = migrations;
  return {
    ...migrations,
    migrationDirectories: all.filter(({ path: name }) => name <= last),
  };
}

const silent = new Logger(() => () => {});

async function withMigrations(databaseUrl, { log, root }, run) {
  const folder = root ?? ROOT;
  const [schema, migrationsList] = await Promise.all([
    readSchema(folder),
    readMigrations(folder),
  ]);
  const lock = await takeLock(databaseUrl, log ?? (() => {}));
  try {
    const engine = await openSchemaEngine(databaseUrl, schema);
    try {
      return await run(engine, migrationsList);
    } finally {
      await engine.close();
    }
  } finally {
    await lock.end(); // ends the session, and the lock with it
  }
}

async function takeLock(databaseUrl, log) {
  const client = await connect(databaseUrl);
  for (let tries = 0; ; tries += 1) {
    const { rows } = await client.query(
      "SELECT pg_try_advisory_lock($1) AS taken",
      [LOCK_KEY],
    );
    if (rows[0].taken) return client;
    if (tries === 0)
      log("another process is migrating this database: waiting for it");
    // Asked again and again, since CREATE INDEX CONCURRENTLY waits for every statement that runs,
    // and so for one that waits for the lock.
    await sleep(LOCK_POLL_MS);
  }
}

async function applyAll(engine, migrationsList) {
  const before = await diagnose(engine, migrationsList);
  refuseUnfit(before);
  try {
    const filters = { externalTables: [], externalEnums: [] };
    const { appliedMigrationNames } = await engine.call("applyMigrations", {
      migrationsList,
      filters,
    });
    return { applied: appliedMigrationNames };
  } catch (error) {
    const [name] = (await diagnose(engine, migrationsList))
      .failedMigrationNames;
    if (name === undefined)
      throw new MigrationError(firstLines(error), { cause: error });
    throw new MigrationError(`Migration ${name} failed; none of it was kept.`, {
      output: firstLines(error),
      advice: `mend ${path.join("prisma", "migrations", name, "migration.sql")}, or the data that it stumbled over, then run: npm run db:migrate -- --rolled-back ${name}`,
      cause: error,
    });
  }
}

function diagnose(engine, migrationsList) {
  return engine.call("diagnoseMigrationHistory", {
    migrationsList,
    optInToShadowDatabase: false,
    filters: { externalTables: [], externalEnums: [] },
  });
}

function refuseUnfit({ failedMigrationNames, editedMigrationNames, history }) {
  const [failed] = failedMigrationNames;
  if (failed !== undefined)
    throw new MigrationError(
      `Migration ${failed} was begun and never finished.`,
      {
        advice: `if what it makes is in the database, run: npm run db:migrate -- --applied ${failed}\nIf it is not: npm run db:migrate -- --rolled-back ${failed}`,
      },
    );
  const [edited] = editedMigrationNames;
  if (edited !== undefined)
    throw new MigrationError(
      `Migration ${edited} was changed after this database had applied it.`,
      {
        advice:
          "put its file back and write a new migration (npm run db:diff -- --name …), or begin with an empty database (npm run demo -- --reset).",
      },
    );
  const unknown = history?.unpersistedMigrationNames ?? [];
  if (unknown.length > 0)
    throw new MigrationError(
      `The database has migrations that this version does not know: ${unknown.join(", ")}.`,
      { advice: "it belongs to a newer version of Tollkeeper: run that one." },
    );
}

// Leaves out the engine's stack trace.
function firstLines(error) {
  return error.message
    .split(/\n\s+0: /)[0]
    .replace(/^external connector error\n/, "")
    .trim();
}
