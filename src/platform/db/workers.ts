import { sql } from "./index";

/** A process that runs jobs. */
export type WorkerRow = {
  id: string;
  host: string;
  pid: number;
  version: string;
  isInline: boolean;
};

/** How a job of a task ended; `error` is null when it went well. */
export type Outcome = {
  task: string;
  endedAt: Date;
  durationMs: number;
  error: string | null;
};

/** Seconds after which a worker that has said nothing is taken for gone. */
export const workerSilence = 60;

/** Say that a worker is alive; those that have been silent for a day are forgotten. */
export async function keepWorker(worker: WorkerRow): Promise<void> {
  const { id, host, pid, version, isInline } = worker;
  await sql(
    "keep-worker",
    `WITH gone AS (DELETE FROM workers WHERE seen_at < now() - interval '1 day' AND id <> $1::uuid)
     INSERT INTO workers (id, host, pid, version, is_inline, started_at, seen_at)
     VALUES ($1::uuid, $2, $3, $4, $5, now(), now())
     ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
    [id, host, pid, version, isInline],
  );
}

export async function forgetWorker(id: string): Promise<void> {
  await sql("forget-worker", "DELETE FROM workers WHERE id = $1::uuid", [id]);
}

/** Keep how tasks last ended, unless a later end is known. */
export async function keepOutcomes(outcomes: Outcome[]): Promise<void> {
  // In one order, so that two workers never wait for each other.
  const sorted = outcomes.toSorted((a, b) => (a.task < b.task ? -1 : 1));
  await sql(
    "keep-outcomes",
    `INSERT INTO task_outcomes AS known (task, ended_at, duration_ms, error, failed_at)
     SELECT task, ended_at, duration_ms, error, CASE WHEN error IS NOT NULL THEN ended_at END
     FROM unnest($1::text[], $2::timestamptz[], $3::int[], $4::text[]) AS o(task, ended_at, duration_ms, error)
     ON CONFLICT (task) DO UPDATE SET ended_at = excluded.ended_at, duration_ms = excluded.duration_ms,
       error = excluded.error, failed_at = coalesce(excluded.failed_at, known.failed_at)
     WHERE known.ended_at < excluded.ended_at`,
    [
      sorted.map(({ task }) => task),
      sorted.map(({ endedAt }) => endedAt),
      sorted.map(({ durationMs }) => durationMs),
      sorted.map(({ error }) => error),
    ],
  );
}

/** How many workers are alive. */
export async function countWorkers(): Promise<number> {
  const [row] = await sql<{ living: number }>(
    "count-workers",
    `SELECT count(*)::int AS living FROM workers WHERE seen_at > now() - interval '${workerSilence} seconds'`,
    [],
  );
  return row?.living ?? 0;
}
