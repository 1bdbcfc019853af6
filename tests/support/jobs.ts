import type { Task } from "graphile-worker";
import { moduleJobs } from "@/jobs";
import { tasksOf } from "@/platform/jobs";
import type { TestDatabase } from "./database";

type Job = { id: string; task: string; payload: object; attempts: number };

/**
 * Do what waits in the queue, in order, until nothing is left or a job fails: a failed one stays,
 * as it would. Times to wait are not waited.
 */
export async function runJobs(database: TestDatabase): Promise<void> {
  const tasks = tasksOf(moduleJobs);
  const next = () =>
    database.query<Job>(
      `SELECT j.id, t.identifier AS task, j.payload, j.attempts
       FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       ORDER BY j.id LIMIT 1`,
    );
  for (let [job] = await next(); job; [job] = await next()) {
    const task = tasks[job.task] as Task | undefined;
    if (!task) throw new Error(`Nobody does the job ${job.task}`);
    // Safe: no task of ours asks for the worker's own tools.
    await task(job.payload, undefined as never);
    await database.query(
      "DELETE FROM graphile_worker._private_jobs WHERE id = $1",
      [job.id],
    );
  }
}
