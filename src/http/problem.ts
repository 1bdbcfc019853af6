import type * as z from "zod";
import { isUnavailable } from "@/platform/db/failures";
import { log } from "@/platform/log";
import { noteError } from "./request-notes";
import {
  DomainError,
  errorStatus,
  type ErrorBody,
  type FieldError,
  unavailable,
} from "@/shared/errors";

/** An answer that is not a Response yet: `text` is JSON, unless a file is streamed in its place. */
export type PlainAnswer = {
  status: number;
  headers: Record<string, string>;
  text: string;
  stream?: ReadableStream<Uint8Array>;
};

/** The answer for a thrown error, as a Response. */
export function problem(error: unknown, requestId: string): Response {
  const { text, ...init } = plainProblem(error, requestId);
  return new Response(text, init);
}

/** The answer for a thrown error. What is not a DomainError is logged, and told to nobody. */
export function plainProblem(error: unknown, requestId: string): PlainAnswer {
  const known = toDomainError(error);
  if (!known) {
    log().error({ request_id: requestId, err: error }, "unexpected error");
    return plainProblem(
      new DomainError(
        "INTERNAL",
        `Something went wrong on our side. Try again, and tell us the request id ${requestId} if it persists.`,
      ),
      requestId,
    );
  }
  noteError(requestId, known.code);
  const body: ErrorBody = {
    error: known.message,
    code: known.code,
    ...(known.details !== undefined && { details: known.details }),
    request_id: requestId,
    ...known.more.extra,
  };
  return {
    status: errorStatus[known.code],
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-request-id": requestId,
      ...known.more.headers,
    },
    text: JSON.stringify(body),
  };
}

/** VALIDATION_FAILED that names every field, by its path under `part` (`body.limits.per_day`). */
export function invalidInput(
  part: "query" | "body",
  error: z.ZodError,
): DomainError {
  const fields = error.issues.flatMap((issue) => fieldErrors(part, issue));
  const named = fields
    .slice(0, 5)
    .map(({ field, message }) => `${field} ${message}`)
    .join("; ");
  const more = fields.length > 5 ? `; and ${fields.length - 5} more` : "";
  return new DomainError(
    "VALIDATION_FAILED",
    `The request does not fit: ${named}${more}.`,
    { fields: fields.slice(0, 100) },
  );
}

function fieldErrors(part: string, issue: z.core.$ZodIssue): FieldError[] {
  const path = [part, ...issue.path.map(String)].join(".");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      field: `${path}.${key.slice(0, 100)}`,
      message: "is not a known field",
    }));
  if (issue.code === "invalid_union") {
    const branch = nearestBranch(issue.errors);
    if (branch) return branch.flatMap((inner) => fieldErrors(path, inner));
  }
  return [{ field: path.slice(0, 300), message: plain(issue.message) }];
}

// Of the forms that a value may have, the one whose outline it fits: what is wrong lies inside.
function nearestBranch(branches: z.core.$ZodIssue[][]) {
  return branches.find((issues) =>
    issues.every(
      ({ path, code }) => path.length > 0 || code !== "invalid_type",
    ),
  );
}

function plain(message: string): string {
  return message.replace(/^Invalid input: /, "").replace(/^I/, "i");
}

function toDomainError(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  if (isNamedLikeDomainError(error)) return error;
  if (isUnavailable(error)) return unavailable("The database");
  return null;
}

// A copy of the class from another bundle in the same process is the same error.
function isNamedLikeDomainError(error: unknown): error is DomainError {
  return (
    error instanceof Error &&
    error.name === "DomainError" &&
    "code" in error &&
    String(error.code) in errorStatus &&
    "more" in error
  );
}
