import { createServer, request as ask } from "node:http";
import { reservationId } from "../support/api-stand-in";
import { bearer, messages, useGateway } from "./llm-gateway-fixture";

const gateway = useGateway();

const chunksOf = (text: string) =>
  [...text.matchAll(/^data: (\{.*)$/gm)].map(
    ([, json = ""]) => JSON.parse(json) as Record<string, unknown>, // Safe: it begins as an object.
  );

describe("a whole answer", () => {
  test("is held for, passed on as it is, settled at its tokens and reported", async () => {
    const answer = await gateway.chat({ max_tokens: 50 });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-ratelimit-limit-requests")).toBe("10");
    expect(await answer.json()).toMatchObject({
      object: "chat.completion",
      choices: [{ message: { content: "You said: to be or not to be" } }],
      usage: { prompt_tokens: 12, completion_tokens: 8 },
    });
    const promptTokens = 6 + Math.ceil("to be or not to be".length / 4);
    expect(gateway.api.checks).toMatchObject([
      {
        key: "sk_1",
        meter: "tokens",
        resource: "/v1/chat/completions",
        reserve: { amount: promptTokens + 50 },
      },
    ]);
    expect(await gateway.reported()).toMatchObject([
      {
        key: "sk_1",
        provider: "openai",
        model: "gpt-4o-mini",
        tokens_input: 12,
        tokens_output: 8,
        endpoint: "/v1/chat/completions",
        status_code: 200,
        duration_ms: expect.any(Number),
      },
    ]);
    expect(gateway.api.closings).toEqual([[reservationId, { amount: 20 }]]);
  });

  test("of no stated length is held for at what the settings say", async () => {
    await gateway.chat({ n: 2, max_completion_tokens: 10 });
    await gateway.chat({});
    expect(gateway.api.checks.map(({ reserve }) => reserve?.amount)).toEqual([
      11 + 20,
      11 + 1000,
    ]);
  });

  test("that the upstream refuses is passed on, and all is given back", async () => {
    const answer = await gateway.chat({ model: "nonesuch" });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      error: { code: "model_not_found" },
    });
    expect(await gateway.reported()).toMatchObject([{ status_code: 404 }]);
    expect(gateway.api.closings).toEqual([[reservationId, null]]);
  });
});

describe("a stream", () => {
  test("is counted, and its caller sees no counts that it did not ask for", async () => {
    const answer = await gateway.chat({ stream: true });
    expect(answer.headers.get("content-type")).toBe("text/event-stream");
    const text = await answer.text();
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
    expect(chunksOf(text).every(({ usage }) => !usage)).toBe(true);
    expect(chunksOf(text)).toHaveLength(10);
    expect(await gateway.reported()).toMatchObject([
      { tokens_input: 12, tokens_output: 8, status_code: 200 },
    ]);
    expect(gateway.api.closings).toEqual([[reservationId, { amount: 20 }]]);
  });

  test("tells its counts to callers that ask", async () => {
    const stream_options = { include_usage: true };
    const answer = await gateway.chat({ stream: true, stream_options });
    expect(chunksOf(await answer.text()).at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 12, completion_tokens: 8 },
    });
  });

  test("whose caller hangs up stops the model, and what was streamed is settled and reported", async () => {
    let isStopped = false;
    const endless = await gateway.listen(
      createServer((_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        const chunk = { model: "gpt-4o-mini-2024-07-18" };
        const choices = [{ delta: { content: "0123456789012345" } }];
        const write = () =>
          response.write(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`);
        const timer = setInterval(write, 10);
        response.on("close", () => {
          isStopped = true;
          clearInterval(timer);
        });
      }),
    );
    const url = await gateway.serve({ upstream: { url: endless, key: "" } });
    const answer = await gateway.chat({ stream: true }, url);
    const reader = answer.body?.getReader();
    for (let turn = 0; turn < 3; turn++) await reader?.read();
    await reader?.cancel();
    const [event, ...rest] = await gateway.reported();
    expect(rest).toEqual([]);
    expect(isStopped).toBe(true);
    expect(event).toMatchObject({
      status_code: 499,
      model: "gpt-4o-mini",
      tokens_input: 11,
      properties: { tokens_estimated: true },
    });
    const output = event?.tokens_output ?? 0;
    expect(output).toBeGreaterThanOrEqual(12);
    expect(gateway.api.closings).toEqual([
      [reservationId, { amount: 11 + output }],
    ]);
  });

  test("whose caller hangs up before it begins costs nothing", async () => {
    let asked = 0;
    const silent = await gateway.listen(createServer(() => void (asked += 1)));
    const url = await gateway.serve({ upstream: { url: silent, key: "" } });
    const call = ask(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: bearer,
    });
    call.on("error", () => {});
    call.end(JSON.stringify({ model: "gpt-4o-mini", messages, stream: true }));
    for (let turn = 0; turn < 300 && asked === 0; turn++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    call.destroy();
    const [event] = await gateway.reported();
    expect(event).toMatchObject({ status_code: 499 });
    expect(event?.tokens_input).toBeUndefined();
    expect(gateway.api.closings).toEqual([[reservationId, null]]);
  });
});

test("the models are listed for a valid key, without counting a call", async () => {
  const answer = await fetch(`${gateway.url}/v1/models`, { headers: bearer });
  expect(await answer.json()).toMatchObject({
    object: "list",
    data: [{ id: "gpt-4o-mini" }, { id: "gpt-4o" }],
  });
  expect(gateway.api.verifies).toEqual([{ key: "sk_1" }]);
  expect([...gateway.api.checks, ...(await gateway.reported(0))]).toEqual([]);
});
