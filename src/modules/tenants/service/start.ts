import type { TxCtx } from "@/platform/context";
import { addJob } from "@/platform/add-job";
import { DomainError } from "@/shared/errors";
import type { JobKind, TenantJob } from "../contract";
import { actionsOf, stepsOf } from "../plan-of-job";
import { findLiveJobs, insertJob, type JobInput } from "../queries/jobs";
import type { StoredTenant } from "../queries/tenants";
import { toldOfTenant } from "./told";

/** The task of the worker that does a job: `{ id }`. */
export const tenantJobTask = "tenant_job";

/** What a person reads of a job that is under way. */
export const jobSaid: Record<JobKind, string> = {
  provision: "It is still being made",
  adopt: "It is still being taken over",
  install_module: "A module is being installed",
  uninstall_module: "A module is being uninstalled",
  backup: "It is being backed up",
  restore: "It is being restored",
  suspend: "It is being suspended",
  unsuspend: "It is being taken back",
  terminate: "It is being deleted",
};

/** Throws CONFLICT while something is under way. With the tenant's row locked. */
export async function assertIdle(
  tx: TxCtx,
  tenant: StoredTenant,
): Promise<void> {
  const live = (await findLiveJobs(tx, [tenant.id])).get(tenant.id);
  if (live)
    throw new DomainError(
      "CONFLICT",
      `${jobSaid[live.kind]}. Wait until that is done, and try again.`,
      { job_id: live.id, kind: live.kind },
    );
}

/** Begin a job, in the transaction of the write that it belongs to. */
export async function startJob(
  tx: TxCtx,
  kind: JobKind,
  input: JobInput,
  before: StoredTenant | null,
  after: StoredTenant,
): Promise<TenantJob> {
  const job = await insertJob(tx, {
    tenantId: after.id,
    kind,
    input,
    startedBy: tx.actor.name,
    steps: stepsOf[kind],
  });
  await queueJob(tx, job.id);
  await toldOfTenant(tx, actionsOf[kind].asked, before, after, {
    job_id: job.id,
    ...(job.subject && { subject: job.subject }),
  });
  return job;
}

/** Have the worker do a job, or go on with it. */
export async function queueJob(
  tx: TxCtx,
  id: string,
  at: Date | null = null,
): Promise<void> {
  await addJob(tx, tenantJobTask, { id }, `${tenantJobTask}_${id}`, at);
}
