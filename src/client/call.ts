import type { CallInput, Endpoint, Received } from "@/shared/endpoint";
import type { ErrorBody, FieldError } from "@/shared/errors";
import { etagOf, type Versioned } from "@/shared/version";
import { isAttended } from "./attended";

/** An answer of the API that is not a success; `fields` holds what is wrong with the input. */
export class ApiError extends Error {
  readonly code: string;
  readonly requestId: string;
  readonly fields: FieldError[];
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.error);
    this.name = "ApiError";
    this.code = body.code;
    this.requestId = body.request_id;
    // Safe: details.fields has this shape wherever it is sent; anything else counts as none.
    const { fields } = (body.details ?? {}) as { fields?: FieldError[] };
    this.fields = Array.isArray(fields) ? fields : [];
  }
}

export type CallOptions = {
  signal?: AbortSignal;
  /** makes repeating a POST safe: the first call's answer comes back */
  idempotencyKey?: string;
  /** the file that an upload sends */
  file?: Blob;
  /** the thing as it was when the change began: PRECONDITION_FAILED when it is not so any more */
  ifMatch?: Versioned;
};

/**
 * Call an endpoint of this app from its own pages. Types come from the contract.
 * Throws ApiError, or code NETWORK when no answer came.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  { signal, idempotencyKey, ifMatch, file }: CallOptions = {},
): Promise<Received<E>> {
  const response = await fetch(urlOf(endpoint, input), {
    method: endpoint.method,
    headers: {
      ...(endpoint.body && { "content-type": "application/json" }),
      ...(idempotencyKey !== undefined && {
        "idempotency-key": idempotencyKey,
      }),
      ...(ifMatch && { "if-match": etagOf(ifMatch) }),
      // What a page asks by itself does not keep an idle session alive.
      ...(!isAttended() && { "x-unattended": "1" }),
    },
    ...(endpoint.body && {
      body: JSON.stringify((input as { body?: unknown }).body),
    }),
    ...(file && { body: file }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw unreachable();
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok)
    throw new ApiError(response.status, isErrorBody(answer) ? answer : garbled);
  return endpoint.response.parse(answer) as Received<E>; // Safe: its own schema.
}

/** The address of an endpoint with its parameters filled in. */
export function urlOf<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
): string {
  // Safe: CallInput has these parts exactly where the endpoint has their schemas.
  const { params = {}, query = {} } = input as {
    params?: Record<string, string>;
    query?: Record<string, string | number | boolean | null | undefined>;
  };
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(given).toString();
  return `/api${path}${search && `?${search}`}`;
}

const garbled: ErrorBody = {
  error: "The server gave an answer that makes no sense. Try again.",
  code: "GARBLED",
  request_id: "",
};

function unreachable(): ApiError {
  return new ApiError(0, {
    error: "The server cannot be reached. Check your connection and try again.",
    code: "NETWORK",
    request_id: "",
  });
}

function isErrorBody(value: unknown): value is ErrorBody {
  return (
    typeof value === "object" &&
    value !== null &&
    "error" in value &&
    "code" in value
  );
}
