import { alone, type Held } from "@/platform/alone";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { addSeconds } from "@/shared/time";
import { mostAttempts, secondsUntilNextTry } from "../backoff";
import { Pending, Refusal, Unheard } from "../driver";
import { dispensable, endless, type StepName } from "../plan-of-job";
import { lockCall } from "../queries/calls";
import {
  beginStep,
  findDueJobs,
  findJob,
  updateJob,
  updateStep,
  type StoredJob,
  type StoredStep,
} from "../queries/jobs";
import { insertLogs } from "../queries/parts";
import { findTenant, type StoredTenant } from "../queries/tenants";
import { callsOf } from "./calls";
import { finish } from "./finish";
import { placeOf } from "./place";
import { queueJob } from "./start";
import { steps, type Work } from "./steps";

/**
 * Do a job, or go on with it where another process was cut off: what is noted as done is not done
 * again, what is noted as begun is begun anew. Nobody else works on the same tenant meanwhile.
 */
export async function runTenantJob(ctx: Ctx, jobId: string): Promise<void> {
  const known = await findJob(ctx, jobId);
  if (!known || isOver(known)) return;
  await alone(`tenant ${known.tenantId}`, async (held) => {
    const job = await findJob(ctx, jobId);
    const tenant = job && (await findTenant(ctx, job.tenantId, null));
    if (!job || !tenant || isOver(job)) return;
    if (job.status === "waiting")
      await updateJob(ctx, job.id, {
        status: "running",
        started_at: ctx.now(),
      });
    if (job.status !== "compensating") await goOn(ctx, held, job, tenant);
    else await undoAll(ctx, held, job, tenant);
  });
}

/** Have jobs done that are due, and that nobody may be doing: a worker that dies says nothing. */
export async function resumeTenantJobs(ctx: Ctx): Promise<void> {
  const ids = await findDueJobs(ctx);
  await transaction(ctx, async (tx) => {
    for (const id of ids) await queueJob(tx, id);
  });
}

async function goOn(
  ctx: Ctx,
  held: Held,
  job: StoredJob,
  tenant: StoredTenant,
): Promise<void> {
  for (const step of job.steps) {
    if (step.status === "done" || step.status === "skipped") continue;
    held.assert();
    await beginStep(ctx, job.id, step.position);
    const attempts = step.attempts + 1;
    try {
      await definitionOf(step).run(await workOf(ctx, job, tenant, attempts));
    } catch (error) {
      held.assert();
      if (error instanceof Pending) return waitForCall(ctx, job, step, error);
      const isEndless = endless.has(job.kind);
      const isEnough = attempts >= mostAttempts && !isEndless;
      const isRefused =
        error instanceof Refusal && !(isEndless && error instanceof Unheard);
      const mayStop = isEnough || isRefused;
      if (mayStop && dispensable.has(step.name)) {
        await endStep(ctx, job, step, "skipped", error);
        continue;
      }
      if (!mayStop) return tryLater(ctx, job, step, attempts, error);
      await giveUp(ctx, job, step, error);
      const now = await findJob(ctx, job.id);
      return now ? undoAll(ctx, held, now, tenant) : undefined;
    }
    await endStep(ctx, job, step, "done");
  }
  held.assert();
  await finish(ctx, job, "succeeded", null);
}

async function giveUp(
  ctx: Ctx,
  job: StoredJob,
  step: StoredStep,
  error: unknown,
): Promise<void> {
  const isUntouched = error instanceof Refusal && error.isUntouched;
  await transaction(ctx, async (tx) => {
    await updateStep(tx, job.id, step.position, {
      // One that had begun nothing has nothing to be undone.
      status: isUntouched ? "undone" : "failed",
      error: wordsOf(error),
      finished_at: tx.now(),
    });
    await updateJob(tx, job.id, {
      status: "compensating",
      error: wordsOf(error),
    });
  });
  await note(ctx, job, "error", `${step.name} failed: ${wordsOf(error)}`);
}

async function undoAll(
  ctx: Ctx,
  held: Held,
  job: StoredJob,
  tenant: StoredTenant,
): Promise<void> {
  const begun = job.steps.filter(({ status }) =>
    ["running", "done", "failed"].includes(status),
  );
  for (const step of begun.reverse()) {
    held.assert();
    const definition = definitionOf(step);
    try {
      await definition.undo?.(await workOf(ctx, job, tenant, step.attempts));
    } catch (error) {
      held.assert();
      if (error instanceof Pending)
        return waitForCall(ctx, job, step, error, "compensating");
      // Nothing may be left behind: it is tried until it works.
      return tryLater(ctx, job, step, step.attempts + 1, error, "compensating");
    }
    if (step.status !== "failed" || "undo" in definition)
      await updateStep(ctx, job.id, step.position, {
        status: "undone",
        finished_at: ctx.now(),
      });
  }
  held.assert();
  await finish(ctx, job, "failed", job.error);
}

// Whoever was asked tells of its end, which may have come while we were writing this.
async function waitForCall(
  ctx: Ctx,
  job: StoredJob,
  step: StoredStep,
  { callId }: Pending,
  status: "running" | "compensating" = "running",
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const call = await lockCall(tx, callId);
    const at =
      call?.state.status === "pending"
        ? call.state.until
        : addSeconds(tx.now(), 1);
    // Waiting is no failed try.
    await updateStep(tx, job.id, step.position, {
      ...(status === "running" && { attempts: step.attempts }),
      error: null,
    });
    await updateJob(tx, job.id, { status, next_attempt_at: at });
    await queueJob(tx, job.id, at);
  });
}

async function tryLater(
  ctx: Ctx,
  job: StoredJob,
  step: StoredStep,
  attempts: number,
  error: unknown,
  status: "running" | "compensating" = "running",
): Promise<void> {
  const at = addSeconds(ctx.now(), secondsUntilNextTry(attempts));
  await transaction(ctx, async (tx) => {
    await updateStep(tx, job.id, step.position, {
      error: wordsOf(error),
      ...(status === "compensating" && { attempts }),
    });
    await updateJob(tx, job.id, { status, next_attempt_at: at });
    await queueJob(tx, job.id, at);
  });
  const doing = status === "running" ? "" : "undoing ";
  await note(ctx, job, "warning", `${doing}${step.name}: ${wordsOf(error)}`);
}

async function endStep(
  ctx: Ctx,
  job: StoredJob,
  step: StoredStep,
  status: "done" | "skipped",
  error?: unknown,
): Promise<void> {
  await updateStep(ctx, job.id, step.position, {
    status,
    error: error === undefined ? null : wordsOf(error),
    finished_at: ctx.now(),
  });
}

async function workOf(
  ctx: Ctx,
  job: StoredJob,
  tenant: StoredTenant,
  attempts: number,
): Promise<Work> {
  const { place, driver } = await placeOf(ctx, tenant);
  const calls = callsOf(ctx, job);
  return {
    ...{ ctx, job, driver, isFirstTry: attempts === 1 },
    place: { ...place, calls },
  };
}

function definitionOf({ name }: StoredStep) {
  return steps[name as StepName]; // Safe: insertJob wrote it from the table of steps.
}

function note(
  ctx: Ctx,
  { tenantId }: StoredJob,
  level: "warning" | "error",
  message: string,
): Promise<void> {
  return insertLogs(ctx, tenantId, "tollkeeper", [
    { level, message, at: ctx.now() },
  ]);
}

function isOver({ status }: StoredJob): boolean {
  return status === "succeeded" || status === "failed";
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
