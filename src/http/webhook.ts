import { publicCtx } from "@/platform/request-context";
import type { Ctx } from "@/platform/context";
import type { Endpoint, Reply } from "@/shared/endpoint";
import { askedBy } from "./asked";
import { readText } from "./body";
import { clientIp, requestIdOf } from "./front-headers";
import { plainProblem, type PlainAnswer } from "./problem";

/**
 * The way of a provider's events: the body stays as it was sent, since the signature is over it.
 * Whoever sends one is nobody until the signature is found right, which the verb does first.
 */
export function webhook<E extends Endpoint>(
  endpoint: E,
  handler: (ctx: Ctx, raw: string, headers: Headers) => Promise<Reply<E>>,
): (request: Request) => Promise<Response> {
  async function answer(request: Request): Promise<PlainAnswer> {
    const requestId = requestIdOf(request);
    const ctx = publicCtx(clientIp(request), requestId);
    try {
      const raw = await readText(askedBy(request), endpoint.bodyLimit);
      const body = await handler(ctx, raw, request.headers);
      return {
        status: endpoint.status,
        headers: {
          "content-type": "application/json",
          "cache-control": "no-store",
          "x-request-id": requestId,
        },
        text: JSON.stringify(endpoint.response.parse(body)),
      };
    } catch (error) {
      return plainProblem(error, requestId);
    }
  }

  return async (request) => {
    const { text, ...init } = await answer(request);
    return new Response(text, init);
  };
}
