import { getRequestListener } from "@hono/node-server";
import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "@/shared/errors";
import { env } from "@/platform/env";
import { log } from "@/platform/log";
import { askedOf } from "./asked";
import { endWith, watchBody } from "./body-limit";
import { allowOrigin, answerPreflight } from "./cors";
import {
  addressBehind,
  frontHeaders,
  frontListens,
  idHeader,
  isClaim,
  requestIdOf,
} from "./front-headers";
import { check, ingest, validate, verify } from "./hot";
import { answerMetrics, isMetricsPath } from "./metrics";
import { observe } from "./observe";
import { plainProblem, problem } from "./problem";
import { allowedMethods } from "./paths";
import type { RouteHandler } from "./route";
import { routePattern } from "./route-pattern";
import { dataPolicy, onlyHttps, securityHeaders } from "./security-headers.mjs";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const hot = new Map<string, RouteHandler>([
  ["/api/v1/check", check],
  ["/api/v1/keys/verify", verify],
  ["/api/v1/usage/events", ingest],
  ["/api/v1/licenses/validate", validate],
]);

/**
 * What the server does with a request before Next: says who sent it, answers the hot endpoints
 * itself, refuses methods and API paths that do not exist, and hands on the rest.
 */
export function frontListener(next: Listener): Listener {
  frontListens();
  const answerRefusal = getRequestListener(refusal, {
    overrideGlobalObjects: false,
  });
  const isHttps = env().APP_URL.startsWith("https:");
  const constant = Object.entries(securityHeaders);
  if (isHttps) constant.push([...onlyHttps]);
  const ofData = Object.fromEntries([
    ...constant,
    ["content-security-policy", dataPolicy],
  ]);
  return (request, response) => {
    const path = pathOf(request);
    const requestId = nameCaller(request);
    const answersHot = request.method === "POST" && hot.get(path);
    observe(request, response, requestId, () =>
      answersHot || isMetricsPath(path) ? path : routePattern(path),
    );
    if (answersHot) {
      allowOrigin(request, response, path);
      return answerHot(answersHot, request, response, ofData).catch(
        (error: unknown) => {
          log().error({ err: error }, "no answer");
          response.destroy();
        },
      );
    }
    response.setHeader(idHeader, requestId);
    for (const [name, value] of constant) response.setHeader(name, value);
    allowOrigin(request, response, path);
    const isServedPath = isServed(request.method ?? "", path);
    if (!isServedPath || path.startsWith("/api/"))
      response.setHeader("content-security-policy", dataPolicy);
    if (isMetricsPath(path)) return answerMetrics(request, response);
    if (!isServedPath) return answerRefusal(request, response);
    if (answerPreflight(request, response, path)) return;
    if (request.method === "POST" && methodsOf(path) === null) {
      const refuse = () => refuseBody(response);
      if (!watchBody(request, response, uncontractedLimit, refuse)) return;
    }
    return next(request, response);
  };
}

// Of a POST that no contract gives a limit to: signing in, mostly.
const uncontractedLimit = 64_000;

function refuseBody(response: ServerResponse): void {
  const error = new DomainError(
    "PAYLOAD_TOO_LARGE",
    `The body is larger than ${uncontractedLimit} bytes. Send less at once.`,
    { limit_bytes: uncontractedLimit },
  );
  const requestId = String(response.getHeader("x-request-id"));
  const { status, headers, text } = plainProblem(error, requestId);
  response.writeHead(status, headers).end(text);
}

// Answers the request's id.
function nameCaller(request: IncomingMessage): string {
  const forwarded = request.headers["x-forwarded-for"];
  const ip = addressBehind(
    env().TRUSTED_PROXY_HOPS,
    request.socket.remoteAddress,
    Array.isArray(forwarded) ? forwarded.join(",") : forwarded,
  );
  // Two forms of the same headers: Next reads one, @hono/node-server the other.
  const raw = request.rawHeaders;
  for (let i = raw.length - 2; i >= 0; i -= 2) {
    const name = raw[i] ?? "";
    if (!isClaim(name)) continue;
    raw.splice(i, 2);
    delete request.headers[name.toLowerCase()];
  }
  const ours = frontHeaders(ip);
  for (const [name, value] of Object.entries(ours)) {
    raw.push(name, value);
    request.headers[name] = value;
  }
  return ours[idHeader];
}

// Headers that are given at once cost a fraction of those that are set one by one.
async function answerHot(
  handler: RouteHandler,
  request: IncomingMessage,
  response: ServerResponse,
  constant: Record<string, string>,
): Promise<void> {
  const { status, headers, text } = await handler.plain(askedOf(request));
  if (!request.complete) endWith(request, response);
  response
    .writeHead(status, {
      ...constant,
      ...headers,
      "content-length": Buffer.byteLength(text),
    })
    .end(text);
}

async function refusal(request: Request): Promise<Response> {
  return problem(refusalOf(request), requestIdOf(request));
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
  if (!path.startsWith("/api/")) return null;
  const methods = allowedMethods(path);
  // What no older path is under it belongs to the sign-in of browsers.
  const isSignIn = path.startsWith("/api/auth/") && methods.length === 0;
  return isSignIn ? null : methods;
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
