import type { Decision, Ruling } from "./decision";

/** What a refused caller is answered. */
export type Refusal = {
  status: 401 | 403 | 429 | 503;
  /** rate headers, and Retry-After where waiting helps */
  headers: Record<string, string>;
  body: {
    status: "error";
    error: string;
    error_type: "rate_limit" | "access" | "authentication" | "unavailable";
    limits: Decision["limits"];
    usage: Decision["usage"];
    /** of the meter that was asked for, when it has one */
    quota?: NonNullable<Decision["quota"]>;
    /** seconds until the same call passes; null when waiting does not help */
    retry_after: number | null;
    code: string;
  };
};

/** The answer to a call that sent no key. */
export function missingKey(): Refusal {
  return {
    status: 401,
    headers: { "www-authenticate": "Bearer" },
    body: {
      status: "error",
      error:
        "Send your API key in the header authorization: Bearer …, or x-api-key.",
      error_type: "authentication",
      limits: null,
      usage: null,
      retry_after: null,
      code: "UNAUTHENTICATED",
    },
  };
}

/** The answer to a call that was decided against. */
export function refusalOf({ decision, headers }: Ruling): Refusal {
  const { status, error_type } = kindOf(decision.code);
  return {
    status,
    headers: {
      ...headers,
      ...(status === 401 && { "www-authenticate": "Bearer" }),
    },
    body: {
      status: "error",
      error: decision.message,
      error_type,
      limits: decision.limits,
      usage: decision.usage,
      ...(decision.quota && { quota: decision.quota }),
      retry_after: decision.retry_after,
      code: decision.code,
    },
  };
}

type Kind = {
  status: Refusal["status"];
  error_type: Refusal["body"]["error_type"];
};

const kinds: Record<string, Kind> = {
  NOT_FOUND: { status: 401, error_type: "authentication" },
  RATE_LIMITED: { status: 429, error_type: "rate_limit" },
  QUOTA_EXCEEDED: { status: 429, error_type: "rate_limit" },
  SPEND_CAP_REACHED: { status: 429, error_type: "rate_limit" },
  UNAVAILABLE: { status: 503, error_type: "unavailable" },
};

// A code that is not known here, from a later version of the API, refuses all the same.
function kindOf(code: string): Kind {
  return kinds[code] ?? { status: 403, error_type: "access" };
}
