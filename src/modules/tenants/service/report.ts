import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { env } from "@/platform/env";
import { signedBody } from "@/platform/signed-body";
import { notFound } from "@/shared/errors";
import {
  ProvisionerReport,
  type ProvisionerReportResult,
} from "../contract/provisioner";
import { endCall, lockCall, updateCall } from "../queries/calls";
import { noteProgress, updateJob } from "../queries/jobs";
import { waitUntil } from "./calls";
import { queueJob } from "./start";

/**
 * Take what a provisioner calls back about what it was asked: how far it is, or its end, with which
 * the job goes on. Throws NOT_FOUND where there is no provisioner, VALIDATION_FAILED when the
 * signature is wrong or the body is no report.
 */
export async function takeReport(
  ctx: Ctx,
  raw: string,
  headers: Headers,
): Promise<ProvisionerReportResult> {
  const { PROVISIONER_SECRET: secret } = env();
  if (!secret) throw notFound("webhook endpoint");
  const report = signedBody(ProvisionerReport, {
    ...{ secret, raw, headers, now: ctx.now() },
    variable: "PROVISIONER_SECRET",
  });
  const by: Ctx = { ...ctx, actor: { kind: "system", name: "Provisioner" } };
  return transaction(by, (tx) => take(tx, report));
}

async function take(
  tx: TxCtx,
  { call_id, status, progress, message, result, error }: ProvisionerReport,
): Promise<ProvisionerReportResult> {
  const call = await lockCall(tx, call_id);
  if (!call) return ignored("Nothing waits for it, or not any more.");
  if (call.state.status === "succeeded" || call.state.status === "failed")
    return ignored("It has been told already.");
  if (status === "running") {
    const until = waitUntil(tx);
    await updateCall(tx, call.id, { wait_until: until });
    await noteProgress(tx, call.jobId, {
      ...(progress !== undefined && { progress }),
      ...(message !== undefined && { message }),
    });
    return { status: "taken", reason: null };
  }
  await endCall(
    tx,
    call.id,
    status === "succeeded"
      ? { status, result: result ?? {} }
      : { status, error: error ?? "it did not say why" },
  );
  await updateJob(tx, call.jobId, { next_attempt_at: null });
  await queueJob(tx, call.jobId);
  return { status: "taken", reason: null };
}

function ignored(reason: string): ProvisionerReportResult {
  return { status: "ignored", reason };
}
