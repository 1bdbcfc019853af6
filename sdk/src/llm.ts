import { aiSdkMiddleware, type AiSdkMiddleware } from "./ai-sdk";
import { withBody } from "./answer";
import {
  isEmitter,
  MeteredCall,
  type LlmFacts,
  type Metering,
} from "./metered-call";
import { fieldOf, isAsyncIterable, isFetchResponse, isObject } from "./shape";
import { bodyReader } from "./sse";
import { TokenCounter, type Provider } from "./token-counter";
import { watched, watchedIteration } from "./watched";

/**
 * Calls a model, and gives back what the call gives: an answer of the provider's SDK or its stream,
 * or a `Response` of fetch. Its tokens are counted as they pass, and tracked with status and duration
 * when the answer, or its stream, has ended. What the call throws is thrown on.
 */
export type MeterModel = <T>(
  call: () => T | PromiseLike<T>,
  facts: LlmFacts,
) => Promise<T>;

export type Llm = {
  /** Chat completions, the Responses API, embeddings, and all who answer in the same shape. */
  openai: MeterModel;
  /** Messages. */
  anthropic: MeterModel;
  /** generateContent and generateContentStream. */
  gemini: MeterModel;
  /** A language-model middleware for the Vercel AI SDK: `wrapLanguageModel({ model, middleware })`. */
  aiSdk: (facts: LlmFacts | ((params: unknown) => LlmFacts)) => AiSdkMiddleware;
};

export function llmOf(metering: Metering): Llm {
  const meter =
    (provider: Provider): MeterModel =>
    async (call, facts) => {
      const counter = new TokenCounter(provider);
      const metered = new MeteredCall(metering, counter, provider, facts);
      try {
        return meterAnswer(metered, await call());
      } catch (error) {
        metered.fail(error);
        throw error;
      }
    };
  return {
    openai: meter("openai"),
    anthropic: meter("anthropic"),
    gemini: meter("gemini"),
    aiSdk: (facts) => aiSdkMiddleware(metering, facts),
  };
}

/** The same without counting, for a Tollkeeper that is switched off. */
export function llmSwitchedOff(): Llm {
  const call: MeterModel = async (call) => call();
  const aiSdk = () => aiSdkMiddleware(undefined);
  return { openai: call, anthropic: call, gemini: call, aiSdk };
}

function meterAnswer<T>(metered: MeteredCall, answer: T): T {
  // Safe each time: what comes back is the same answer, or of the same kind.
  if (isFetchResponse(answer)) return meterResponse(metered, answer) as T;
  if (isByteStream(answer)) return meterBytes(metered, answer) as T;
  if (isEmitter(answer)) {
    for (const event of ["streamEvent", "chunk", "event"])
      answer.on(event, (part) => metered.count(part));
    answer.on("end", () => metered.end(statusOfEmitter(answer)));
    return answer;
  }
  const stream: unknown = isAsyncIterable(answer)
    ? answer
    : fieldOf(answer, "stream"); // Gemini's older SDK has it beside a promise of the whole
  if (isAsyncIterable(stream)) return meterIteration(metered, answer, stream);
  metered.count(answer);
  metered.end(200);
  return answer;
}

function meterResponse(metered: MeteredCall, answer: Response): Response {
  const { body, status } = answer;
  if (!body) {
    metered.end(status);
    return answer;
  }
  const type = answer.headers.get("content-type") ?? "";
  const reader = bodyReader(type, (part) => metered.count(part));
  return withBody(
    answer,
    watched(body, {
      onChunk: (chunk) => reader.take(chunk),
      onEnd: (end) => {
        reader.end();
        metered.endStream(end, status);
      },
    }),
  );
}

function meterBytes(
  metered: MeteredCall,
  stream: ReadableStream<unknown>,
): ReadableStream<unknown> {
  const reader = bodyReader("text/event-stream", (part) => metered.count(part));
  return watched(stream, {
    onChunk: (chunk) =>
      chunk instanceof Uint8Array ? reader.take(chunk) : metered.count(chunk),
    onEnd: (end) => {
      reader.end();
      metered.endStream(end);
    },
  });
}

/** The provider's own object, with whoever iterates it watched. */
function meterIteration<T>(
  metered: MeteredCall,
  answer: T,
  stream: AsyncIterable<unknown>,
): T {
  const iterate = stream[Symbol.asyncIterator].bind(stream);
  Object.defineProperty(stream, Symbol.asyncIterator, {
    configurable: true,
    value: () =>
      watchedIteration(
        { [Symbol.asyncIterator]: iterate },
        {
          onChunk: (part) => metered.count(part),
          onEnd: (end) => metered.endStream(end),
        },
      ),
  });
  return answer;
}

function statusOfEmitter(stream: unknown): number {
  if (fieldOf(stream, "aborted") === true) return 499;
  return fieldOf(stream, "errored") === true ? 500 : 200;
}

function isByteStream(value: unknown): value is ReadableStream<unknown> {
  return isObject(value) && typeof fieldOf(value, "getReader") === "function";
}
