import { DomainError } from "@/shared/errors";
import type { TxCtx } from "./context";
import { sql } from "./db";
import type { ModuleJobs } from "./jobs";

/** The right to answer a POST: who sent it, and the HMAC of the Idempotency-Key. */
export type Claim = { scope: string; hash: Buffer };

/** How a claim stands: `taken` is ours to answer now; `lost` is done, but its answer is not kept. */
export type Standing =
  | { kind: "taken" | "mismatch" | "running" | "lost" }
  | { kind: "answered"; status: number; answer: Buffer };

type Row = {
  fits: boolean;
  is_committed: boolean;
  is_young: boolean;
  status: number | null;
  answer: Buffer | null;
};

/**
 * Take a claim before its work begins, or say how the earlier one stands. A claim of more than
 * 60 s without a commit was left by a process that died: it is taken over.
 */
export async function takeClaim(
  { scope, hash }: Claim,
  fingerprint: Buffer,
  requestId: string,
): Promise<Standing> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const taken = await sql("idempotency_take", takeText, [
      scope,
      hash,
      fingerprint,
      requestId,
    ]);
    if (taken.length > 0) return { kind: "taken" };
    const [row] = await sql<Row>("idempotency_find", findText, [
      scope,
      hash,
      fingerprint,
    ]);
    // None when the claim was given up between the two statements: so it can be taken now.
    if (row) return standingOf(row);
  }
  return { kind: "running" };
}

/** Keep the sealed answer of a claim that `requestId` holds. */
export async function keepAnswer(
  { scope, hash }: Claim,
  requestId: string,
  status: number,
  answer: Buffer,
): Promise<void> {
  await sql(
    "idempotency_keep",
    `UPDATE idempotency_keys SET status = $4, answer = $5
     WHERE scope = $1 AND hash = $2 AND request_id = $3`,
    [scope, hash, requestId, status, answer],
  );
}

/** Give up a claim, so that the same call may be tried again; not once its work is committed. */
export async function releaseClaim(
  { scope, hash }: Claim,
  requestId: string,
): Promise<void> {
  await sql(
    "idempotency_release",
    `DELETE FROM idempotency_keys
     WHERE scope = $1 AND hash = $2 AND request_id = $3 AND committed_at IS NULL`,
    [scope, hash, requestId],
  );
}

/**
 * Mark the work of a claim as done, in the transaction that does it. Throws when another request
 * has taken the claim over, so that the work is rolled back and done once only.
 */
export async function markCommitted(
  tx: TxCtx,
  { scope, hash }: Claim,
): Promise<void> {
  const { count } = await tx.db.idempotencyKey.updateMany({
    where: { scope, hash: new Uint8Array(hash), request_id: tx.requestId },
    data: { committed_at: tx.now() },
  });
  if (count === 0)
    throw new DomainError(
      "IDEMPOTENCY_IN_PROGRESS",
      "This took so long that a repetition of it took over. Nothing was changed by this one; repeat it to get the other's answer.",
      undefined,
      { headers: { "retry-after": "1" } },
    );
}

export const idempotencyJobs: ModuleJobs = {
  timers: [
    {
      name: "idempotency_forget",
      cron: "41 3 * * *",
      run: async (ctx) => {
        const before = new Date(ctx.now().getTime() - keptMs);
        await ctx.db.idempotencyKey.deleteMany({
          where: { created_at: { lt: before } },
        });
      },
    },
  ],
};

const keptMs = 30 * 24 * 60 * 60 * 1000;

const takeText = `
  INSERT INTO idempotency_keys AS k (scope, hash, fingerprint, request_id, created_at)
  VALUES ($1, $2, $3, $4, now())
  ON CONFLICT (scope, hash) DO UPDATE
    SET fingerprint = excluded.fingerprint, request_id = excluded.request_id,
      created_at = excluded.created_at, committed_at = NULL, status = NULL, answer = NULL
    WHERE k.created_at < now() - interval '30 days'
      OR (k.status IS NULL AND k.committed_at IS NULL AND k.fingerprint = excluded.fingerprint
        AND k.created_at < now() - interval '60 seconds')
  RETURNING true AS taken`;

const findText = `
  SELECT fingerprint = $3 AS fits, committed_at IS NOT NULL AS is_committed,
    created_at > now() - interval '60 seconds' AS is_young, status, answer
  FROM idempotency_keys WHERE scope = $1 AND hash = $2`;

function standingOf(row: Row): Standing {
  const { fits, status, answer } = row;
  if (!fits) return { kind: "mismatch" };
  if (status !== null && answer !== null)
    return { kind: "answered", status, answer };
  // The answer is kept a moment after the commit.
  return { kind: row.is_committed && !row.is_young ? "lost" : "running" };
}
