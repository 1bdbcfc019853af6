import type { Ctx } from "@/platform/context";
import type { Endpoint, Parsed, Reply } from "@/shared/endpoint";
import { DomainError, notFound } from "@/shared/errors";
import { authenticate } from "./authenticate";
import { readJson } from "./body";
import { requestIdOf } from "./front-headers";
import { countCall } from "./limit";
import { invalidInput, problem } from "./problem";

type NextParams = { params: Promise<Record<string, string | string[]>> };

/** An answer that is not a Response yet: `text` is JSON. */
export type PlainAnswer = {
  status: number;
  headers: Record<string, string>;
  text: string;
};

/** A route for Next, and the same for the front listener: a Response costs more than most checks. */
export type RouteHandler = {
  (request: Request, given: NextParams): Promise<Response>;
  plain(request: Request): Promise<PlainAnswer | Response>;
};

/** What a handler may say beside its reply: another status, more headers. */
export class Answer<T> {
  constructor(
    readonly body: T,
    readonly more: { status?: number; headers?: Record<string, string> },
  ) {}
}

/**
 * The only way a request reaches a module: authenticate, authorise, limit, parse, run, check
 * the reply against the contract, map errors. Every answer carries `x-request-id`.
 */
export function route<E extends Endpoint>(
  endpoint: E,
  handler: (ctx: Ctx, input: Parsed<E>) => Promise<Reply<E> | Answer<Reply<E>>>,
): RouteHandler {
  async function answer(
    request: Request,
    requestId: string,
    params: Record<string, string | string[]>,
  ): Promise<PlainAnswer> {
    const ctx = await authenticate(request, endpoint, requestId);
    const budget = await countCall(ctx, endpoint.limit);
    const input = await parse(endpoint, request, params);
    const reply = await handler(ctx, input);
    const { body, more } =
      reply instanceof Answer ? reply : new Answer(reply, {});
    return {
      status: more.status ?? endpoint.status,
      headers: {
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-request-id": requestId,
        ...budget,
        ...more.headers,
      },
      text: JSON.stringify(endpoint.response.parse(body)),
    };
  }

  function refuse(error: unknown, requestId: string): Response {
    const response = problem(error, requestId);
    response.headers.set("x-request-id", requestId);
    return response;
  }

  async function respond(request: Request, { params }: NextParams) {
    const requestId = requestIdOf(request);
    try {
      const { text, ...init } = await answer(request, requestId, await params);
      return new Response(text, init);
    } catch (error) {
      return refuse(error, requestId);
    }
  }

  async function plain(request: Request) {
    const requestId = requestIdOf(request);
    return answer(request, requestId, {}).catch((error: unknown) =>
      refuse(error, requestId),
    );
  }

  return Object.assign(respond, { plain });
}

async function parse<E extends Endpoint>(
  endpoint: E,
  request: Request,
  params: Record<string, string | string[]>,
): Promise<Parsed<E>> {
  const path = endpoint.params?.safeParse(params);
  // A malformed id is nobody's: it answers as an unknown one does.
  if (path && !path.success) throw notFound("resource");
  const query = endpoint.query?.safeParse(queryOf(request));
  if (query && !query.success) throw invalidInput("query", query.error);
  const body =
    endpoint.body &&
    (await endpoint.body.safeParseAsync(
      (await readJson(request, endpoint.bodyLimit)) ?? {},
    ));
  if (body && !body.success) throw invalidInput("body", body.error);
  const parsed = { params: path?.data, query: query?.data, body: body?.data };
  return parsed as Parsed<E>; // Safe: each part was parsed by the endpoint's own schema.
}

function queryOf(request: Request): Record<string, string | string[]> {
  const at = request.url.indexOf("?");
  if (at === -1) return {};
  const search = new URLSearchParams(request.url.slice(at));
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    if (name === "__proto__")
      throw new DomainError(
        "VALIDATION_FAILED",
        "query.__proto__ is not a known field.",
      );
    const all = search.getAll(name);
    query[name] = all.length === 1 ? (all[0] ?? "") : all;
  }
  return query;
}
