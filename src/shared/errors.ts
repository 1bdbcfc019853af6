/** Every stable error code of the API, with its HTTP status. */
export const errorStatus = {
  INVALID_JSON: 400,
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  TWO_FACTOR_REQUIRED: 401,
  FORBIDDEN: 403,
  EMAIL_NOT_VERIFIED: 403,
  PASSWORD_CHANGE_REQUIRED: 403,
  TWO_FACTOR_ENROLLMENT_REQUIRED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  IDEMPOTENCY_IN_PROGRESS: 409,
  IDEMPOTENCY_ANSWER_LOST: 409,
  GONE: 410,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_MISMATCH: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** Body of every error answer; a 429 adds `error_type`, `limits`, `usage` and `retry_after`. */
export type ErrorBody = {
  error: string;
  code: string;
  details?: unknown;
  request_id: string;
};

/** One field that failed validation, by its path in the input (`body.limits.per_second`). */
export type FieldError = { field: string; message: string };

/**
 * A refusal that the caller can act on. `message` says what happened and what to do next;
 * `details` goes to the caller as it is; `extra` is merged into the body beside the code;
 * `headers` are added to the answer.
 */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: unknown,
    readonly more: {
      extra?: Record<string, unknown>;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.name = "DomainError";
  }
}

/** 404 for a thing that does not exist, or that the caller may not know of. */
export function notFound(thing: string): DomainError {
  return new DomainError(
    "NOT_FOUND",
    `There is no such ${thing}. Check the id, and that it belongs to you.`,
  );
}

/** 503 for what does not answer: nothing was changed. */
export function unavailable(what: string): DomainError {
  return new DomainError(
    "UNAVAILABLE",
    `${what} does not answer at the moment. Nothing was changed; try again in a few seconds.`,
    undefined,
    { headers: { "retry-after": "2" } },
  );
}

/** 400 for rules that span fields or need the database; `fields` as in a validation error. */
export function invalid(fields: FieldError[]): DomainError {
  const named = fields.map(({ field, message }) => `${field}: ${message}`);
  return new DomainError(
    "VALIDATION_FAILED",
    `The request has errors. ${named.join("; ")}`,
    { fields },
  );
}
