import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/platform/env";
import { allowedMethods } from "./paths";

const exposed = [
  "ETag",
  "Idempotent-Replayed",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "X-Request-Id",
].join(", ");

/**
 * Lets the pages of CORS_ORIGINS call /api/v1 with a token. Never with credentials: a browser
 * shows no answer to such a page that was asked for with our cookie.
 */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): void {
  const origins = env().CORS_ORIGINS;
  if (origins.length === 0 || !isOpen(path)) return;
  response.setHeader("vary", "Origin");
  const { origin } = request.headers;
  if (!origin || !origins.includes(origin)) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", exposed);
}

/** Answers a browser's question before such a call; false when the request is no such question. */
export function answerPreflight(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): boolean {
  const isPreflight =
    request.method === "OPTIONS" &&
    request.headers["access-control-request-method"] !== undefined &&
    response.hasHeader("access-control-allow-origin");
  if (!isPreflight) return false;
  response
    .writeHead(204, {
      "access-control-allow-methods": allowedMethods(path).join(", "),
      "access-control-allow-headers":
        "Authorization, Content-Type, Idempotency-Key, If-Match",
      "access-control-max-age": "600",
    })
    .end();
  return true;
}

function isOpen(path: string): boolean {
  return path.startsWith("/api/v1/");
}
