import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Tollkeeper } from "@tollkeeper/sdk";
import { readChatRequest, type ChatRequest } from "./chat-request";
import { noKey, OpenAiError, rates, refusalOf } from "./openai-error";
import type { Settings, Upstream } from "./settings";
import { chunksOf, withoutUsage } from "./without-usage";

const chatPath = "/v1/chat/completions";
const modelsPath = "/v1/models";

/** What the gateway goes by. */
export type Means = Pick<Settings, "meter" | "answerTokens" | "provider"> & {
  tollkeeper: Tollkeeper;
  upstream: Upstream;
};

type Exchange = { request: IncomingMessage; response: ServerResponse };

/** The gateway as a node:http handler. What goes wrong it answers itself. */
export function createGateway(means: Means) {
  return async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    try {
      await answer(means, { request, response });
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
      } else if (error instanceof OpenAiError) {
        send(response, error.status, error.body, error.headers);
      } else {
        console.error("unexpected error", error);
        const message = "Something went wrong on our side. Try again later.";
        const type = "server_error";
        send(response, 500, new OpenAiError(500, { message, type }).body);
      }
    }
  };
}

async function answer(means: Means, exchange: Exchange): Promise<void> {
  const { request } = exchange;
  const [path = "/"] = (request.url ?? "/").split(/[?#]/, 1);
  const route = `${request.method} ${path}`;
  if (route === `POST ${chatPath}`) return chat(means, exchange);
  if (route === `GET ${modelsPath}`) return models(means, exchange);
  if (route === "GET /health")
    return send(exchange.response, 200, { status: "ok" });
  throw new OpenAiError(404, {
    message: `Unknown request URL: ${route}. This gateway answers POST ${chatPath} and GET ${modelsPath}.`,
    type: "invalid_request_error",
    code: "unknown_url",
  });
}

async function chat(means: Means, exchange: Exchange): Promise<void> {
  const { tollkeeper, meter, provider, answerTokens } = means;
  const key = keyOf(exchange.request);
  const asked = await readChatRequest(exchange.request);
  const decision = await tollkeeper.reserve({
    key,
    meter,
    amount: asked.promptTokens + (asked.mostAnswerTokens ?? answerTokens),
    ttl: 600,
    resource: chatPath,
  });
  if (!decision.valid) throw refusalOf(decision);
  const gone = abortWhenGone(exchange.response);
  const reply = await tollkeeper.llm.openai(
    () => post(means.upstream, chatPath, upstreamBody(asked), gone),
    {
      key,
      endpoint: chatPath,
      provider,
      model: asked.model,
      prompt: asked.promptTokens,
      reservation: decision.reservation,
    },
  );
  const hidesUsage = asked.isStream && !asked.wantsUsage;
  await passOn(reply, exchange.response, rates(decision), hidesUsage);
}

/** Asks for the counts of streams, which come only when asked for. */
function upstreamBody({ whole, isStream }: ChatRequest): object {
  return isStream
    ? { ...whole, stream_options: { include_usage: true } }
    : whole;
}

async function models(means: Means, exchange: Exchange): Promise<void> {
  const key = keyOf(exchange.request);
  const decision = await means.tollkeeper.verify({ key });
  if (!decision.valid) throw refusalOf(decision);
  const gone = abortWhenGone(exchange.response);
  const reply = await post(means.upstream, modelsPath, undefined, gone);
  await passOn(reply, exchange.response, rates(decision), false);
}

async function post(
  { url, key }: Upstream,
  path: string,
  body: object | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const headers = {
    ...(key && { authorization: `Bearer ${key}` }),
    ...(body && { "content-type": "application/json" }),
  };
  const reply = await fetch(url + path, {
    method: body ? "POST" : "GET",
    headers,
    signal,
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw upstreamFailed("cannot be reached");
  });
  // It is our own key that was refused, and no business of the caller's.
  if (reply.status === 401 || reply.status === 403) {
    await reply.body?.cancel();
    throw upstreamFailed("does not take our key");
  }
  return reply;
}

function upstreamFailed(why: string): OpenAiError {
  console.error(`The upstream ${why}.`);
  return new OpenAiError(502, {
    message: "The model cannot be asked at the moment. Try again later.",
    type: "server_error",
    code: "bad_gateway",
  });
}

/** Hand an answer on as it comes. When the caller hangs up, the upstream is told to stop. */
async function passOn(
  reply: Response,
  response: ServerResponse,
  headers: Record<string, string>,
  hidesUsage: boolean,
): Promise<void> {
  const retryAfter = reply.headers.get("retry-after");
  response.writeHead(reply.status, {
    ...headers,
    ...(retryAfter && { "retry-after": retryAfter }),
    "content-type": reply.headers.get("content-type") ?? "application/json",
    "cache-control": "no-store",
  });
  response.flushHeaders();
  if (!reply.body) return void response.end();
  const body = hidesUsage ? withoutUsage(reply.body) : chunksOf(reply.body);
  await pipeline(Readable.from(body), response);
}

function abortWhenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function keyOf(request: IncomingMessage): string {
  const header = request.headers.authorization ?? "";
  const [, key] = /^Bearer +(\S+)\s*$/i.exec(header) ?? [];
  if (!key) throw noKey();
  return key;
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}
