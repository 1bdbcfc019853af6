import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";

const instant = z.iso.datetime();
const count = z.number().int();

/** A job that failed and is not tried again by itself. */
export const FailedJob = z
  .object({
    id: idOf("job"),
    task: z.string(),
    attempts: count,
    last_error: z.string().nullable(),
    failed_at: instant,
    created_at: instant,
  })
  .meta({ id: "FailedJob" });
export type FailedJob = z.output<typeof FailedJob>;

/** The jobs of one kind that are in the queue, and how the last one ended. */
export const TaskState = z
  .object({
    task: z.string(),
    waiting: count.meta({ description: "due now, or later" }),
    running: count,
    failed: count.meta({ description: "not tried again by themselves" }),
    oldest_due_at: instant.nullable(),
    last: z
      .object({
        ended_at: instant,
        duration_ms: count,
        status: z.enum(["succeeded", "failed"]),
        error: z.string().nullable(),
      })
      .nullable()
      .meta({ description: "null where none has ended yet" }),
    failed_at: instant.nullable().meta({
      description:
        "when one last failed, though another may have succeeded since",
    }),
  })
  .meta({ id: "TaskState" });
export type TaskState = z.output<typeof TaskState>;

/** A process that runs jobs. */
export const WorkerState = z
  .object({
    id: idOf("wkr"),
    host: z.string(),
    pid: count,
    version: z.string(),
    is_inline: z.boolean().meta({ description: "within a web server" }),
    is_alive: z.boolean(),
    started_at: instant,
    seen_at: instant,
  })
  .meta({ id: "WorkerState" });
export type WorkerState = z.output<typeof WorkerState>;

/** The state of an installation. */
export const System = z
  .object({
    versions: z.object({
      app: z.string(),
      node: z.string(),
      postgresql: z.string(),
      migrations: count.meta({ description: "applied" }),
      migration: z.string().nullable().meta({ description: "the last one" }),
    }),
    database: z.object({
      bytes: count,
      tables: z.array(
        z.object({
          name: z.string(),
          bytes: count.meta({
            description: "with its indexes and all of its partitions",
          }),
          rows: count.meta({ description: "by the planner's estimate" }),
        }),
      ),
    }),
    queue: z.object({
      due: count,
      scheduled: count,
      running: count,
      failed: count,
      lag_seconds: count,
      tasks: z.array(TaskState),
      failures: z.array(FailedJob),
    }),
    workers: z.array(WorkerState),
    integrations: z.array(z.object({ name: z.string(), is_on: z.boolean() })),
  })
  .meta({ id: "System" });
export type System = z.output<typeof System>;

/** Failed jobs that are shown at once, the newest first. */
export const mostFailures = 100;

const params = z.object({ job_id: idOf("job") });

export const operationsApi = {
  show: endpoint({
    id: "operations.show",
    method: "GET",
    path: "/v1/system",
    summary: "See how the installation stands",
    description: `Versions, the database's size, the queue by task with how its last job ended, workers, and up to ${mostFailures} jobs that failed for good.`,
    audience: ["staff", "service"],
    permission: "settings:read",
    response: System,
  }),
  retry: endpoint({
    id: "operations.retryJob",
    method: "POST",
    path: "/v1/system/jobs/{job_id}/retry",
    summary: "Try a failed job again, now",
    audience: ["staff", "service"],
    permission: "settings:write",
    params,
    response: z.object({ done: z.literal(true) }),
    errors: ["NOT_FOUND"],
  }),
  discard: endpoint({
    id: "operations.discardJob",
    method: "DELETE",
    path: "/v1/system/jobs/{job_id}",
    summary: "Give a failed job up for good",
    audience: ["staff", "service"],
    permission: "settings:write",
    params,
    response: z.object({ done: z.literal(true) }),
    errors: ["NOT_FOUND"],
  }),
};
