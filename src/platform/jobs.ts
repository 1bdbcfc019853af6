import {
  Logger,
  run as runWorker,
  type LogLevel,
  type TaskList,
} from "graphile-worker";
import pg from "pg";
import { newId } from "@/shared/ids";
import { systemClock } from "./clock";
import type { Ctx } from "./context";
import { prisma } from "./db";
import { watchPool } from "./db/pool-metrics";
import { deliver, type Listener } from "./deliver";
import {
  claimJobOf,
  deleteJob,
  isJobUnderWay,
  putJobBack,
  type WaitingJob,
} from "./db/waiting-jobs";
import { env } from "./env";
import { log } from "./log";
import { deliverTask } from "./outbox";
import { reportWorker } from "./worker-report";

/** Work on a timer: `cron` is a crontab time in UTC. It may run twice, and must not mind. */
export type Timer = {
  name: string;
  cron: string;
  /** also when a worker starts: what another one left behind does not wait */
  atStart?: boolean;
  /** as of a task */
  isSlow?: boolean;
  run(ctx: Ctx): Promise<void>;
};

type Payload = Record<string, unknown>;
export type { Listener };

/** Work that a write asked for by `addJob`: outside a transaction, and again while it throws. */
export type Task = {
  name: string;
  /** takes seconds or minutes, of which most is waiting: other work goes on beside it */
  isSlow?: boolean;
  run(ctx: Ctx, payload: Payload): Promise<void>;
};

/** What a module gives to the worker. */
export type ModuleJobs = {
  timers?: Timer[];
  listeners?: Listener[];
  tasks?: Task[];
};

/** The context of work that no person asked for. */
export function systemCtx(name: string): Ctx {
  const requestId = newId("req");
  return {
    actor: { kind: "system", name },
    requestId,
    ip: null,
    userAgent: null,
    db: prisma(),
    log: log().child({ request_id: requestId, job: name }),
    now: systemClock,
  };
}

/** Start running jobs; `stop()` of the result waits for those under way. */
export async function startWorker(
  modules: ModuleJobs[],
  { isInline = false } = {},
): Promise<Worker> {
  const pgPool = watchPool(
    "jobs",
    new pg.Pool({
      connectionString: env().DATABASE_URL,
      options: "-c TimeZone=UTC",
      max: 8,
    }),
  );
  const logLost = (error: Error) =>
    log().warn({ reason: error.message }, "lost a connection for jobs");
  pgPool.on("error", logLost);
  pgPool.on("connect", (client) => client.on("error", logLost));
  const report = await reportWorker(isInline);
  const start = (isSlow: boolean, concurrency: number) => {
    const parts = modules.map((module) => partOf(module, isSlow));
    const timers = parts.flatMap((module) => module.timers ?? []);
    return runWorker({
      ...{ pgPool, concurrency, noHandleSignals: true, logger },
      taskList: report.watched(isSlow ? workOf(parts) : tasksOf(parts)),
      crontab: timers.map(({ cron, name }) => `${cron} ${name}`).join("\n"),
    });
  };
  const runner = await start(false, 2);
  const slow = await start(true, 4);
  const ended = Promise.allSettled([runner.promise, slow.promise]);
  void ended.then(() => pgPool.end());
  const timers = modules.flatMap((module) => module.timers ?? []);
  for (const { name } of timers.filter(({ atStart }) => atStart))
    await runner.addJob(name, {}, { jobKey: `start_${name}` });
  return {
    stop: async () => {
      // What is slow is cut off: whoever comes next goes on with it.
      const soon = new Promise((resolve) => setTimeout(resolve, slowGrace));
      await Promise.all([runner.stop(), Promise.race([slow.stop(), soon])]);
      await report.stop();
    },
  };
}

const slowGrace = 2_500;

/** The jobs of this process; stopping waits for those under way. */
export type Worker = { stop(): Promise<void> };

// What is slow has a runner of its own, which delivers no events.
function partOf(module: ModuleJobs, isSlow: boolean): ModuleJobs {
  const { timers = [], tasks = [], listeners = [] } = module;
  const isOfPart = (one: { isSlow?: boolean }) =>
    (one.isSlow ?? false) === isSlow;
  return {
    timers: timers.filter(isOfPart),
    tasks: tasks.filter(isOfPart),
    listeners: isSlow ? [] : listeners,
  };
}

/** The tasks by name; also how tests run a job without waiting for the worker. */
export function tasksOf(modules: ModuleJobs[]): TaskList {
  const listeners = modules.flatMap((module) => module.listeners ?? []);
  return {
    [deliverTask]: (payload) =>
      deliver(systemCtx(deliverTask), payload, listeners),
    ...workOf(modules),
  };
}

function workOf(modules: ModuleJobs[]): TaskList {
  const list: TaskList = {};
  for (const { timers = [], tasks = [] } of modules) {
    for (const timer of timers)
      list[timer.name] = () => timer.run(systemCtx(timer.name));
    for (const task of tasks)
      list[task.name] = (payload) =>
        task.run(systemCtx(task.name), payload as Payload); // Safe: addJob wrote it.
  }
  return list;
}

/**
 * Do now what waits for a customer's sake: the delivery of events about it, and jobs that name it.
 * What a worker has begun is waited for; what fails is left to the worker, for later. For the test
 * clock, which must not go on before what follows from its last stop has happened.
 */
export async function drainJobs(
  ctx: Ctx,
  modules: ModuleJobs[],
  customerId: string,
): Promise<void> {
  const tasks = tasksOf(modules);
  for (let look = 0; look < mostLooks; look += 1) {
    const job = await claimJobOf(ctx, customerId);
    if (job) await runClaimed(ctx, tasks, job);
    else if (!(await isJobUnderWay(ctx, customerId))) return;
    else await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const mostLooks = 1_000;

async function runClaimed(
  ctx: Ctx,
  tasks: TaskList,
  { id, task, payload }: WaitingJob,
): Promise<void> {
  try {
    // Safe: no task of ours asks for the worker's own tools.
    await tasks[task]?.(payload, undefined as never);
    await deleteJob(ctx, id);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    ctx.log.warn({ task, reason }, "a job failed, and is tried again later");
    await putJobBack(ctx, id, reason);
  }
}

// The worker's own lines, among ours: what it does each time is of interest to a debugger only.
const levels: Record<`${LogLevel}`, "debug" | "warn" | "error"> = {
  debug: "debug",
  info: "debug",
  warning: "warn",
  error: "error",
};
const logger = new Logger(() => (level, message) => {
  log()[levels[level]](message);
});
