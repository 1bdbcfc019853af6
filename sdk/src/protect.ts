import type { IncomingMessage, ServerResponse } from "node:http";
import { admit, type Call, type Means } from "./admission";
import { AccessRefused } from "./errors";
import {
  isFastifyReply,
  isFastifyRequest,
  overFastify,
  type FastifyReplyLike,
  type FastifyRequestLike,
} from "./protect-fastify";
import {
  isHonoContext,
  overFetch,
  overHono,
  type HonoContextLike,
} from "./protect-fetch";
import { isNodeRequest, isNodeResponse, overNode } from "./protect-node";
import {
  functionCall,
  type Options,
  type ProtectOptions,
} from "./protect-options";
import { isFetchRequest } from "./shape";

type NodeResult = void | ServerResponse;

/**
 * Wraps a handler of node:http, Express, Fastify, Hono, a Fetch handler as of Next, or any function,
 * given who its `subject` is. A refused call is answered 401, 403, 429 or 503 with a JSON body; a
 * plain function throws AccessRefused. What the handler throws is reported as a failed call, and
 * thrown on, to Express's `next` where there is one. TypeScript takes parameters without a type for
 * those of node:http.
 */
export interface Protect {
  <
    Q extends IncomingMessage,
    P extends ServerResponse,
    A extends unknown[] = [],
  >(
    handler: (
      request: Q,
      response: P,
      ...rest: A
    ) => NodeResult | Promise<NodeResult>,
    options?: ProtectOptions<[Q, P, ...A]>,
  ): (request: Q, response: P, ...rest: A) => Promise<void>;
  <Q extends Request, A extends unknown[], R extends Response>(
    handler: (request: Q, ...rest: A) => R | Promise<R>,
    options?: ProtectOptions<[Q, ...A]>,
  ): (request: Q, ...rest: A) => Promise<Response>;
  <A extends unknown[], R>(
    handler: (...args: A) => R | Promise<R>,
    options: ProtectOptions<A> & Required<Pick<ProtectOptions<A>, "subject">>,
  ): (...args: A) => Promise<R>;
  <Q extends FastifyRequestLike, P extends FastifyReplyLike, R>(
    handler: (request: Q, reply: P) => R | Promise<R>,
    options?: ProtectOptions<[Q, P]>,
  ): (request: Q, reply: P) => Promise<R>;
  <C extends HonoContextLike, A extends unknown[], R>(
    handler: (context: C, ...rest: A) => R | Promise<R>,
    options?: ProtectOptions<[C, ...A]>,
  ): (context: C, ...rest: A) => Promise<R>;
}

/** `protect` of one Tollkeeper. Which kind of handler it wraps shows at each call. */
export function protectWith(means: Means): Protect {
  const protect =
    (handler: (...args: unknown[]) => unknown, options: Options = {}) =>
    async (...args: unknown[]): Promise<unknown> => {
      const run = () => handler(...args);
      const [request, response] = args;
      const given = { means, args, options, run };
      if (isNodeRequest(request) && isNodeResponse(response))
        return overNode(given, request, response);
      if (isFastifyRequest(request) && isFastifyReply(response))
        return overFastify(given, request, response);
      if (isHonoContext(request)) return overHono(given, request);
      if (isFetchRequest(request)) return overFetch(given, request);
      return asFunction(means, functionCall(handler, args, options), run);
    };
  return protect as Protect; // Safe: the guards above tell its kinds apart.
}

async function asFunction(means: Means, call: Call, run: () => unknown) {
  const admission = await admit(means, call);
  if (admission.refusal) throw new AccessRefused(admission.refusal);
  try {
    const result = await run();
    admission.record(200);
    return result;
  } catch (error) {
    admission.record(500);
    throw error;
  }
}
