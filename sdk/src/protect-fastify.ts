import type { IncomingMessage, ServerResponse } from "node:http";
import { admit } from "./admission";
import {
  headerOf,
  isNodeRequest,
  isNodeResponse,
  pathOf,
  recordAtEnd,
  type Given,
} from "./protect-node";
import { httpCall } from "./protect-options";
import { fieldOf } from "./shape";

/** What is needed of Fastify's request and reply. */
export type FastifyRequestLike = { raw: IncomingMessage };
export type FastifyReplyLike = {
  raw: ServerResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(payload: unknown): unknown;
};

/** A handler, or a hook such as `preHandler`, of Fastify. */
export async function overFastify(
  { means, args, options, run }: Given,
  request: FastifyRequestLike,
  reply: FastifyReplyLike,
): Promise<unknown> {
  const route = fieldOf(fieldOf(request, "routeOptions"), "url");
  const call = httpCall(args, options, {
    header: headerOf(request.raw),
    endpoint: typeof route === "string" ? route : pathOf(request.raw.url),
    method: request.raw.method,
  });
  const admission = await admit(means, call);
  if (admission.refusal) {
    const { status, headers, body } = admission.refusal;
    if (reply.raw.destroyed) return reply;
    reply.code(status);
    reply.header("cache-control", "no-store");
    for (const [name, value] of Object.entries(headers))
      reply.header(name, value);
    reply.send(body);
    return reply;
  }
  const failing = recordAtEnd(reply.raw, admission.record);
  if (!failing) return reply;
  for (const [name, value] of Object.entries(admission.headers))
    reply.header(name, value);
  try {
    return await run();
  } catch (error) {
    failing();
    throw error;
  }
}

export function isFastifyRequest(value: unknown): value is FastifyRequestLike {
  return isNodeRequest(fieldOf(value, "raw"));
}

export function isFastifyReply(value: unknown): value is FastifyReplyLike {
  return (
    isNodeResponse(fieldOf(value, "raw")) &&
    typeof fieldOf(value, "send") === "function"
  );
}
