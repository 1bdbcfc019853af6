import { TokenCounter, type Provider } from "../../sdk/src/index";
import {
  anthropicStart,
  anthropicText,
  geminiChunk,
  model,
  openAiStream,
  openAiUsage,
  responsesUsage,
} from "./sdk-llm-fixture";

const openAiCounts = [10, 4, 3, 2];

describe("counts", () => {
  test.each<[string, Provider, object[], number[], string]>([
    [
      "an OpenAI chat",
      "openai",
      [
        {
          model,
          choices: [{ message: { content: "hi" } }],
          usage: openAiUsage,
        },
      ],
      openAiCounts,
      "gpt-4o-mini",
    ],
    [
      "an OpenAI chat stream",
      "openai",
      openAiStream,
      openAiCounts,
      "gpt-4o-mini",
    ],
    [
      "an OpenAI embedding",
      "openai",
      [{ model: "text-embedding-3-small", usage: { prompt_tokens: 5 } }],
      [5, 0, 0, 0],
      "text-embedding-3-small",
    ],
    [
      "the Responses API",
      "openai",
      [{ object: "response", model: "o3", usage: responsesUsage }],
      [20, 7, 5, 1],
      "o3",
    ],
    [
      "a stream of the Responses API",
      "openai",
      [
        { type: "response.created", response: { model: "o3", usage: null } },
        { type: "response.output_text.delta", delta: "hey" },
        {
          type: "response.completed",
          response: { model: "o3", usage: responsesUsage },
        },
      ],
      [20, 7, 5, 1],
      "o3",
    ],
    [
      "an Anthropic message",
      "anthropic",
      [{ ...anthropicStart.message, type: "message" }],
      [20, 1, 100, 0],
      "claude-haiku-4-5",
    ],
    [
      "an Anthropic stream",
      "anthropic",
      [
        anthropicStart,
        anthropicText,
        { type: "message_delta", delta: {}, usage: { output_tokens: 9 } },
        { type: "message_stop" },
      ],
      [20, 9, 100, 0],
      "claude-haiku-4-5",
    ],
    [
      "a Gemini stream",
      "gemini",
      [
        geminiChunk,
        {
          ...geminiChunk,
          candidates: [{ finishReason: "STOP" }],
          usageMetadata: {
            ...{ promptTokenCount: 6, toolUsePromptTokenCount: 2 },
            ...{ candidatesTokenCount: 3, thoughtsTokenCount: 4 },
            cachedContentTokenCount: 1,
          },
        },
      ],
      [8, 3, 1, 4],
      "gemini-2.5-flash",
    ],
  ])("of %s", (_, provider, parts, counts, name) => {
    const counter = new TokenCounter(provider);
    for (const part of parts) counter.add(part);
    const [input = 0, output = 0, cached, reasoning] = counts;
    expect(counter.usage()).toEqual({
      provider,
      model: name,
      tokens_input: input,
      tokens_output: output,
      tokens_cached: cached,
      tokens_reasoning: reasoning,
      tokens_total: input + output,
      is_estimated: false,
    });
  });

  test("of a stream that was cut off are reckoned from its text and the prompt", () => {
    const cutOff = (provider: Provider, parts: object[], prompt?: string) => {
      const counter = new TokenCounter(provider);
      for (const part of parts) counter.add(part);
      return counter.usage({ prompt });
    };
    const prompt = "a prompt of 24 characters";
    expect(cutOff("openai", openAiStream.slice(0, 3), prompt)).toMatchObject({
      ...{ tokens_input: 7, tokens_output: 3, is_estimated: true },
    });
    expect(cutOff("openai", openAiStream.slice(0, 1), prompt)).toMatchObject({
      ...{ tokens_input: 7, tokens_output: 0, is_estimated: true },
    });
    expect(cutOff("anthropic", [anthropicStart, anthropicText])).toMatchObject({
      ...{ tokens_input: 20, tokens_output: 4, is_estimated: true },
    });
    expect(cutOff("openai", [{ error: { message: "no" } }], prompt)).toBeNull();
  });

  test.each(["openai", "anthropic", "gemini"] as const)(
    "nothing that %s could send breaks them",
    (provider) => {
      const counter = new TokenCounter(provider);
      const junk = [null, 7, "x", [], {}, { usage: 7 }, { choices: [null] }];
      const worse = [{ candidates: [{ content: { parts: 1 } }] }, { delta: 1 }];
      for (const part of [...junk, ...worse, { usage: { prompt_tokens: -1 } }])
        expect(() => counter.add(part)).not.toThrow();
      expect(counter.usage()).toBeNull();
    },
  );
});
