import { admit } from "./admission";
import { answerFetch, withBody, withHeaders } from "./answer";
import { httpCall } from "./protect-options";
import type { Given } from "./protect-node";
import { fieldOf, isFetchRequest, isFetchResponse, textOf } from "./shape";
import { watched } from "./watched";

/** What is needed of Hono's context. */
export type HonoContextLike = {
  req: { raw: Request; path: string };
  res: Response;
};

/** A Fetch handler: a route of Next, a Worker, Bun, Deno. */
export async function overFetch(
  given: Given,
  request: Request,
): Promise<unknown> {
  return overRequest(given, request, new URL(request.url).pathname);
}

/** A handler or a middleware of Hono. */
export async function overHono(
  given: Given,
  context: HonoContextLike,
): Promise<unknown> {
  const { raw, path } = context.req;
  const pattern = textOf(context.req, "routePath");
  const endpoint = pattern && !pattern.includes("*") ? pattern : path;
  // A middleware returns nothing: the answer is what those after it made of the context.
  return overRequest(given, raw, endpoint, () => context.res);
}

async function overRequest(
  { means, args, options, run }: Given,
  request: Request,
  endpoint: string,
  made?: () => Response,
): Promise<unknown> {
  const call = httpCall(args, options, {
    header: (name) => request.headers.get(name) ?? undefined,
    endpoint,
    method: request.method,
  });
  const admission = await admit(means, call);
  if (admission.refusal) return answerFetch(admission.refusal);
  const { headers, record } = admission;
  let result: unknown;
  try {
    result = await run();
  } catch (error) {
    record(500);
    throw error;
  }
  const answer = isFetchResponse(result) ? result : made?.();
  if (!answer) {
    record(200);
    return result;
  }
  if (!isFetchResponse(result)) {
    record(answer.status);
    withHeaders(answer, headers);
    return result;
  }
  return recordedStream(withHeaders(answer, headers), record);
}

/** An answer, recorded now, or when its events have all been sent. */
function recordedStream(
  answer: Response,
  record: (status: number) => void,
): Response {
  const type = answer.headers.get("content-type") ?? "";
  if (!answer.body || !type.startsWith("text/event-stream")) {
    record(answer.status);
    return answer;
  }
  const body = watched(answer.body, {
    onEnd: (end) =>
      record({ done: answer.status, canceled: 499, failed: 500 }[end]),
  });
  return withBody(answer, body);
}

export function isHonoContext(value: unknown): value is HonoContextLike {
  return isFetchRequest(fieldOf(fieldOf(value, "req"), "raw"));
}
