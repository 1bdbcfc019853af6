import type { Decision } from "@tollkeeper/sdk";

/** An error as OpenAI's API answers it, so that its clients know what to do. */
export class OpenAiError extends Error {
  readonly body: object;

  constructor(
    readonly status: number,
    facts: { message: string; type: string; code?: string; param?: string },
    readonly headers: Record<string, string> = {},
  ) {
    super(facts.message);
    const { message, type, code = null, param = null } = facts;
    this.body = { error: { message, type, param, code } };
  }
}

/** A request that OpenAI's API would refuse too. */
export function badRequest(message: string, param?: string): OpenAiError {
  const type = "invalid_request_error";
  return new OpenAiError(400, { message, type, ...(param && { param }) });
}

export function noKey(): OpenAiError {
  return new OpenAiError(
    401,
    {
      message:
        "You didn't provide an API key. Send yours in the header authorization: Bearer sk_….",
      type: "invalid_request_error",
      code: "invalid_api_key",
    },
    { "www-authenticate": "Bearer" },
  );
}

/** Why Tollkeeper did not let a call through, in OpenAI's words. */
export function refusalOf(decision: Decision): OpenAiError {
  const { status, type, code } = kindOf(decision.code);
  const { message } = decision;
  return new OpenAiError(status, { message, type, code }, rates(decision));
}

type Kind = { status: number; type: string; code: string };

function kindOf(code: Decision["code"]): Kind {
  switch (code) {
    case "RATE_LIMITED":
      return { status: 429, type: "requests", code: "rate_limit_exceeded" };
    case "QUOTA_EXCEEDED":
    case "SPEND_CAP_REACHED": {
      const type = "insufficient_quota";
      return { status: 429, type, code: type };
    }
    case "NOT_FOUND": {
      const type = "invalid_request_error";
      return { status: 401, type, code: "invalid_api_key" };
    }
    case "UNAVAILABLE":
      return { status: 503, type: "server_error", code: "unavailable" };
    default: {
      const type = "invalid_request_error";
      return { status: 403, type, code: code.toLowerCase() };
    }
  }
}

/** Where a caller stands, in the headers that OpenAI's clients read. */
export function rates(decision: Decision): Record<string, string> {
  const { window, limits, remaining, quota, retry_after } = decision;
  const limit = window && limits?.[`per_${window}`];
  const left = window && remaining?.[window];
  return {
    ...(typeof limit === "number" &&
      typeof left === "number" && {
        "x-ratelimit-limit-requests": String(limit),
        "x-ratelimit-remaining-requests": String(left),
      }),
    ...(quota && {
      "x-ratelimit-limit-tokens": String(quota.limit),
      "x-ratelimit-remaining-tokens": String(quota.remaining),
    }),
    ...(retry_after !== null && {
      "retry-after": String(Math.ceil(retry_after)),
    }),
  };
}
