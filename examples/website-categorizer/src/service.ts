import type { IncomingMessage, ServerResponse } from "node:http";
import { categorizeWebsite } from "./categorize";
import { Problem } from "./problem";
import type { Settings } from "./settings";

export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

const mostBodyBytes = 10_000;

/**
 * The service as a node:http handler: `GET /categorize?url=…`, `POST /categorize` with `{ "url" }`
 * as JSON, and `GET /health`. `guard` may put something before what customers pay for.
 */
export function createService(
  settings: Settings,
  guard: (handler: Handler) => Handler = (handler) => handler,
): Handler {
  const categorize = guard(answering((request) => run(request, settings)));
  const other = answering(async (request) => {
    const path = pathOf(request);
    if (path === "/health") return { status: "ok" };
    throw path === "/categorize"
      ? new Problem(405, "input", "Call /categorize by GET or POST.")
      : new Problem(404, "input", "Only /categorize and /health are here.");
  });
  return async (request, response) => {
    const isPaid =
      pathOf(request) === "/categorize" &&
      (request.method === "GET" || request.method === "POST");
    try {
      await (isPaid ? categorize : other)(request, response);
    } catch (error) {
      console.error("unexpected error", error);
      if (!response.headersSent) send(response, 500, unexpected);
    }
  };
}

async function run(request: IncomingMessage, settings: Settings) {
  const { searchParams } = new URL(request.url ?? "/", "http://service");
  const address =
    request.method === "POST"
      ? await addressInBody(request)
      : (searchParams.get("url") ?? searchParams.get("domain") ?? "");
  return categorizeWebsite(address, settings);
}

async function addressInBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += String(chunk);
    if (body.length > mostBodyBytes)
      throw new Problem(413, "input", "The body is too large.");
  }
  try {
    const { url, domain } = JSON.parse(body) as Record<string, unknown>; // Safe: what is no text is refused.
    const address = url ?? domain;
    if (typeof address === "string") return address;
  } catch {
    // Not JSON, or null: the same mistake.
  }
  throw new Problem(400, "input", 'Send JSON: { "url": "https://…" }.');
}

function answering(
  work: (request: IncomingMessage) => Promise<object>,
): Handler {
  return async (request, response) => {
    try {
      send(response, 200, await work(request));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { status, type: error_type, message } = error;
      if (status === 405) response.setHeader("allow", "GET, POST");
      send(response, status, { status: "error", error: message, error_type });
    }
  };
}

const unexpected = {
  status: "error",
  error: "Something went wrong on our side. Try again later.",
  error_type: "internal",
};

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split(/[?#]/, 1).join();
}
