import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow, type PageQuery } from "@/shared/page";
import type { JobKind, JobStatus, StepStatus, TenantJob } from "../contract";

/** What a job was asked for. */
export type JobInput = {
  modules?: string[];
  module?: string;
  backup_id?: string;
  /** the copy that is made before something is taken away */
  safety_backup_id?: string;
};

export type StoredStep = {
  position: number;
  name: string;
  status: StepStatus;
  attempts: number;
};

export type StoredJob = {
  id: string;
  tenantId: string;
  kind: JobKind;
  status: JobStatus;
  input: JobInput;
  error: string | null;
  steps: StoredStep[];
};

const withSteps = { steps: { orderBy: { position: "asc" } } } as const;

export async function insertJob(
  tx: TxCtx,
  job: {
    tenantId: string;
    kind: JobKind;
    input: JobInput;
    startedBy: string;
    steps: readonly string[];
  },
): Promise<TenantJob> {
  const row = await tx.db.tenantJob.create({
    data: {
      id: toUuid(newId("tjb")),
      tenant_id: toUuid(job.tenantId),
      kind: job.kind,
      input: job.input,
      started_by: job.startedBy,
      created_at: tx.now(),
      steps: {
        create: job.steps.map((name, position) => ({ name, position })),
      },
    },
    include: withSteps,
  });
  return toJob(row);
}

/** What is under way with tenants, by their ids. */
export async function findLiveJobs(
  ctx: Ctx,
  tenantIds: string[],
): Promise<Map<string, TenantJob>> {
  const rows = await ctx.db.tenantJob.findMany({
    where: { tenant_id: { in: tenantIds.map(toUuid) }, finished_at: null },
    include: withSteps,
  });
  return new Map(
    rows.map((row) => [fromUuid("tnt", row.tenant_id), toJob(row)]),
  );
}

/** A tenant's jobs, newest first. */
export async function findJobs(
  ctx: Ctx,
  tenantId: string,
  query: PageQuery,
): Promise<{ items: TenantJob[]; total: number }> {
  const where = { tenant_id: toUuid(tenantId) };
  const [rows, total] = await Promise.all([
    ctx.db.tenantJob.findMany({
      where,
      include: withSteps,
      orderBy: { id: "desc" },
      ...pageWindow(query),
    }),
    ctx.db.tenantJob.count({ where, take: 10_001 }),
  ]);
  return { items: rows.map(toJob), total };
}

export async function findJob(ctx: Ctx, id: string): Promise<StoredJob | null> {
  const row = await ctx.db.tenantJob.findUnique({
    where: { id: toUuid(id) },
    include: withSteps,
  });
  if (!row) return null;
  return {
    id,
    tenantId: fromUuid("tnt", row.tenant_id),
    kind: row.kind as JobKind, // Safe, as all below: CHECK constraints, and insertJob wrote it.
    status: row.status as JobStatus,
    input: row.input as JobInput,
    error: row.error,
    steps: row.steps.map(({ position, name, status, attempts }) => ({
      ...{ position, name, attempts },
      status: status as StepStatus,
    })),
  };
}

/** Jobs that are not over and need not wait: whoever did them may have died. */
export async function findDueJobs(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.tenantJob.findMany({
    where: {
      finished_at: null,
      OR: [{ next_attempt_at: null }, { next_attempt_at: { lte: ctx.now() } }],
    },
    select: { id: true },
    orderBy: { id: "asc" },
    take: 1_000,
  });
  return rows.map(({ id }) => fromUuid("tjb", id));
}

export async function updateJob(
  ctx: Ctx,
  id: string,
  change: Prisma.TenantJobUncheckedUpdateInput,
): Promise<void> {
  await ctx.db.tenantJob.update({ where: { id: toUuid(id) }, data: change });
}

export async function updateStep(
  ctx: Ctx,
  jobId: string,
  position: number,
  change: Prisma.TenantJobStepUncheckedUpdateInput,
): Promise<void> {
  await ctx.db.tenantJobStep.update({
    where: { job_id_position: { job_id: toUuid(jobId), position } },
    data: change,
  });
}

/** Note how far the step is that a job is at. */
export async function noteProgress(
  ctx: Ctx,
  jobId: string,
  said: { progress?: number; message?: string },
): Promise<void> {
  await ctx.db.tenantJobStep.updateMany({
    where: { job_id: toUuid(jobId), status: "running" },
    data: said,
  });
}

/** Note the beginning of a step, before anything of it is done. */
export async function beginStep(
  ctx: Ctx,
  jobId: string,
  position: number,
): Promise<void> {
  await updateStep(ctx, jobId, position, {
    status: "running",
    attempts: { increment: 1 },
    started_at: ctx.now(),
    error: null,
  });
}

type Row = Prisma.TenantJobGetPayload<{ include: { steps: true } }>;

function toJob(row: Row): TenantJob {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  const input = row.input as JobInput; // Safe: insertJob wrote it.
  return {
    id: fromUuid("tjb", row.id),
    tenant_id: fromUuid("tnt", row.tenant_id),
    kind: row.kind as JobKind, // Safe, as the two below: CHECK constraints.
    status: row.status as JobStatus,
    subject: input.module ?? input.backup_id ?? null,
    error: row.error,
    steps: row.steps.map((step) => ({
      name: step.name,
      status: step.status as StepStatus,
      attempts: step.attempts,
      error: step.error,
      progress: step.status === "running" ? step.progress : null,
      message: step.status === "running" ? step.message : null,
      started_at: iso(step.started_at),
      finished_at: iso(step.finished_at),
    })),
    steps_done: row.steps.filter(({ status }) =>
      ["done", "skipped"].includes(status),
    ).length,
    next_attempt_at: iso(row.next_attempt_at),
    started_at: iso(row.started_at),
    finished_at: iso(row.finished_at),
    created_at: row.created_at.toISOString(),
  };
}
