import { sql } from "./index";

export type Check = { ok: boolean; message?: string };

/** Whether the database answers, is migrated to the end, and can take jobs. */
export async function databaseState(): Promise<{
  database: Check;
  migrations: Check;
  queue: Check;
}> {
  type Row = { failed: number; applied: number; queue: boolean };
  try {
    const [row] = await sql<Row>(
      "state",
      `SELECT count(*) FILTER (WHERE finished_at IS NULL AND rolled_back_at IS NULL)::int AS failed,
              count(*) FILTER (WHERE finished_at IS NOT NULL)::int AS applied,
              to_regclass('graphile_worker._private_jobs') IS NOT NULL AS queue
       FROM _prisma_migrations`,
      [],
    );
    const migrated = row !== undefined && row.failed === 0 && row.applied > 0;
    return {
      database: { ok: true },
      migrations: check(
        migrated,
        "A migration is missing or failed: npm run db:migrate.",
      ),
      queue: check(
        row?.queue === true,
        "The job queue has no tables: npm run db:migrate.",
      ),
    };
  } catch (error) {
    const message =
      "code" in (error as object) &&
      (error as { code: unknown }).code === "42P01"
        ? "The database has no tables yet: npm run db:migrate."
        : "The database does not answer.";
    const down = { ok: false, message };
    return { database: down, migrations: down, queue: down };
  }
}

function check(ok: boolean, message: string): Check {
  return ok ? { ok } : { ok, message };
}
