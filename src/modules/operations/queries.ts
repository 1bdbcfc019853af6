import type { Ctx, TxCtx } from "@/platform/context";
import { databaseState } from "@/platform/db/state";
import { queueState } from "@/platform/db/queue-state";
import { workerSilence } from "@/platform/db/workers";
import { Prisma } from "@/platform/db/generated/client";
import { unavailable } from "@/shared/errors";
import { fromUuid, toUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";
import type { FailedJob, System, TaskState, WorkerState } from "./contract";

// Ids of jobs are numbers: as a UUID that nothing else has, they are ids like all others.
const jobUuid = "00000000-0000-7000-8000-";

const toJobId = (id: bigint) =>
  fromUuid("job", jobUuid + id.toString(16).padStart(12, "0"));

function jobNumber(id: string): bigint | null {
  const uuid = toUuid(id);
  return uuid.startsWith(jobUuid)
    ? BigInt(`0x${uuid.slice(jobUuid.length)}`)
    : null;
}

// A job is its worker's for four hours; whoever has not finished by then is gone.
const isRunning = Prisma.sql`coalesce(j.locked_at > now() - interval '4 hours', false)`;
const isFailed = Prisma.sql`(j.attempts >= j.max_attempts AND NOT ${isRunning})`;

/** The queue's figures, and those of each task that is or was in it. Throws UNAVAILABLE. */
export async function findQueue(ctx: Ctx) {
  const state = await queueState();
  if (!state) throw unavailable("The database");
  const { due, scheduled, running, dead, lagSeconds } = state;
  return {
    ...{ due, scheduled, running },
    failed: dead,
    lag_seconds: Math.round(lagSeconds),
    tasks: await findTasks(ctx),
  };
}

type TaskRow = {
  task: string;
  waiting: number;
  running: number;
  failed: number;
  oldest: Date | null;
  ended_at: Date | null;
  duration_ms: number | null;
  error: string | null;
  failed_at: Date | null;
};

async function findTasks(ctx: Ctx): Promise<TaskState[]> {
  const rows = await ctx.db.$queryRaw<TaskRow[]>`
    WITH queued AS (
      SELECT t.identifier AS task,
             count(*) FILTER (WHERE NOT ${isRunning} AND NOT ${isFailed})::int AS waiting,
             count(*) FILTER (WHERE ${isRunning})::int AS running,
             count(*) FILTER (WHERE ${isFailed})::int AS failed,
             min(j.run_at) FILTER (WHERE NOT ${isRunning} AND NOT ${isFailed} AND j.run_at <= now()) AS oldest
      FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
      GROUP BY 1
    )
    SELECT coalesce(q.task, o.task) AS task, coalesce(waiting, 0) AS waiting, coalesce(running, 0) AS running,
           coalesce(failed, 0) AS failed, oldest, ended_at, duration_ms, error, failed_at
    FROM queued q FULL JOIN task_outcomes o ON o.task = q.task ORDER BY 1`;
  return rows.map(toTask);
}

function toTask(row: TaskRow): TaskState {
  const { task, waiting, running, failed, oldest, failed_at } = row;
  const { ended_at, duration_ms, error } = row;
  return {
    ...{ task, waiting, running, failed },
    oldest_due_at: oldest?.toISOString() ?? null,
    last: ended_at && {
      ended_at: ended_at.toISOString(),
      duration_ms: duration_ms ?? 0,
      status: error === null ? "succeeded" : "failed",
      error,
    },
    failed_at: failed_at?.toISOString() ?? null,
  };
}

/** Jobs that failed for good, those that did so last first. */
export async function findFailedJobs(
  ctx: Ctx,
  limit: number,
): Promise<FailedJob[]> {
  type Row = {
    id: bigint;
    task: string;
    attempts: number;
    last_error: string | null;
    updated_at: Date;
    created_at: Date;
  };
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT j.id, t.identifier AS task, j.attempts::int, left(j.last_error, 1000) AS last_error, j.updated_at, j.created_at
    FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE ${isFailed} ORDER BY j.updated_at DESC, j.id DESC LIMIT ${limit}`;
  return rows.map(({ id, updated_at, created_at, ...job }) => ({
    ...job,
    id: toJobId(id),
    failed_at: updated_at.toISOString(),
    created_at: created_at.toISOString(),
  }));
}

/** Lock a failed job, until the transaction ends; answers its task, or null where there is none. */
export async function lockFailedJob(
  tx: TxCtx,
  id: string,
): Promise<string | null> {
  const [job] = await tx.db.$queryRaw<{ task: string }[]>`
    SELECT t.identifier AS task
    FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE j.id = ${jobNumber(id)} AND ${isFailed} FOR UPDATE OF j`;
  return job?.task ?? null;
}

/** Have a failed job tried anew, now. */
export async function requeueJob(tx: TxCtx, id: string): Promise<void> {
  await tx.db.$queryRaw`
    SELECT id FROM graphile_worker.reschedule_jobs(ARRAY[${jobNumber(id)}::bigint], run_at := now(), attempts := 0)`;
}

export async function deleteFailedJob(tx: TxCtx, id: string): Promise<void> {
  await tx.db.$queryRaw`
    SELECT id FROM graphile_worker.complete_jobs(ARRAY[${jobNumber(id)}::bigint])`;
}

export async function findWorkers(ctx: Ctx): Promise<WorkerState[]> {
  const rows = await ctx.db.worker.findMany({
    orderBy: { started_at: "desc" },
  });
  const alive = addSeconds(ctx.now(), -workerSilence);
  return rows.map(({ id, started_at, seen_at, ...worker }) => ({
    ...worker,
    id: fromUuid("wkr", id),
    is_alive: seen_at > alive,
    started_at: started_at.toISOString(),
    seen_at: seen_at.toISOString(),
  }));
}

/** PostgreSQL's version and the migrations. Throws UNAVAILABLE. */
export async function findVersions() {
  const { version, history } = await databaseState();
  if (version === null || history === null) throw unavailable("The database");
  return {
    postgresql: version,
    migrations: history.applied,
    migration: history.latest,
  };
}

/** The database's size, and that of its largest tables: a partitioned one is one, with its parts. */
export async function findSizes(
  ctx: Ctx,
  limit: number,
): Promise<System["database"]> {
  type Row = { name: string; bytes: number; rows: number };
  const [all] = await ctx.db.$queryRaw<{ bytes: number }[]>`
    SELECT pg_database_size(current_database())::float8 AS bytes`;
  const tables = await ctx.db.$queryRaw<Row[]>`
    SELECT r.relname AS name, sum(pg_total_relation_size(c.oid))::float8 AS bytes,
           sum(greatest(c.reltuples, 0))::float8 AS rows
    FROM pg_class c JOIN pg_class r ON r.oid = coalesce(pg_partition_root(c.oid), c.oid)
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    GROUP BY 1 ORDER BY 2 DESC LIMIT ${limit}`;
  return { bytes: all?.bytes ?? 0, tables };
}
