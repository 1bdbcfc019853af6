import type { IncomingMessage, ServerResponse } from "node:http";
import { admit, type Call, type Means } from "./admission";
import { keyOf } from "./credentials";
import type { Subject } from "./decision";
import { AccessRefused } from "./errors";
import { answerFetch, answerNode, withHeaders } from "./answer";

type Per<A extends unknown[], T> = T | ((...args: A) => T);

/** How calls of a protected handler are checked and reported; `A` is what the handler is given. */
export type ProtectOptions<A extends unknown[]> = {
  /** The route's pattern, such as /pages/{id}; the path unless given, which suits paths without ids. */
  endpoint?: Per<A, string> | undefined;
  /** How many calls one call counts as; 1 unless given. */
  cost?: Per<A, number> | undefined;
  /** Who calls, when no `authorization: Bearer …` or `x-api-key` says so; undefined for nobody. */
  subject?: ((...args: A) => Subject | undefined) | undefined;
};

type FetchHandler<A extends unknown[]> = (
  request: Request,
  ...rest: A
) => Response | Promise<Response>;

type NodeResult = void | ServerResponse;
type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => NodeResult | Promise<NodeResult>;

/**
 * Wraps a node:http handler, a Fetch handler, or any function, given who its `subject` is. A refused
 * call is answered 401, 403, 429 or 503 with a JSON body; a plain function throws AccessRefused.
 * What the handler throws is reported as a failed call, and thrown on. TypeScript takes parameters
 * without a type for those of node:http.
 */
export interface Protect {
  (
    handler: NodeHandler,
    options?: ProtectOptions<[IncomingMessage, ServerResponse]>,
  ): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  <A extends unknown[]>(
    handler: FetchHandler<A>,
    options?: ProtectOptions<[Request, ...A]>,
  ): (request: Request, ...rest: A) => Promise<Response>;
  <A extends unknown[], R>(
    handler: (...args: A) => R | Promise<R>,
    options: ProtectOptions<A> & Required<Pick<ProtectOptions<A>, "subject">>,
  ): (...args: A) => Promise<R>;
}

/** `protect` of one Tollkeeper. Which kind of handler it wraps shows at each call. */
export function protectWith(means: Means): Protect {
  const protect =
    (handler: (...args: unknown[]) => unknown, options: Options = {}) =>
    async (...args: unknown[]): Promise<unknown> => {
      const run = () => handler(...args);
      const [request, response] = args;
      if (isNodeRequest(request) && isNodeResponse(response))
        return overNode(means, nodeCall(request, args, options), response, run);
      if (isFetchRequest(request))
        return overFetch(means, fetchCall(request, args, options), run);
      return asFunction(means, functionCall(handler, args, options), run);
    };
  return protect as Protect; // Safe: the guards below tell its three kinds apart.
}

type Options = ProtectOptions<unknown[]>;
type Run = () => unknown;

async function overNode(
  means: Means,
  call: Call,
  response: ServerResponse,
  run: Run,
): Promise<void> {
  const admission = await admit(means, call);
  if (admission.refusal) return answerNode(response, admission.refusal);
  const { headers, record } = admission;
  const clientGone = 499; // as nginx logs it
  if (response.destroyed) return record(clientGone);
  let isThrown = false;
  response.once("close", () => {
    if (response.writableFinished) record(response.statusCode);
    else record(isThrown ? 500 : clientGone);
  });
  for (const [name, value] of Object.entries(headers))
    response.setHeader(name, value);
  try {
    await run();
  } catch (error) {
    isThrown = true; // the host may still answer: closing tells
    throw error;
  }
}

async function overFetch(means: Means, call: Call, run: Run) {
  const admission = await admit(means, call);
  if (admission.refusal) return answerFetch(admission.refusal);
  const answer = await recorded(admission.record, run, (result) =>
    isFetchResponse(result) ? result.status : 200,
  );
  return isFetchResponse(answer)
    ? withHeaders(answer, admission.headers)
    : answer;
}

async function asFunction(means: Means, call: Call, run: Run) {
  const admission = await admit(means, call);
  if (admission.refusal) throw new AccessRefused(admission.refusal);
  return recorded(admission.record, run, () => 200);
}

async function recorded(
  record: (status: number) => void,
  run: Run,
  statusOf: (result: unknown) => number,
): Promise<unknown> {
  try {
    const result = await run();
    record(statusOf(result));
    return result;
  } catch (error) {
    record(500);
    throw error;
  }
}

function nodeCall(
  request: IncomingMessage,
  args: unknown[],
  options: Options,
): Call {
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const [path = "/"] = (request.url ?? "/").split(/[?#]/, 1);
  return {
    subject: subjectOf(args, options, header),
    endpoint: valueOf(options.endpoint, args) ?? path,
    method: request.method,
    cost: valueOf(options.cost, args),
  };
}

function fetchCall(request: Request, args: unknown[], options: Options): Call {
  const header = (name: string) => request.headers.get(name) ?? undefined;
  return {
    subject: subjectOf(args, options, header),
    endpoint: valueOf(options.endpoint, args) ?? new URL(request.url).pathname,
    method: request.method,
    cost: valueOf(options.cost, args),
  };
}

function functionCall(
  handler: { name: string },
  args: unknown[],
  options: Options,
): Call {
  return {
    subject: options.subject?.(...args),
    endpoint: valueOf(options.endpoint, args) ?? handler.name,
    cost: valueOf(options.cost, args),
  };
}

function subjectOf(
  args: unknown[],
  { subject }: Options,
  header: (name: string) => string | undefined,
): Subject | undefined {
  if (subject) return subject(...args);
  const key = keyOf(header);
  return key === undefined ? undefined : { key };
}

function valueOf<T extends string | number>(
  value: Per<unknown[], T> | undefined,
  args: unknown[],
): T | undefined {
  return typeof value === "function" ? value(...args) : value;
}

function isNodeRequest(value: unknown): value is IncomingMessage {
  return isObject(value) && "headers" in value && "rawHeaders" in value;
}

function isNodeResponse(value: unknown): value is ServerResponse {
  return isObject(value) && "writeHead" in value && "setHeader" in value;
}

function isFetchResponse(value: unknown): value is Response {
  return isObject(value) && "headers" in value && "status" in value;
}

// By shape: frameworks and tests bring Request classes of their own.
function isFetchRequest(value: unknown): value is Request {
  return (
    isObject(value) &&
    "headers" in value &&
    isObject(value.headers) &&
    "get" in value.headers &&
    "url" in value
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
