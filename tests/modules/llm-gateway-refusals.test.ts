import { once } from "node:events";
import { createServer, get } from "node:http";
import { readSettings } from "../../examples/llm-gateway/src/settings";
import { decision, reservationId } from "../support/api-stand-in";
import { bearer, useGateway } from "./llm-gateway-fixture";

const gateway = useGateway();

describe("refusals", () => {
  test.each([
    ["RATE_LIMITED", 429, "requests", "rate_limit_exceeded"],
    ["QUOTA_EXCEEDED", 429, "insufficient_quota", "insufficient_quota"],
    ["SPEND_CAP_REACHED", 429, "insufficient_quota", "insufficient_quota"],
    ["NOT_FOUND", 401, "invalid_request_error", "invalid_api_key"],
    ["DISABLED", 403, "invalid_request_error", "disabled"],
    ["CUSTOMER_EXPIRED", 403, "invalid_request_error", "customer_expired"],
  ] as const)("%s is %i %s", async (code, status, type, told) => {
    const refusal = decision({ code, message: "No.", retry_after: 2.4 });
    gateway.api.nextChecks.push({ body: refusal });
    const answer = await gateway.chat({});
    expect(answer.status).toBe(status);
    expect(answer.headers.get("retry-after")).toBe("3");
    expect(await answer.json()).toEqual({
      error: { message: "No.", type, param: null, code: told },
    });
    expect(await gateway.reported(0)).toEqual([]);
  });

  test("without a key, and without sense, nobody is asked", async () => {
    const path = `${gateway.url}/v1/chat/completions`;
    const refused = async (init: RequestInit) => {
      const answer = await fetch(path, { method: "POST", ...init });
      const { error } = (await answer.json()) as { error: { type: string } };
      return [answer.status, error.type];
    };
    const type = "invalid_request_error";
    expect(await refused({ body: "{}" })).toEqual([401, type]);
    for (const body of [
      "{",
      "[]",
      '{"messages":[{}]}',
      '{"model":"m","messages":[]}',
      '{"model":"m","messages":[{}],"max_tokens":-1}',
    ])
      expect(await refused({ headers: bearer, body })).toEqual([400, type]);
    const large = JSON.stringify({ model: "x".repeat(10_000_001) });
    expect(await refused({ headers: bearer, body: large })).toEqual([
      413,
      type,
    ]);
    expect(gateway.api.checks).toEqual([]);
  });

  test("while Tollkeeper is away calls are refused with 503, if so set", async () => {
    gateway.api.nextChecks.push({ status: 503, body: "away" });
    const answer = await gateway.chat({});
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([
      503,
      "2",
    ]);
  });

  test.each([
    ["cannot be reached", () => "http://127.0.0.1:1"],
    [
      "refuses our own key",
      () =>
        gateway.listen(
          createServer((_, response) => response.writeHead(401).end()),
        ),
    ],
  ])(
    "an upstream that %s is a 502, and all is given back",
    async (_, start) => {
      const silenced = jest.spyOn(console, "error").mockReturnValue();
      const url = await gateway.serve({
        upstream: { url: await start(), key: "" },
      });
      const answer = await gateway.chat({}, url);
      expect(answer.status).toBe(502);
      expect(await answer.json()).toMatchObject({
        error: { code: "bad_gateway" },
      });
      expect(await gateway.reported()).toMatchObject([{ status_code: 502 }]);
      expect(gateway.api.closings).toEqual([[reservationId, null]]);
      silenced.mockRestore();
    },
  );
});

test("what is not there is said to be not there", async () => {
  const [response] = await once(get(`${gateway.url}/v1/audio`), "response");
  expect(response).toMatchObject({ statusCode: 404 });
});

test("settings that cannot be right are refused", () => {
  const good = { TOLLKEEPER_URL: "http://t.test", TOLLKEEPER_TOKEN: "tk_1" };
  expect(
    readSettings({ ...good, UPSTREAM_URL: "https://a.test/v1/" }),
  ).toMatchObject({
    upstream: { url: "https://a.test", key: "" },
    meter: "tokens",
  });
  for (const bad of [
    { TOLLKEEPER_TOKEN: "" },
    { UPSTREAM_URL: "a.test" },
    { ON_UNAVAILABLE: "maybe" },
    { ANSWER_TOKENS: "many" },
  ])
    expect(() => readSettings({ ...good, ...bad })).toThrow(/must be|Set /);
});
