import { createHash } from "node:crypto";
import type { Ctx } from "@/platform/context";
import type { Endpoint, Parsed, Reply } from "@/shared/endpoint";
import { DomainError, notFound } from "@/shared/errors";
import { isUnavailable } from "@/platform/db/failures";
import { authenticate, authenticateFromMemory } from "./authenticate";
import { askedBy, type Asked } from "./asked";
import { parseJson, readText } from "./body";
import { requestIdOf } from "./front-headers";
import { answerOnce, idempotencyKeyOf } from "./idempotent";
import { countCall } from "./limit";
import { noteActor } from "./request-notes";
import { etagHeader, withPrecondition } from "./precondition";
import { invalidInput, plainProblem, type PlainAnswer } from "./problem";

type PathParams = Record<string, string | string[]>;
type NextParams = { params: Promise<PathParams> };

/** A route for Next, and the same for the front listener: a Response costs more than most checks. */
export type RouteHandler = {
  (request: Request, given: NextParams): Promise<Response>;
  plain(request: Asked): Promise<PlainAnswer>;
};

/** What a handler may say beside its reply: another status, more headers. */
export class Answer<T> {
  constructor(
    readonly body: T,
    readonly more: { status?: number; headers?: Record<string, string> },
  ) {}
}

/** What a handler may give in place of a reply: a file, which is written as it is read. */
export class FileAnswer {
  constructor(
    readonly file: {
      /** as people see it; anything may be in it */
      name: string;
      type: string;
      stream: ReadableStream<Uint8Array>;
    },
  ) {}
}

/**
 * The only way a request reaches a module: authenticate, authorise, limit, parse, run, check
 * the reply against the contract, map errors; once only under an Idempotency-Key. Every answer
 * carries `x-request-id`. With `mayGoOnAlone` the handler is also asked when the database does not
 * answer, for callers that this process knows.
 */
export function route<E extends Endpoint>(
  endpoint: E,
  handler: (
    ctx: Ctx,
    input: Parsed<E>,
    /** of an upload */
    file: Uint8Array,
  ) => Promise<Reply<E> | Answer<Reply<E>> | FileAnswer>,
  { mayGoOnAlone = false } = {},
): RouteHandler {
  async function run(ctx: Ctx, given: Given): Promise<PlainAnswer> {
    const reply = await handler(ctx, parse(endpoint, given), given.file);
    if (reply instanceof FileAnswer) return fileAnswer(reply);
    const { body, more } =
      reply instanceof Answer ? reply : new Answer(reply, {});
    return {
      status: more.status ?? endpoint.status,
      headers: {
        "content-type": "application/json",
        "cache-control": "no-store",
        ...etagHeader(endpoint, body),
        ...more.headers,
      },
      text: JSON.stringify(endpoint.response.parse(body)),
    };
  }

  async function answer(
    request: Asked,
    requestId: string,
    params: PathParams,
  ): Promise<PlainAnswer> {
    const caller = await authenticate(request, endpoint, requestId).catch(
      (error: unknown) => {
        const known =
          mayGoOnAlone && isUnavailable(error)
            ? authenticateFromMemory(request, endpoint, requestId)
            : null;
        if (!known) throw error;
        return known;
      },
    );
    noteActor(requestId, caller.actor);
    const budget = await countCall(caller, endpoint.limit);
    const ctx = withPrecondition(caller, endpoint, request);
    const key = idempotencyKeyOf(endpoint, request);
    const given = await read(endpoint, request, params);
    const made =
      key === null
        ? await run(ctx, given)
        : await answerOnce(
            ctx,
            { key, parts: [endpoint.id, params, given.search, wordsOf(given)] },
            (claimed) =>
              run(claimed, given).catch((error: unknown) =>
                plainProblem(error, requestId),
              ),
          );
    Object.assign(made.headers, { "x-request-id": requestId, ...budget });
    return made;
  }

  async function plain(request: Asked, params: PathParams = {}) {
    const requestId = requestIdOf(request);
    return answer(request, requestId, params).catch((error: unknown) =>
      plainProblem(error, requestId),
    );
  }

  async function respond(request: Request, { params }: NextParams) {
    const { text, stream, ...init } = await plain(
      askedBy(request),
      await params,
    );
    return new Response(stream ?? text, init);
  }

  return Object.assign(respond, { plain });
}

function fileAnswer({ file: { name, type, stream } }: FileAnswer): PlainAnswer {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const isPlain = plain === name;
  const headers = {
    "content-type": type,
    // RFC 6266: the name in ASCII, and beside it as it is (RFC 8187).
    "content-disposition": `attachment; filename="${plain}"${isPlain ? "" : `; filename*=UTF-8''${encoded}`}`,
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  };
  return { status: 200, headers, text: "", stream };
}

/** A request's input as it came: `search` and `text` are the query's and the body's own words. */
type Given = {
  params: PathParams;
  search: string;
  text: string;
  contentType: string | null;
  /** of an upload; else nothing */
  file: Uint8Array;
};

async function read(
  endpoint: Endpoint,
  request: Asked,
  params: PathParams,
): Promise<Given> {
  const at = request.url.indexOf("?");
  const { bodyLimit, isUpload } = endpoint;
  const file = isUpload ? await request.readBytes(bodyLimit) : nothing;
  return {
    params,
    search: at === -1 ? "" : request.url.slice(at),
    file,
    text: endpoint.body ? await readText(request, endpoint.bodyLimit) : "",
    contentType: endpoint.body ? request.headers.get("content-type") : null,
  };
}

const nothing = new Uint8Array();

// What tells one body from another.
function wordsOf({ text, file }: Given): string {
  if (file.byteLength === 0) return text;
  return createHash("sha256").update(file).digest("hex");
}

function parse<E extends Endpoint>(endpoint: E, given: Given): Parsed<E> {
  const path = endpoint.params?.safeParse(given.params);
  // A malformed id is nobody's: it answers as an unknown one does.
  if (path && !path.success) throw notFound("resource");
  const query = endpoint.query?.safeParse(queryOf(given.search));
  if (query && !query.success) throw invalidInput("query", query.error);
  const body = endpoint.body?.safeParse(
    parseJson(given.text, given.contentType) ?? {},
  );
  if (body && !body.success) throw invalidInput("body", body.error);
  const parsed = { params: path?.data, query: query?.data, body: body?.data };
  return parsed as Parsed<E>; // Safe: each part was parsed by the endpoint's own schema.
}

function queryOf(text: string): Record<string, string | string[]> {
  if (text === "") return {};
  const search = new URLSearchParams(text);
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
