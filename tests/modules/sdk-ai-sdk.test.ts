import { createTollkeeper, type Tollkeeper } from "../../sdk/src/index";
import {
  standInToken,
  startApiStandIn,
  type ApiStandIn,
} from "../support/api-stand-in";

let api: ApiStandIn;
let tollkeeper: Tollkeeper;

beforeEach(async () => {
  api = await startApiStandIn();
  tollkeeper = createTollkeeper({
    url: api.url,
    token: standInToken,
    flushMs: 60_000,
    onError: () => {},
  });
});

afterEach(async () => {
  await tollkeeper.close(0);
  await api.stop();
});

const facts = { key: "sk_1", endpoint: "/chat" };

async function reported() {
  expect(await tollkeeper.flush()).toBe(0);
  return api.batches.flat();
}

async function partsOf(stream: ReadableStream<unknown>): Promise<unknown[]> {
  const reader = stream.getReader();
  const parts: unknown[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(value);
  }
}

describe("the middleware for the Vercel AI SDK", () => {
  const usage = { inputTokens: 30, outputTokens: 6, cachedInputTokens: 8 };
  const whole = {
    inputTokens: { total: 30, noCache: 20, cacheRead: 8, cacheWrite: 2 },
    outputTokens: { total: 6, text: 4, reasoning: 2 },
  };

  test.each([
    ["openai.chat", { ...usage, reasoningTokens: 2 }, [30, 6, 8, 2], "openai"],
    ["openai.responses", whole, [30, 6, 8, 2], "openai"],
    ["anthropic.messages", whole, [22, 6, 8, 2], "anthropic"],
    ["google.generative-ai", whole, [30, 4, 8, 2], "gemini"],
    ["mistral.chat", whole, [30, 6, 8, 2], "mistral"],
  ] as const)(
    "counts as %s does: %j",
    async (provider, usage, counts, name) => {
      const { wrapGenerate } = tollkeeper.llm.aiSdk(() => facts);
      const result = { content: [], usage };
      const called = { provider, modelId: "some-model" };
      const doGenerate = async () => result;
      const options = { doGenerate, model: called, params: {} };
      expect(await wrapGenerate(options)).toBe(result);
      const [tokens_input, tokens_output, tokens_cached, tokens_reasoning] =
        counts;
      const tokens = {
        tokens_input,
        tokens_output,
        tokens_cached,
        tokens_reasoning,
      };
      expect(await reported()).toMatchObject([
        { ...tokens, provider: name, model: "some-model", status_code: 200 },
      ]);
    },
  );

  const streamed = (parts: object[]) => {
    const { wrapStream } = tollkeeper.llm.aiSdk(facts);
    return wrapStream({
      doStream: async () => ({
        request: "kept",
        stream: new ReadableStream<unknown>({
          start(controller) {
            for (const part of parts) controller.enqueue(part);
            controller.close();
          },
        }),
      }),
      model: { provider: "openai.chat", modelId: "gpt-4o" },
      params: {},
    });
  };

  test("counts a stream at its end, and one that is left early", async () => {
    const delta = { type: "text-delta", id: "1", delta: "01234567" };
    const finish = { type: "finish", usage: whole };
    const { stream, request } = await streamed([delta, finish]);
    expect(request).toBe("kept");
    expect(await partsOf(stream)).toEqual([delta, finish]);
    const left = (await streamed([delta, finish])).stream.getReader();
    await left.read();
    await left.cancel();
    expect(await reported()).toMatchObject([
      { tokens_input: 30, tokens_output: 6, status_code: 200 },
      { tokens_input: 0, tokens_output: 2, status_code: 499 },
    ]);
  });

  test("tells failures, and throws them on", async () => {
    const { stream } = await streamed([{ type: "error", error: "overloaded" }]);
    await partsOf(stream);
    const failure = new Error("no");
    const failing = tollkeeper.llm.aiSdk(facts).wrapGenerate({
      doGenerate: () => Promise.reject(failure),
      model: { provider: "openai.chat", modelId: "gpt-4o" },
      params: {},
    });
    await expect(failing).rejects.toBe(failure);
    expect(await reported()).toMatchObject([
      { status_code: 500 },
      { status_code: 500 },
    ]);
  });
});
