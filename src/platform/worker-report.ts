import type { TaskList } from "graphile-worker";
import { hostname } from "node:os";
import { newId, toUuid } from "@/shared/ids";
import {
  forgetWorker,
  keepOutcomes,
  keepWorker,
  type Outcome,
} from "./db/workers";
import { log } from "./log";
import { counter, histogram } from "./metrics";
import { version } from "./version";

const countJob = counter(
  "jobs_total",
  "Jobs that this process has run, by task and result; one that failed is counted for each try.",
  { task: "any", result: ["done", "failed"] },
);
const timeJob = histogram(
  "job_duration_seconds",
  "How long the jobs of this process took, by task.",
  { task: "any" },
  [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 300],
);

const beatMilliseconds = 15_000;

/** What a worker tells of itself: that it is alive, and how its jobs ended. */
export type WorkerReport = {
  /** the same tasks, whose ends are noted */
  watched(tasks: TaskList): TaskList;
  stop(): Promise<void>;
};

/** Begin to tell the database of this worker, every 15 s, until `stop()`. */
export async function reportWorker(isInline: boolean): Promise<WorkerReport> {
  const id = toUuid(newId("wkr"));
  const worker = { id, host: hostname(), pid: process.pid, version, isInline };
  let outcomes = new Map<string, Outcome>();
  const tell = async () => {
    const ended = [...outcomes.values()];
    outcomes = new Map();
    await keepWorker(worker);
    if (ended.length > 0) await keepOutcomes(ended);
  };
  const beat = () =>
    tell().catch((error: unknown) =>
      log().warn({ err: error }, "a worker could not tell that it is alive"),
    );
  await beat();
  const timer = setInterval(() => void beat(), beatMilliseconds).unref();
  return {
    watched: (tasks) => watched(tasks, (end) => outcomes.set(end.task, end)),
    async stop() {
      clearInterval(timer);
      await beat();
      await forgetWorker(id).catch(() => undefined);
    },
  };
}

function watched(tasks: TaskList, note: (end: Outcome) => void): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([task, run]) => [
      task,
      async (...given: Parameters<NonNullable<typeof run>>) => {
        const began = performance.now();
        let error: string | null = null;
        try {
          return await run?.(...given);
        } catch (failure) {
          error = failure instanceof Error ? failure.message : String(failure);
          throw failure;
        } finally {
          const milliseconds = performance.now() - began;
          countJob({ task, result: error === null ? "done" : "failed" });
          timeJob({ task }, milliseconds / 1_000);
          note({
            task,
            endedAt: new Date(),
            durationMs: Math.round(milliseconds),
            error: error?.slice(0, 1_000) ?? null,
          });
        }
      },
    ]),
  );
}
