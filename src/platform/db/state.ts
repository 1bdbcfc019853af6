import { readdirSync } from "node:fs";
import path from "node:path";
import { sql } from "./index";

export type Check = { ok: boolean; message?: string };

export type Migrations = {
  applied: number;
  /** of those that this version knows, or null where it has no list of them */
  pending: string[] | null;
  latest: string | null;
};

export type DatabaseState = {
  database: Check;
  migrations: Check;
  queue: Check;
  /** null where the database did not say */
  version: string | null;
  history: Migrations | null;
};

type Row = {
  version: string;
  failed: string[];
  applied: string[];
  queue: boolean;
};

/** Whether the database answers, is migrated to the end, and can take jobs. Never throws. */
export async function databaseState(): Promise<DatabaseState> {
  try {
    const [row] = await sql<Row>(
      "state",
      `SELECT current_setting('server_version') AS version,
              coalesce(array_agg(migration_name) FILTER (WHERE finished_at IS NULL AND rolled_back_at IS NULL), '{}') AS failed,
              coalesce(array_agg(migration_name ORDER BY migration_name) FILTER (WHERE finished_at IS NOT NULL), '{}') AS applied,
              to_regclass('graphile_worker._private_jobs') IS NOT NULL AS queue
       FROM _prisma_migrations`,
      [],
    );
    if (!row) throw new Error("An aggregate gave no row");
    return stateOf(row);
  } catch (error) {
    const message =
      "code" in (error as object) &&
      (error as { code: unknown }).code === "42P01"
        ? "The database has no tables yet: npm run db:migrate."
        : "The database does not answer.";
    const down = { ok: false, message };
    const checks = { database: down, migrations: down, queue: down };
    return { ...checks, version: null, history: null };
  }
}

function stateOf({ version, failed, applied, queue }: Row): DatabaseState {
  const known = new Set(applied);
  const pending = knownMigrations()?.filter((name) => !known.has(name)) ?? null;
  const missing = [...failed, ...(pending ?? [])];
  const isMigrated = missing.length === 0 && applied.length > 0;
  return {
    database: { ok: true },
    migrations: check(
      isMigrated,
      `A migration is missing or failed${missing[0] ? ` (${missing[0]})` : ""}: npm run db:migrate.`,
    ),
    queue: check(queue, "The job queue has no tables: npm run db:migrate."),
    version,
    history: {
      applied: applied.length,
      pending,
      latest: applied.at(-1) ?? null,
    },
  };
}

let names: string[] | null | undefined;
function knownMigrations(): string[] | null {
  return names === undefined ? (names = readMigrations()) : names;
}

function readMigrations(): string[] | null {
  const folder = path.join(
    /* turbopackIgnore: true */ process.cwd(),
    "prisma",
    "migrations",
  );
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return null; // a layout without them, which cannot migrate either
  }
}

function check(ok: boolean, message: string): Check {
  return ok ? { ok } : { ok, message };
}
