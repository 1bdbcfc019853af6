import { queueState } from "@/platform/db/queue-state";
import { databaseState, type Check } from "@/platform/db/state";
import { countWorkers } from "@/platform/db/workers";
import { lifecycle } from "@/platform/lifecycle";
import { redisAnswers } from "@/platform/redis";
import { version } from "@/platform/version";
import { DomainError } from "@/shared/errors";
import type { Health, Readiness } from "./system";

/** A job that waits longer than this has nobody who does it, or too few. */
const longestLagSeconds = 600;

/** The state of the process and of all that it works with. Never throws. */
export async function health(): Promise<Health> {
  const [state, worker, redis] = await Promise.all([
    databaseState(),
    workerCheck(),
    redisCheck(),
  ]);
  const { database, migrations, queue } = state;
  const checks = {
    database,
    migrations,
    queue,
    worker,
    ...(redis && { redis }),
  };
  return {
    status: statusOf(checks),
    ...ofProcess(),
    postgresql: state.version,
    migrations: state.history,
    checks,
  };
}

/** The state of what serving needs. UNAVAILABLE unless everything is there, and while shutting down. */
export async function assertReady(): Promise<Readiness> {
  const { database, migrations, queue } = await databaseState();
  const checks = { database, migrations, queue };
  const status = statusOf(checks);
  if (status === "ok") return { status, ...ofProcess(), checks };
  const reasons = Object.values(checks).flatMap((check) =>
    check.ok || !check.message ? [] : [check.message],
  );
  throw new DomainError(
    "UNAVAILABLE",
    lifecycle().isDraining
      ? "The server is shutting down."
      : `Not ready: ${[...new Set(reasons)].join(" ")}`,
    { checks },
    { headers: { "retry-after": "2" } },
  );
}

function statusOf(checks: Record<string, Check>): "ok" | "degraded" {
  const isOk = Object.values(checks).every(({ ok }) => ok);
  return isOk && !lifecycle().isDraining ? "ok" : "degraded";
}

function ofProcess() {
  return {
    version,
    node: process.versions.node,
    uptime_seconds: Math.floor(process.uptime()),
  };
}

// The app serves without a worker: mails, events and timers wait for one.
async function workerCheck(): Promise<Check> {
  const [workers, state] = await Promise.all([
    countWorkers().catch(() => null),
    queueState(),
  ]);
  if (workers === null || state === null)
    return { ok: false, message: "The database does not answer." };
  if (workers === 0)
    return {
      ok: false,
      message: "No worker is alive: npm run worker, or WORKER_MODE=inline.",
    };
  if (state.lagSeconds <= longestLagSeconds) return { ok: true };
  const minutes = Math.round(state.lagSeconds / 60);
  return {
    ok: false,
    message: `The oldest job has waited for ${minutes} minutes: see System in the dashboard.`,
  };
}

// Without Redis, PostgreSQL counts the API's limits; rate windows need it.
async function redisCheck(): Promise<Check | null> {
  const answers = await redisAnswers();
  if (answers === null) return null;
  return answers
    ? { ok: true }
    : { ok: false, message: "Redis does not answer." };
}
