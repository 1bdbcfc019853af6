import type { TxCtx } from "./context";
import { forMany } from "./together";

type NewJob = {
  task: string;
  payload: Record<string, unknown>;
  key: string | null;
  at: Date | null;
  /** those of a lower number go first */
  priority: number;
};

/**
 * Have the worker do a task, if the caller's transaction commits; not before `at`, if that is
 * given. Of jobs with the same `key` that wait, there is one: the last. What `canWait` goes after
 * all else that is due.
 */
export async function addJob(
  tx: TxCtx,
  task: string,
  payload: Record<string, unknown>,
  key: string | null = null,
  at: Date | null = null,
  canWait = false,
): Promise<void> {
  await addOne(tx, { task, payload, key, at, priority: canWait ? 10 : 0 });
}

const addOne = forMany(async (tx: TxCtx, jobs: NewJob[]) => {
  await tx.db.$executeRaw`
    SELECT graphile_worker.add_job(j.task, j.payload, job_key := j.key, run_at := j.at, priority := j.priority)
    FROM json_to_recordset(${JSON.stringify(jobs)}::json)
      AS j (task text, payload json, key text, at timestamptz, priority int)`;
  return jobs.map(() => undefined);
});
