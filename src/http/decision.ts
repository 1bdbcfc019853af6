import type { Decision } from "@/modules/access/contract";
import { DomainError } from "@/shared/errors";
import { Answer } from "./route";

const windowSeconds = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  month: 2_678_400,
} as const;

/**
 * The answer to an access check, with the tightest window in the headers. A refusal is a 200,
 * since the question was answered; with `enforce=status` it is the 429 or 403 that a host can
 * pass on to its caller as it is.
 */
export function answerDecision(
  decision: Decision,
  { enforce }: { enforce?: "status" | undefined },
): Answer<Decision> {
  const headers = decisionHeaders(decision);
  if (decision.valid || enforce !== "status")
    return new Answer(decision, { headers });
  const isLimit = decision.code === "RATE_LIMITED";
  throw new DomainError(
    isLimit ? "RATE_LIMITED" : "FORBIDDEN",
    decision.message,
    undefined,
    {
      headers,
      extra: {
        status: "error",
        code: decision.code,
        error_type: isLimit ? "rate_limit" : "access",
        limits: decision.limits,
        usage: decision.usage,
        retry_after: decision.retry_after,
      },
    },
  );
}

function decisionHeaders(decision: Decision): Record<string, string> {
  const { window, limits, remaining, retry_after } = decision;
  const wait: Record<string, string> =
    retry_after === null
      ? {}
      : { "retry-after": String(Math.ceil(retry_after)) };
  const limit = window && limits?.[`per_${window}`];
  const left = window && remaining?.[window];
  if (!window || typeof limit !== "number" || typeof left !== "number")
    return wait;
  const reset = Math.ceil(retry_after ?? windowSeconds[window]);
  return {
    "ratelimit-policy": `"${window}";q=${limit};w=${windowSeconds[window]}`,
    ratelimit: `"${window}";r=${left};t=${reset}`,
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(left),
    "x-ratelimit-reset": String(reset),
    ...wait,
  };
}
