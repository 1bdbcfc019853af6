import type { IncomingMessage, ServerResponse } from "node:http";
import { admit, type Means } from "./admission";
import { answerNode } from "./answer";
import { httpCall, type Options } from "./protect-options";
import { fieldOf, isObject, textOf } from "./shape";

/** One call of a protected handler: its arguments, and how to run it. */
export type Given = {
  means: Means;
  args: unknown[];
  options: Options;
  run: () => unknown;
};

/** node:http, and Express and the like, which add to its objects. */
export async function overNode(
  given: Given,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await answerOverNode(given, request, response);
  } catch (error) {
    const next = given.args[2];
    if (!isNext(next)) throw error;
    next(error); // Express 4 does not look at the promise
  }
}

async function answerOverNode(
  { means, args, options, run }: Given,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = httpCall(args, options, {
    header: headerOf(request),
    endpoint: routeOf(request),
    method: request.method,
  });
  const admission = await admit(means, call);
  if (admission.refusal) return answerNode(response, admission.refusal);
  const failing = recordAtEnd(response, admission.record);
  if (!failing) return;
  for (const [name, value] of Object.entries(admission.headers))
    response.setHeader(name, value);
  try {
    await run();
  } catch (error) {
    failing();
    throw error;
  }
}

/**
 * Record a call when its answer is done or its caller gone. Returns what to call when the handler
 * throws, since the host may still answer then; undefined when the caller is gone already.
 */
export function recordAtEnd(
  response: ServerResponse,
  record: (status: number) => void,
): (() => void) | undefined {
  const clientGone = 499; // as nginx logs it
  if (response.destroyed) {
    record(clientGone);
    return undefined;
  }
  let isThrown = false;
  response.once("close", () => {
    if (response.writableFinished) record(response.statusCode);
    else record(isThrown ? 500 : clientGone);
  });
  return () => {
    isThrown = true;
  };
}

export function headerOf({ headers }: IncomingMessage) {
  return (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}

/** The pattern that Express matched, else the path. */
function routeOf(request: IncomingMessage): string {
  const pattern = fieldOf(fieldOf(request, "route"), "path");
  if (typeof pattern === "string") return textOf(request, "baseUrl") + pattern;
  return pathOf(textOf(request, "originalUrl") || request.url);
}

export function pathOf(url = "/"): string {
  return (url || "/").split(/[?#]/, 1).join();
}

function isNext(value: unknown): value is (error: unknown) => void {
  return typeof value === "function";
}

export function isNodeRequest(value: unknown): value is IncomingMessage {
  return isObject(value) && "headers" in value && "rawHeaders" in value;
}

export function isNodeResponse(value: unknown): value is ServerResponse {
  return isObject(value) && "writeHead" in value && "setHeader" in value;
}
