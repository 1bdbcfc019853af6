import type { IncomingMessage, ServerResponse } from "node:http";
import { requestLog } from "@/platform/log";
import { counter, gauge, histogram } from "@/platform/metrics";
import { singleton } from "@/platform/singleton";
import { errorStatus, type ErrorCode } from "@/shared/errors";
import { beginNotes, endNotes } from "./request-notes";

const methods = [
  ...["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"],
] as const;
type Method = (typeof methods)[number];

// Of the statuses that exist: whoever answers with another is counted with the last.
const countRequest = counter(
  "http_requests_total",
  "Requests answered, by method, route pattern and status; 499 where the caller went before the answer.",
  { method: methods, route: "any", status: "any" },
);
const timeRequest = histogram(
  "http_request_duration_seconds",
  "From the request's head to the end of its answer, by method and route pattern.",
  { method: methods, route: "any" },
  [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
);
// Safe: these are the keys of a record by ErrorCode.
const codes = Object.keys(errorStatus) as ErrorCode[];
const countError = counter(
  "http_errors_total",
  "Answers of the API that are errors, by code.",
  { code: [...codes, "other"] },
);

const inFlight = () => singleton("requests-in-flight", () => ({ count: 0 }));
gauge(
  "http_requests_in_flight",
  "Requests that are being answered now.",
  {},
  () => [[{}, inFlight().count]],
);

/** Count, time and log a request when its answer has gone out. `route` names its pattern, never its path. */
export function observe(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  route: () => string,
): void {
  const began = performance.now();
  const notes = beginNotes(requestId);
  inFlight().count += 1;
  response.once("close", () => {
    inFlight().count -= 1;
    endNotes(requestId);
    const milliseconds = performance.now() - began;
    const method = known(request.method);
    const pattern = route();
    const status = response.writableFinished ? response.statusCode : 499;
    countRequest({ method, route: pattern, status: String(status) });
    timeRequest({ method, route: pattern }, milliseconds / 1_000);
    const { actor, code } = notes;
    if (code) countError({ code: isCode(code) ? code : "other" });
    requestLog().info(
      {
        request_id: requestId,
        method,
        route: pattern,
        status,
        duration_ms: Math.round(milliseconds * 100) / 100,
        ...(actor && { actor_kind: actor.kind }),
        ...(actor?.id && { actor_id: actor.id }),
        ...(code && { code }),
      },
      "request",
    );
  });
}

function known(method: string | undefined): Method {
  return methods.find((one) => one === method) ?? "other";
}

function isCode(code: string): code is ErrorCode {
  return code in errorStatus;
}
