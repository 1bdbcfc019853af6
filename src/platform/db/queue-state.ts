import { gauge } from "@/platform/metrics";
import { singleton } from "@/platform/singleton";
import { sql } from "./index";

/** How the job queue stands. */
export type QueueState = {
  /** could run now */
  due: number;
  /** wait for their time */
  scheduled: number;
  running: number;
  /** failed, and are not tried again */
  dead: number;
  /** since the oldest of those that could run was due; 0 where none is */
  lagSeconds: number;
};

const freshMilliseconds = 5_000;

/** The same, an answer of the last 5 s; null when the database does not give one. */
export async function queueState(): Promise<QueueState | null> {
  const held = singleton("queue-state", () => ({
    at: 0,
    state: Promise.resolve<QueueState | null>(null),
  }));
  if (performance.now() - held.at > freshMilliseconds || held.at === 0) {
    held.at = performance.now();
    held.state = readQueue().catch(() => {
      held.at = 0; // whoever asks next asks anew
      return null;
    });
  }
  return held.state;
}

async function readQueue(): Promise<QueueState | null> {
  // A job is its worker's for four hours; whoever has not finished by then is gone.
  const [row] = await sql<QueueState>(
    "queue-state",
    `WITH jobs AS (
       SELECT run_at, locked_at > now() - interval '4 hours' AS running, attempts < max_attempts AS living
       FROM graphile_worker._private_jobs
     )
     SELECT count(*) FILTER (WHERE running)::int AS running,
            count(*) FILTER (WHERE running IS NOT TRUE AND NOT living)::int AS dead,
            count(*) FILTER (WHERE running IS NOT TRUE AND living AND run_at > now())::int AS scheduled,
            count(*) FILTER (WHERE running IS NOT TRUE AND living AND run_at <= now())::int AS due,
            coalesce(extract(epoch FROM now() - min(run_at) FILTER
              (WHERE running IS NOT TRUE AND living AND run_at <= now())), 0)::float8 AS "lagSeconds"
     FROM jobs`,
    [],
  );
  return row ?? null;
}

gauge(
  "database_up",
  "Whether PostgreSQL answers this process: 1 or 0.",
  {},
  async () => [[{}, (await queueState()) ? 1 : 0]],
);

gauge(
  "queue_jobs",
  "Jobs in the queue of the whole installation, by state; the dead failed, and are not tried again.",
  { state: ["due", "scheduled", "running", "dead"] },
  async () => {
    const state = await queueState();
    if (!state) return null;
    const { due, scheduled, running, dead } = state;
    return Object.entries({ due, scheduled, running, dead }).map(
      // Safe: these are the four names.
      ([name, count]) => [{ state: name as "due" }, count],
    );
  },
);

gauge(
  "queue_lag_seconds",
  "How long ago the oldest job was due that nobody has begun; 0 where none is.",
  {},
  async () => {
    const state = await queueState();
    return state && [[{}, state.lagSeconds]];
  },
);
