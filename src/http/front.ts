import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "@/shared/errors";
import { newId } from "@/shared/ids";
import { env } from "@/platform/env";
import {
  addressBehind,
  frontHeaders,
  frontListens,
  requestIdOf,
} from "./front-headers";
import { check, ingest, verify } from "./hot";
import { problem } from "./problem";
import { allowedMethods } from "./paths";
import type { RouteHandler } from "./route";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const hot: Record<string, RouteHandler> = {
  "/api/v1/check": check,
  "/api/v1/keys/verify": verify,
  "/api/v1/usage/events": ingest,
};

/**
 * What the server does with a request before Next: says who sent it, answers the hot endpoints
 * itself, refuses methods and API paths that do not exist, and hands on the rest.
 */
export function frontListener(next: Listener): Listener {
  frontListens();
  const answerHot = getRequestListener(hotResponse, {
    overrideGlobalObjects: false,
    errorHandler: (error) => problem(error, newId("req")),
  });
  const answerRefusal = getRequestListener(refusal, {
    overrideGlobalObjects: false,
  });
  return (request, response) => {
    nameCaller(request, response);
    const path = pathOf(request);
    if (request.method === "POST" && path in hot)
      return answerHot(request, response);
    if (!isServed(request.method ?? "", path))
      return answerRefusal(request, response);
    return next(request, response);
  };
}

function nameCaller(request: IncomingMessage, response: ServerResponse) {
  const forwarded = request.headers["x-forwarded-for"];
  const ip = addressBehind(
    env().TRUSTED_PROXY_HOPS,
    request.socket.remoteAddress,
    Array.isArray(forwarded) ? forwarded.join(",") : forwarded,
  );
  // Parts of Next and libraries believe this header; nobody else may set it.
  if (env().TRUSTED_PROXY_HOPS === 0) delete request.headers["x-forwarded-for"];
  const named = Object.entries(frontHeaders(ip));
  // Two forms of the same headers: Next reads one, @hono/node-server the other.
  const raw = request.rawHeaders;
  for (const [name, value] of named) {
    for (let i = raw.length - 2; i >= 0; i -= 2)
      if (raw[i]?.toLowerCase() === name) raw.splice(i, 2);
    raw.push(name, value);
    request.headers[name] = value;
    if (name === "x-request-id") response.setHeader(name, value);
  }
}

async function hotResponse(
  request: Request,
  bindings: unknown,
): Promise<Response> {
  const handler = hot[new URL(request.url).pathname];
  if (!handler) throw new Error("No hot endpoint at this path");
  const answer = await handler.plain(request);
  if (answer instanceof Response) return answer;
  const { status, headers, text } = answer;
  const { outgoing } = bindings as HttpBindings; // Safe: the listener is on node:http.
  outgoing
    .writeHead(status, {
      ...headers,
      "content-length": Buffer.byteLength(text),
    })
    .end(text);
  return RESPONSE_ALREADY_SENT;
}

async function refusal(request: Request): Promise<Response> {
  const requestId = requestIdOf(request);
  const response = problem(refusalOf(request), requestId);
  response.headers.set("x-request-id", requestId);
  return response;
}

function refusalOf(request: Request): DomainError {
  const { pathname } = new URL(request.url);
  if (!isDecodable(pathname))
    return new DomainError(
      "VALIDATION_FAILED",
      "The path is not URL-encoded UTF-8. Encode each part of it.",
    );
  const methods = methodsOf(pathname) ?? pageMethods;
  if (methods.length === 0)
    return new DomainError(
      "NOT_FOUND",
      "There is no endpoint at this path. The list is at /docs.",
    );
  return new DomainError(
    "METHOD_NOT_ALLOWED",
    `${request.method} is not possible here; ${methods.join(", ")} is.`,
    undefined,
    { headers: { allow: methods.join(", ") } },
  );
}

const pageMethods = ["GET", "HEAD", "POST", "OPTIONS"];

/** The methods of an API path, or null where no endpoint of the registry is meant. */
function methodsOf(path: string): string[] | null {
  if (!path.startsWith("/api/") || path.startsWith("/api/auth/")) return null;
  return allowedMethods(path);
}

function isServed(method: string, path: string): boolean {
  return isDecodable(path) && (methodsOf(path) ?? pageMethods).includes(method);
}

// Next answers a path that it cannot decode with a 500.
function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}
