import {
  createTollkeeper,
  type Tollkeeper,
  type TollkeeperError,
} from "../../sdk/src/index";
import {
  reservationId,
  standInToken,
  startApiStandIn,
  type ApiStandIn,
} from "../support/api-stand-in";
import {
  anthropicStart,
  geminiChunk,
  model,
  openAiStream,
  openAiUsage,
} from "./sdk-llm-fixture";

let api: ApiStandIn;
let tollkeeper: Tollkeeper;
let errors: TollkeeperError[];

beforeEach(async () => {
  api = await startApiStandIn();
  errors = [];
  tollkeeper = createTollkeeper({
    url: api.url,
    token: standInToken,
    flushMs: 60_000,
    onError: (error) => errors.push(error),
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

/** What a provider's SDK gives for a stream: an object of its own that can be iterated. */
function streamOf<T>(parts: T[], failure?: Error) {
  return {
    controller: new AbortController(),
    async *[Symbol.asyncIterator]() {
      yield* parts;
      if (failure) throw failure;
    },
  };
}

describe("a metered call", () => {
  test("gives back the answer itself, and is tracked", async () => {
    const answer = { model, choices: [], usage: openAiUsage };
    expect(await tollkeeper.llm.openai(async () => answer, facts)).toBe(answer);
    expect(await reported()).toEqual([
      {
        id: expect.any(String),
        occurred_at: expect.any(String),
        duration_ms: expect.any(Number),
        ...{ key: "sk_1", endpoint: "/chat", status_code: 200 },
        ...{ provider: "openai", model: "gpt-4o-mini" },
        ...{ tokens_input: 10, tokens_output: 4 },
        ...{ tokens_cached: 3, tokens_reasoning: 2 },
      },
    ]);
    expect(errors).toEqual([]);
  });

  test("gives back the stream itself, and is tracked when it has ended", async () => {
    const stream = streamOf(openAiStream);
    const given = await tollkeeper.llm.openai(() => stream, facts);
    expect(given).toBe(stream);
    const heard: unknown[] = [];
    for await (const part of given) {
      heard.push(part);
      expect(await reported()).toEqual([]);
    }
    expect(heard).toEqual(openAiStream);
    expect(await reported()).toMatchObject([
      { tokens_input: 10, tokens_output: 4, status_code: 200 },
    ]);
  });

  test("whose stream is left early settles what was streamed, and then tracks it", async () => {
    const given = await tollkeeper.llm.openai(() => streamOf(openAiStream), {
      ...facts,
      ...{ prompt: 10, reservation: reservationId, properties: { app: "a" } },
    });
    let parts = 0;
    for await (const part of given) if (part && (parts += 1) === 2) break;
    expect(await reported()).toMatchObject([
      {
        ...{ tokens_input: 10, tokens_output: 3, status_code: 499 },
        properties: { app: "a", tokens_estimated: true },
      },
    ]);
    expect(api.closings).toEqual([[reservationId, { amount: 13 }]]);
  });

  test("whose stream fails throws what it throws, and says so", async () => {
    const failure = new Error("overloaded");
    const stream = streamOf([anthropicStart], failure);
    const given = await tollkeeper.llm.anthropic(() => stream, facts);
    const hear = async () => {
      for await (const part of given) expect(part).toBe(anthropicStart);
    };
    await expect(hear()).rejects.toBe(failure);
    expect(await reported()).toMatchObject([
      { status_code: 500, provider: "anthropic", tokens_input: 20 },
    ]);
  });

  test.each([
    [{ status: 429 }, 429],
    [{ statusCode: 503 }, 503],
    [{ name: "AbortError" }, 499],
    [{}, 500],
  ])(
    "that throws %j is status %i, and gives all back",
    async (facet, status) => {
      const failure = Object.assign(new Error("no"), facet);
      const held = { ...facts, model: "gpt-4o", reservation: reservationId };
      const call = tollkeeper.llm.openai(() => Promise.reject(failure), held);
      await expect(call).rejects.toBe(failure);
      const [event] = await reported();
      expect(event).toMatchObject({ status_code: status, model: "gpt-4o" });
      expect(event?.tokens_input).toBeUndefined();
      expect(api.closings).toEqual([[reservationId, null]]);
    },
  );

  test("of fetch is counted from its bytes, wherever they are cut", async () => {
    const lines = openAiStream.map(
      (part) => `data: ${JSON.stringify(part)}\n\n`,
    );
    const bytes = new TextEncoder().encode(
      [...lines, "data: [DONE]\n\n"].join(""),
    );
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 7)
          controller.enqueue(bytes.slice(at, at + 7));
        controller.close();
      },
    });
    const headers = { "content-type": "text/event-stream; charset=utf-8" };
    const given = await tollkeeper.llm.openai(
      () => new Response(body, { headers }),
      facts,
    );
    expect(await given.text()).toBe(new TextDecoder().decode(bytes));
    expect(await reported()).toMatchObject([
      { tokens_input: 10, tokens_output: 4 },
    ]);
  });

  test("of fetch with JSON is counted too, also with Gemini's list of chunks", async () => {
    const answer = Response.json([geminiChunk, { ...geminiChunk }]);
    await (await tollkeeper.llm.gemini(() => answer, facts)).json();
    expect(await reported()).toMatchObject([
      { provider: "gemini", model: "gemini-2.5-flash", tokens_input: 6 },
    ]);
  });

  test("that tells no tokens is tracked, and that is told", async () => {
    await tollkeeper.llm.openai(() => ({ choices: [] }), facts);
    const [event] = await reported();
    expect(event?.tokens_input).toBeUndefined();
    expect(errors.map(({ code }) => code)).toEqual(["NO_USAGE"]);
  });

  test("goes by what the facts name, and tells the tokens, whatever the host's callbacks do", async () => {
    const told: number[] = [];
    await tollkeeper.llm.openai(() => ({ model, usage: openAiUsage }), {
      customer_id: "cus_01jd0000000000000000000000",
      ...{ provider: "azure", model: "my-deployment" },
      ...{ reservation: reservationId, used: (usage) => usage.tokens_output },
      onUsage: (usage) => {
        told.push(usage.tokens_total);
        throw new Error("a broken callback");
      },
    });
    expect(await reported()).toMatchObject([
      { provider: "azure", model: "my-deployment" },
    ]);
    expect(told).toEqual([14]);
    expect(api.closings).toEqual([[reservationId, { amount: 4 }]]);
  });
});

test("switched off, calls pass as they are and nothing is told", async () => {
  const off = createTollkeeper({ enabled: false, url: api.url, token: "" });
  const answer = { model, usage: openAiUsage };
  expect(await off.llm.openai(() => answer, facts)).toBe(answer);
  const { wrapGenerate } = off.llm.aiSdk(facts);
  const options = { doGenerate: async () => answer, params: {} };
  const called = { provider: "openai", modelId: "m" };
  expect(await wrapGenerate({ ...options, model: called })).toBe(answer);
  expect(await off.flush()).toBe(0);
  expect(api.batches).toEqual([]);
});
