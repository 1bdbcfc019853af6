import { createHash } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { env } from "@/platform/env";
import { listen } from "@/platform/listen";
import { metricsText, metricsType } from "@/platform/metrics";
import { isSame } from "@/platform/secret";
import { DomainError } from "@/shared/errors";
import { newId } from "@/shared/ids";
import { bearerOf } from "./asked";
import { plainProblem } from "./problem";
// What they count is there from the first reading on.
import "@/platform/db/pool-metrics";
import "@/platform/db/queue-state";

/** Whether this path of the app's own port is that of the metrics, even where they are off. */
export function isMetricsPath(path: string): boolean {
  return path === env().METRICS_PATH;
}

/** Answers with the metrics, or says why not: 404 where they are off or have a port of their own. */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { isOwnPort = false } = {},
): Promise<void> {
  const requestId = String(response.getHeader("x-request-id") ?? newId("req"));
  try {
    admit(request, isOwnPort);
    const text = await metricsText();
    response
      .writeHead(200, {
        "content-type": metricsType,
        "cache-control": "no-store",
        "content-length": Buffer.byteLength(text),
      })
      .end(request.method === "HEAD" ? undefined : text);
  } catch (error) {
    const { status, headers, text } = plainProblem(error, requestId);
    response.writeHead(status, headers).end(text);
  }
}

/** Listen on METRICS_PORT, which answers nothing else; null where metrics have no port of their own. */
export async function startMetricsServer(): Promise<Server | null> {
  const { HOST, METRICS_PORT, METRICS_TOKEN } = env();
  if (METRICS_PORT === undefined || METRICS_TOKEN === undefined) return null;
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 10_000 },
    (request, response) => {
      void answerMetrics(request, response, { isOwnPort: true });
    },
  );
  await listen(server, METRICS_PORT, HOST, "METRICS_PORT");
  return server;
}

function admit({ method, url, headers }: IncomingMessage, isOwnPort: boolean) {
  const { METRICS_TOKEN, METRICS_PORT, METRICS_PATH } = env();
  if (METRICS_TOKEN === undefined)
    throw off("Metrics are off. Set METRICS_TOKEN to turn them on.");
  if (!isOwnPort && METRICS_PORT !== undefined)
    throw off("Metrics have a port of their own: METRICS_PORT.");
  if (isOwnPort && url?.split("?")[0] !== METRICS_PATH)
    throw off("There are only metrics here, at METRICS_PATH.");
  if (method !== "GET" && method !== "HEAD")
    throw new DomainError(
      "METHOD_NOT_ALLOWED",
      "Metrics are read by GET.",
      undefined,
      { headers: { allow: "GET, HEAD" } },
    );
  const token = bearerOf(headers.authorization) ?? "";
  if (!isSame(digest(token), digest(METRICS_TOKEN)))
    throw new DomainError(
      "UNAUTHENTICATED",
      "Send the token of METRICS_TOKEN: authorization: Bearer …",
      undefined,
      { headers: { "www-authenticate": "Bearer" } },
    );
}

function off(message: string): DomainError {
  return new DomainError("NOT_FOUND", message);
}

// Of one length, whatever was sent.
function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
