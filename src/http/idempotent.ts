import type { Actor, Ctx } from "@/platform/context";
import {
  keepAnswer,
  releaseClaim,
  takeClaim,
  type Claim,
} from "@/platform/idempotency";
import { seal, unseal } from "@/platform/seal";
import { hashSecret } from "@/platform/secret";
import type { Endpoint } from "@/shared/endpoint";
import { DomainError, invalid } from "@/shared/errors";
import type { Asked } from "./asked";
import type { PlainAnswer } from "./problem";

/** A POST that its caller may repeat: its key, and all that makes it the same call. */
export type RepeatableCall = { key: string; parts: readonly unknown[] };

/** The Idempotency-Key of a POST, or null. Throws VALIDATION_FAILED when it is malformed. */
export function idempotencyKeyOf(
  endpoint: Endpoint,
  request: Asked,
): string | null {
  if (endpoint.method !== "POST") return null;
  const key = request.headers.get("idempotency-key");
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw invalid([
    {
      field: "header.idempotency-key",
      message: "must be one key of 1 to 255 visible ASCII characters",
    },
  ]);
}

/**
 * Run a call once, however often it is repeated under its key within 30 days: a repetition gets
 * the stored answer. `run` must answer failures too, not throw them.
 */
export async function answerOnce(
  ctx: Ctx,
  { key, parts }: RepeatableCall,
  run: (claimed: Ctx) => Promise<PlainAnswer>,
): Promise<PlainAnswer> {
  const scope = scopeOf(ctx);
  const claim: Claim = { scope, hash: hashSecret("idempotency-key", key) };
  const fingerprint = hashSecret("idempotent-call", JSON.stringify(parts));
  const bound = Buffer.concat([Buffer.from(scope), claim.hash, fingerprint]);
  const standing = await takeClaim(claim, fingerprint, ctx.requestId);
  switch (standing.kind) {
    case "taken": {
      const answer = await run({ ...ctx, claim });
      await settle(ctx, claim, answer, (text) => seal(key, bound, text));
      return answer;
    }
    case "answered":
      return replay(standing.status, unseal(key, bound, standing.answer));
    case "mismatch":
    case "running":
    case "lost":
      throw refusals[standing.kind]();
    default:
      return standing satisfies never;
  }
}

// An answer that cannot be kept is still sent: the work is done or refused, and that is known.
async function settle(
  ctx: Ctx,
  claim: Claim,
  { status, headers, text }: PlainAnswer,
  sealed: (text: string) => Buffer,
): Promise<void> {
  const isPassing = status >= 500 || status === 429;
  try {
    if (isPassing) await releaseClaim(claim, ctx.requestId);
    else {
      const answer = sealed(JSON.stringify({ headers, text }));
      await keepAnswer(claim, ctx.requestId, status, answer);
    }
  } catch (error) {
    ctx.log.warn({ err: error }, "an answer could not be kept for repetition");
  }
}

function replay(status: number, sealed: string): PlainAnswer {
  // Safe: settle() wrote these two.
  const kept = JSON.parse(sealed) as Pick<PlainAnswer, "headers" | "text">;
  return {
    status,
    headers: { ...kept.headers, "idempotent-replayed": "true" },
    text: kept.text,
  };
}

// Two people with the same key are two calls, and so is one person at two customers.
function scopeOf({ actor, ip }: { actor: Actor; ip: string | null }): string {
  switch (actor.kind) {
    case "staff":
      return `user:${actor.userId}`;
    case "customer":
      return `user:${actor.userId}@${actor.customerId}`;
    case "service":
      return `token:${actor.tokenId}`;
    case "system":
    case "public":
      return `ip:${ip ?? "none"}`;
    default:
      return actor satisfies never;
  }
}

const refusals = {
  mismatch: () =>
    new DomainError(
      "IDEMPOTENCY_MISMATCH",
      "This Idempotency-Key was used for another call. Use a new key for each new call.",
    ),
  running: () =>
    new DomainError(
      "IDEMPOTENCY_IN_PROGRESS",
      "The first call with this Idempotency-Key is still under way. Wait a second and repeat it to get its answer.",
      undefined,
      { headers: { "retry-after": "1" } },
    ),
  lost: () =>
    new DomainError(
      "IDEMPOTENCY_ANSWER_LOST",
      "The first call with this Idempotency-Key was carried out, but its answer was lost. Look up its result; it is not carried out again.",
    ),
};
