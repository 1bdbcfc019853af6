import { MeteredCall, type LlmFacts, type Metering } from "./metered-call";
import { countOf, fieldOf, textOf } from "./shape";
import { TokenCounter, type Provider, type Reading } from "./token-counter";
import { watched } from "./watched";

type Model = { provider: string; modelId: string };
type Generate<R> = {
  doGenerate: () => PromiseLike<R>;
  model: Model;
  params: unknown;
};
type Stream<R> = {
  doStream: () => PromiseLike<R>;
  model: Model;
  params: unknown;
};

/** A language-model middleware of the Vercel AI SDK, versions 5 and 6, by its shape. */
export type AiSdkMiddleware = {
  readonly specificationVersion: "v3";
  readonly middlewareVersion: "v2";
  wrapGenerate: <R>(options: Generate<R>) => Promise<R>;
  wrapStream: <R extends { stream: ReadableStream<unknown> }>(
    options: Stream<R>,
  ) => Promise<R>;
};

/** Without metering it only passes on. */
export function aiSdkMiddleware(
  metering: Metering | undefined,
  facts?: LlmFacts | ((params: unknown) => LlmFacts),
): AiSdkMiddleware {
  const start = (model: Model, params: unknown) => {
    const given = typeof facts === "function" ? facts(params) : facts;
    if (!metering || !given) return undefined;
    const { modelId } = model;
    const provider = providerOf(model.provider);
    const counting = isProvider(provider) ? provider : "openai";
    const counter = new TokenCounter(counting, (part) =>
      readAiSdk(part, counting),
    );
    const known = { model: modelId, ...given };
    return new MeteredCall(metering, counter, provider, known);
  };
  return {
    specificationVersion: "v3",
    middlewareVersion: "v2",
    async wrapGenerate({ doGenerate, model, params }) {
      const metered = start(model, params);
      return failing(metered, async () => {
        const result = await doGenerate();
        metered?.count(result);
        metered?.end(200);
        return result;
      });
    },
    async wrapStream({ doStream, model, params }) {
      const metered = start(model, params);
      return failing(metered, async () => {
        const result = await doStream();
        return metered ? meterStream(metered, result) : result;
      });
    },
  };
}

async function failing<R>(
  metered: MeteredCall | undefined,
  run: () => Promise<R>,
): Promise<R> {
  try {
    return await run();
  } catch (error) {
    metered?.fail(error);
    throw error;
  }
}

function meterStream<R extends { stream: ReadableStream<unknown> }>(
  metered: MeteredCall,
  result: R,
): R {
  let status = 200;
  const stream = watched(result.stream, {
    onChunk: (part) => {
      if (textOf(part, "type") === "error") status = 500;
      metered.count(part);
    },
    onEnd: (end) => metered.endStream(end, status),
  });
  return { ...result, stream };
}

/** A result, or a part of its stream. Counts come with the result, or the part of type finish. */
function readAiSdk(part: unknown, counting: Provider): Reading {
  const isDelta = textOf(part, "type").endsWith("-delta");
  const text = isDelta ? textOf(part, "delta") : "";
  const usage = fieldOf(part, "usage");
  if (usage === undefined) return { text };
  const counts = countsOf(usage, counting);
  const isFinal = counts.input !== undefined || counts.output !== undefined;
  return { ...counts, text, isFinal };
}

/** Plain numbers as the provider counts in version 5; in version 6 totals with all in them. */
function countsOf(usage: unknown, counting: Provider): Reading {
  const input = fieldOf(usage, "inputTokens");
  const output = fieldOf(usage, "outputTokens");
  if (typeof input !== "object" && typeof output !== "object")
    return {
      input: countOf(usage, "inputTokens"),
      output: countOf(usage, "outputTokens"),
      cached: countOf(usage, "cachedInputTokens"),
      reasoning: countOf(usage, "reasoningTokens"),
    };
  const cached = countOf(input, "cacheRead");
  const reasoning = countOf(output, "reasoning");
  return {
    input: without(input, counting === "anthropic" ? cached : 0),
    output: without(output, counting === "gemini" ? reasoning : 0),
    cached,
    reasoning,
  };
}

function without(side: unknown, part = 0): number | undefined {
  const total = countOf(side, "total");
  return total === undefined ? undefined : Math.max(0, total - part);
}

/** `openai.chat` is openai, and `google.generative-ai` what price books call gemini. */
function providerOf(name: string): string {
  const [first = name] = name.split(".", 1);
  return first === "google" ? "gemini" : first;
}

function isProvider(name: string): name is Provider {
  return name === "openai" || name === "anthropic" || name === "gemini";
}
