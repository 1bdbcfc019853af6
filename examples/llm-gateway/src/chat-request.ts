import type { IncomingMessage } from "node:http";
import { estimateTokens } from "@tollkeeper/sdk";
import { badRequest, OpenAiError } from "./openai-error";

const mostBodyBytes = 10_000_000;

/** A chat request: what the gateway must know of it, and the whole for whoever answers. */
export type ChatRequest = {
  model: string;
  isStream: boolean;
  /** the caller wants the counts as the last chunk of the stream */
  wantsUsage: boolean;
  promptTokens: number;
  /** at most so many tokens are answered; undefined when the request does not say */
  mostAnswerTokens: number | undefined;
  whole: Record<string, unknown>;
};

/** Read and check what a caller sent. Throws OpenAiError. */
export async function readChatRequest(
  request: IncomingMessage,
): Promise<ChatRequest> {
  const whole = await readJson(request);
  const { model, messages, stream_options } = whole;
  if (typeof model !== "string" || model === "")
    throw badRequest("you must provide a model parameter", "model");
  if (!Array.isArray(messages) || messages.length === 0)
    throw badRequest("messages must be a list of one or more", "messages");
  const most = countIn(whole, "max_completion_tokens", "max_tokens");
  const answers = countIn(whole, "n") ?? 1;
  return {
    model,
    isStream: whole["stream"] === true,
    wantsUsage:
      isRecord(stream_options) && stream_options["include_usage"] === true,
    promptTokens: promptTokens(messages),
    mostAnswerTokens: most === undefined ? undefined : most * answers,
    whole,
  };
}

// https://github.com/openai/openai-cookbook, How_to_count_tokens: three tokens around each message.
function promptTokens(messages: unknown[]): number {
  const texts = messages.map((message) => {
    const content = isRecord(message) ? message["content"] : message;
    return typeof content === "string" ? content : JSON.stringify(content);
  });
  const around = 3 * messages.length + 3;
  return around + estimateTokens(texts.join(" "));
}

async function readJson(
  request: IncomingMessage,
): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array); // Safe: no encoding is set on it.
    size += bytes.length;
    if (size > mostBodyBytes)
      throw new OpenAiError(413, {
        message: `The body is larger than ${mostBodyBytes} bytes.`,
        type: "invalid_request_error",
      });
    chunks.push(bytes);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    if (isRecord(body)) return body;
  } catch {
    // Not JSON: the same mistake as JSON that is no object.
  }
  throw badRequest("We could not parse the JSON body of your request.");
}

function countIn(
  body: Record<string, unknown>,
  ...names: string[]
): number | undefined {
  for (const name of names) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1)
      throw badRequest(`${name} must be a whole number above 0`, name);
    return value;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
