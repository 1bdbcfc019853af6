import type { TxCtx } from "./context";

/**
 * Have the worker do a task, if the caller's transaction commits; not before `at`, if that is
 * given. Of jobs with the same `key` that wait, there is one: the last.
 */
export async function addJob(
  tx: TxCtx,
  task: string,
  payload: Record<string, unknown>,
  key: string | null = null,
  at: Date | null = null,
): Promise<void> {
  const json = JSON.stringify(payload);
  await tx.db
    .$executeRaw`SELECT graphile_worker.add_job(${task}::text, ${json}::json, job_key := ${key}::text, run_at := ${at}::timestamptz)`;
}
