import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

// A model for trying out: it says the last message back, a word at a time, in OpenAI's shapes.

const models = ["gpt-4o-mini", "gpt-4o"];
const betweenWordsMs = 30;

export type StandIn = { url: string; close: () => void };

/** Serve the stand-in on a free port of loopback. */
export async function startStandIn(): Promise<StandIn> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // Safe: it listens on TCP.
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Chat = {
  model: string;
  messages: { content?: unknown }[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  max_tokens?: number;
  max_completion_tokens?: number;
};

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url === "/v1/models") {
    const data = models.map((id) => ({ id, object: "model", owned_by: "us" }));
    return sendJson(response, 200, { object: "list", data });
  }
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
  const chat = JSON.parse(body) as Chat; // Safe: the gateway has checked what is used here.
  if (!models.includes(chat.model)) {
    const message = `The model \`${chat.model}\` does not exist`;
    const error = { message, type: "invalid_request_error", param: null };
    return sendJson(response, 404, {
      error: { ...error, code: "model_not_found" },
    });
  }
  const said = wordsFor(chat);
  return chat.stream
    ? sendStream(response, chat, said)
    : sendWhole(response, chat, said);
}

type Said = { words: string[]; reason: "stop" | "length"; prompt: number };

function wordsFor(chat: Chat): Said {
  const texts = chat.messages.map(({ content }) =>
    typeof content === "string" ? content : JSON.stringify(content),
  );
  const all = `You said: ${texts.at(-1)}`.split(/(?<=\s)/);
  const most = chat.max_completion_tokens ?? chat.max_tokens ?? 1_000;
  return {
    words: all.slice(0, most),
    reason: all.length > most ? "length" : "stop",
    prompt: texts.join(" ").split(/\s+/).length + 3 * texts.length + 3,
  };
}

// A word is a token here.
function usageOf({ words, prompt }: Said) {
  return {
    prompt_tokens: prompt,
    completion_tokens: words.length,
    total_tokens: prompt + words.length,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

function sendWhole(response: ServerResponse, chat: Chat, said: Said): void {
  const message = { role: "assistant", content: said.words.join("") };
  sendJson(response, 200, {
    ...head(chat, "chat.completion"),
    choices: [{ index: 0, message, finish_reason: said.reason }],
    usage: usageOf(said),
  });
}

async function sendStream(
  response: ServerResponse,
  chat: Chat,
  said: Said,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const base = head(chat, "chat.completion.chunk");
  const send = (more: object) =>
    response.write(`data: ${JSON.stringify({ ...base, ...more })}\n\n`);
  const choice = (delta: object, finish_reason: string | null = null) =>
    send({ choices: [{ index: 0, delta, finish_reason }] });
  choice({ role: "assistant", content: "" });
  for (const word of said.words) {
    if (response.destroyed) return;
    choice({ content: word });
    await new Promise((resolve) => setTimeout(resolve, betweenWordsMs));
  }
  choice({}, said.reason);
  if (chat.stream_options?.include_usage)
    send({ choices: [], usage: usageOf(said) });
  response.end("data: [DONE]\n\n");
}

function head({ model }: Chat, object: string) {
  const created = Math.floor(Date.now() / 1000);
  const id = `chatcmpl-${crypto.randomUUID()}`;
  // As OpenAI does, it names the snapshot that answered.
  return { id, object, created, model: `${model}-2024-07-18` };
}

function sendJson(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
