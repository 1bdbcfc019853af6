import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { JobKind } from "../contract";
import { jobWords } from "../contract/job-words";
import { actionsOf } from "../plan-of-job";
import { deleteCallsOf } from "../queries/calls";
import { updateJob, type StoredJob } from "../queries/jobs";
import { insertLogs } from "../queries/parts";
import {
  lockTenant,
  updateTenant,
  type StoredTenant,
  type TenantChange,
} from "../queries/tenants";
import { followBilling } from "./billing";
import { toldOfTenant } from "./told";

/** Write what became of a job and of its tenant, once for all. */
export async function finish(
  ctx: Ctx,
  job: StoredJob,
  status: "succeeded" | "failed",
  error: string | null,
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const before = await lockTenant(tx, job.tenantId, null);
    if (!before) return;
    await updateJob(tx, job.id, {
      ...{ status, error },
      finished_at: tx.now(),
      next_attempt_at: null,
    });
    await deleteCallsOf(tx, job.id);
    const change = changeOf(tx, job.kind, status, before);
    const after = change ? await updateTenant(tx, before.id, change) : before;
    const { done, failed } = actionsOf[job.kind];
    const name = status === "succeeded" ? done : failed;
    const subject = job.input.module ?? job.input.backup_id;
    await toldOfTenant(tx, name, before, after, {
      job_id: job.id,
      ...(subject && { subject }),
      ...(error && { error }),
    });
    await insertLogs(tx, before.id, "tollkeeper", [
      {
        level: status === "succeeded" ? "info" : "error",
        message: saidOf(job, status, error),
        at: tx.now(),
      },
    ]);
    // What billing wanted meanwhile had to wait.
    await followBilling(tx, before.id);
  });
}

function saidOf(
  { kind, input: { module } }: StoredJob,
  status: "succeeded" | "failed",
  error: string | null,
): string {
  const { done, failed } = jobWords[kind];
  const words = status === "succeeded" ? done : failed;
  return [words, module, error].filter(Boolean).join(": ");
}

function changeOf(
  ctx: TxCtx,
  kind: JobKind,
  status: "succeeded" | "failed",
  before: StoredTenant,
): TenantChange | null {
  const isDone = status === "succeeded";
  switch (kind) {
    case "provision":
    case "adopt":
      return isDone
        ? { status: "active", ready_at: ctx.now() }
        : { status: "failed" };
    case "unsuspend":
      return isDone
        ? {
            ...{ status: "active", suspended_by: null, suspended_at: null },
            ...{ suspend_reason: null, terminate_at: null },
          }
        : null;
    case "terminate":
      return isDone
        ? { status: "deleted", deleted_at: ctx.now(), terminate_at: null }
        : { status: before.suspended_by ? "suspended" : "active" };
    case "suspend":
    case "install_module":
    case "uninstall_module":
    case "backup":
    case "restore":
      return null;
    default:
      return kind satisfies never;
  }
}
