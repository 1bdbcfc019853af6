import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { CallState } from "../driver";

export type StoredCall = { id: string; jobId: string; state: CallState };

/** The call of this id, which is written down before it is made. */
export async function beginCall(
  ctx: Ctx,
  jobId: string,
  id: string,
): Promise<StoredCall> {
  await ctx.db.$executeRaw`
    INSERT INTO tenant_calls (id, job_id, created_at)
    VALUES (${toUuid(id)}::uuid, ${toUuid(jobId)}::uuid, ${ctx.now()}) ON CONFLICT DO NOTHING`;
  const row = await ctx.db.tenantCall.findUniqueOrThrow({
    where: { id: toUuid(id) },
  });
  return toCall(row);
}

/** The same, locked until the transaction ends; null when its job is over. */
export async function lockCall(
  tx: TxCtx,
  id: string,
): Promise<StoredCall | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM tenant_calls WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  const row = await tx.db.tenantCall.findUnique({ where: { id: toUuid(id) } });
  return row && toCall(row);
}

export async function updateCall(
  ctx: Ctx,
  id: string,
  change: Prisma.TenantCallUncheckedUpdateInput,
): Promise<void> {
  await ctx.db.tenantCall.updateMany({
    where: { id: toUuid(id) },
    data: change,
  });
}

/** Note what came of a call. */
export async function endCall(
  ctx: Ctx,
  id: string,
  end:
    | { status: "succeeded"; result: Record<string, unknown> }
    | { status: "failed"; error: string },
): Promise<void> {
  await updateCall(
    ctx,
    id,
    end.status === "failed"
      ? end
      : // Safe: it came as JSON.
        { ...end, result: end.result as Prisma.InputJsonObject },
  );
}

export async function deleteCall(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.tenantCall.deleteMany({ where: { id: toUuid(id) } });
}

export async function deleteCallsOf(tx: TxCtx, jobId: string): Promise<void> {
  await tx.db.tenantCall.deleteMany({ where: { job_id: toUuid(jobId) } });
}

type Row = Prisma.TenantCallGetPayload<object>;

function toCall(row: Row): StoredCall {
  return {
    id: fromUuid("tcl", row.id),
    jobId: fromUuid("tjb", row.job_id),
    state: stateOf(row),
  };
}

function stateOf({ status, wait_until, result, error }: Row): CallState {
  if (status === "succeeded") return { status, result: result ?? {} };
  if (status === "failed") return { status, error: error ?? "" };
  return wait_until
    ? { status: "pending", until: wait_until }
    : { status: "new" };
}
