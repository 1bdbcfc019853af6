import {
  createServer,
  get,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import {
  AccessRefused,
  createTollkeeper,
  type Tollkeeper,
  type TollkeeperOptions,
} from "../../sdk/src/index";
import {
  decision,
  problem,
  standInToken,
  startApiStandIn,
  tooMany,
  tooManyBody,
  type ApiStandIn,
} from "../support/api-stand-in";
import { onLoopback } from "../support/loopback";

let api: ApiStandIn;
let tollkeeper: Tollkeeper;
let closeHost = async () => {};

beforeEach(async () => {
  api = await startApiStandIn();
  tollkeeper = open();
});

afterEach(async () => {
  await closeHost();
  closeHost = async () => {};
  await tollkeeper.close(0);
  await api.stop();
});

function open(options: Partial<TollkeeperOptions> = {}) {
  return createTollkeeper({
    url: api.url,
    token: standInToken,
    flushMs: 60_000,
    onError: () => {},
    ...options,
  });
}

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Serves a handler as a host would: what it throws is answered with 502. */
async function host(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    Promise.resolve(handler(request, response)).catch(() => {
      response.writeHead(502).end("the host's own answer");
    });
  });
  const { url, close } = await onLoopback(server);
  closeHost = close;
  return url;
}

async function until(condition: () => boolean | Promise<boolean>) {
  for (let turn = 0; turn < 500 && !(await condition()); turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await condition()).toBe(true);
}

const broken = new Error("broken");
const withKey = { headers: { authorization: "Bearer sk_1" } };

async function reported() {
  expect(await tollkeeper.flush()).toBe(0);
  return api.batches.flat();
}

describe("a node:http handler", () => {
  test("runs for a valid key, tells the limits, and is reported", async () => {
    const url = await host(
      tollkeeper.protect((_request, response) => {
        response.writeHead(201).end("done");
      }),
    );
    const answer = await fetch(`${url}/pages?x=1`, {
      method: "PUT",
      ...withKey,
    });
    expect([answer.status, await answer.text()]).toEqual([201, "done"]);
    expect(answer.headers.get("ratelimit-policy")).toBe('"second";q=10;w=1');
    expect(api.checks).toEqual([{ key: "sk_1", cost: 1, resource: "/pages" }]);
    const [event, ...rest] = await reported();
    expect(rest).toEqual([]);
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      occurred_at: expect.any(String),
      key: "sk_1",
      endpoint: "/pages",
      method: "PUT",
      status_code: 201,
      duration_ms: expect.any(Number),
    });
  });

  test.each<[string, string, Record<string, string>, string | undefined]>([
    ["Bearer", "/", { authorization: "bearer  sk_2 " }, "sk_2"],
    ["x-api-key", "/", { "x-api-key": " sk_3 " }, "sk_3"],
    ["both", "/", { authorization: "Bearer a", "x-api-key": "b" }, "a"],
    ["another scheme", "/", { authorization: "Basic YTpi" }, undefined],
    ["a key in the URL", "/?api_key=sk_4&key=sk_4", {}, undefined],
    ["nothing", "/", {}, undefined],
  ])("reads the key: %s", async (_, path, headers, key) => {
    const url = await host(
      tollkeeper.protect((_request, response) => response.end()),
    );
    const answer = await fetch(url + path, { headers });
    expect(api.checks.map((input) => input.key)).toEqual(key ? [key] : []);
    expect(answer.status).toBe(key ? 200 : 401);
    if (!key)
      expect(await answer.json()).toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("a reached limit answers 429 in the documented shape, and does not run", async () => {
    api.nextChecks.push({
      body: decision(tooMany),
      headers: { "retry-after": "1", ratelimit: '"second";r=0;t=1' },
    });
    const run = jest.fn();
    const answer = await fetch(await host(tollkeeper.protect(run)), withKey);
    expect(answer.status).toBe(429);
    expect(await answer.json()).toEqual(tooManyBody);
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(answer.headers.get("ratelimit")).toBe('"second";r=0;t=1');
    expect(run).not.toHaveBeenCalled();
    expect(await reported()).toEqual([]); // the check itself logged it
  });

  test.each([
    ["NOT_FOUND", 401, "authentication"],
    ["DISABLED", 403, "access"],
    ["EXPIRED", 403, "access"],
    ["CUSTOMER_SUSPENDED", 403, "access"],
    ["CUSTOMER_EXPIRED", 403, "access"],
  ] as const)("%s is refused with %i", async (code, status, error_type) => {
    api.nextChecks.push({ body: decision({ code, message: "No." }) });
    const run = jest.fn();
    const answer = await fetch(await host(tollkeeper.protect(run)), withKey);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      status: "error",
      error: "No.",
      error_type,
      code,
    });
    expect(run).not.toHaveBeenCalled();
  });

  test.each([problem(503, "UNAVAILABLE"), problem(403, "FORBIDDEN")])(
    "without a decision it answers 503 and when to come back: %j",
    async (reply) => {
      api.nextChecks.push(reply);
      tollkeeper = open({ onUnavailable: "deny" });
      const run = jest.fn();
      const answer = await fetch(await host(tollkeeper.protect(run)), withKey);
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({ error_type: "unavailable" });
      expect(run).not.toHaveBeenCalled();
    },
  );

  test("what it throws is the host's to answer, and is reported as the caller saw it", async () => {
    const failing = tollkeeper.protect(() => Promise.reject(broken));
    const answer = await fetch(await host(failing), withKey);
    expect(await answer.text()).toBe("the host's own answer");
    expect(await reported()).toMatchObject([{ status_code: 502 }]);
  });

  test("what it throws is reported as 500 where the host hangs up on it", async () => {
    const failing = tollkeeper.protect(() => Promise.reject(broken));
    const url = await host((request, response) =>
      failing(request, response).catch(() => response.destroy()),
    );
    await expect(fetch(url, withKey)).rejects.toThrow("fetch failed");
    await until(async () => (await reported()).length === 1);
    expect(await reported()).toMatchObject([{ status_code: 500 }]);
  });

  test("a caller that hangs up is reported as 499", async () => {
    const run = jest.fn();
    const url = await host(tollkeeper.protect(run));
    const request = get(url, withKey).on("error", () => {});
    await until(() => run.mock.calls.length === 1);
    request.destroy();
    await until(async () => (await reported()).length === 1);
    expect(await reported()).toMatchObject([{ status_code: 499 }]);
  });

  test("a caller that hangs up during the check is not served", async () => {
    api.nextChecks.push("never");
    tollkeeper = open({ timeoutMs: 1000 });
    const run = jest.fn();
    const url = await host(tollkeeper.protect(run));
    const request = get(url, withKey).on("error", () => {});
    await until(() => api.checks.length === 1);
    request.destroy();
    await until(async () => (await reported()).length === 1);
    expect(await reported()).toMatchObject([{ status_code: 499 }]);
    expect(run).not.toHaveBeenCalled();
  });

  test("reporting delays nobody, also while the API hangs", async () => {
    tollkeeper = open({ flushMs: 1, timeoutMs: 60_000 });
    api.nextBatches.push("never");
    const url = await host(
      tollkeeper.protect((_request, response) => response.end("done")),
    );
    const startedAt = Date.now();
    for (let turn = 0; turn < 5; turn++)
      expect((await fetch(url, withKey)).status).toBe(200);
    expect(Date.now() - startedAt).toBeLessThan(5000);
    expect(api.batches).toHaveLength(1);
  });

  test("endpoint, cost and who calls can be told", async () => {
    const customer_id = "cus_01jd0000000000000000000000";
    const url = await host(
      tollkeeper.protect((_request, response) => response.end(), {
        endpoint: "/pages/{id}",
        cost: (request) => Number(request.headers["x-pages"]),
        subject: () => ({ customer_id }),
      }),
    );
    await fetch(`${url}/pages/7`, { headers: { "x-pages": "4" } });
    const resource = "/pages/{id}";
    expect(api.checks).toEqual([{ customer_id, cost: 4, resource }]);
    expect(await reported()).toMatchObject([
      { customer_id, endpoint: resource },
    ]);
  });
});

describe("a Fetch handler", () => {
  const request = new Request("http://host.test/pages", withKey);

  test("runs, tells the limits and is reported", async () => {
    const move = tollkeeper.protect((_request: Request, to: string) =>
      Response.redirect(to),
    );
    const answer = await move(request, "http://host.test/there");
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("http://host.test/there");
    expect(answer.headers.get("ratelimit-policy")).toBe('"second";q=10;w=1');
    expect(await reported()).toMatchObject([
      { endpoint: "/pages", method: "GET", status_code: 302 },
    ]);
  });

  test("gets the refusal as its answer", async () => {
    api.nextChecks.push({ body: decision(tooMany) });
    const run = jest.fn(() => new Response());
    const answer = await tollkeeper.protect(run)(request);
    expect([answer.status, await answer.json()]).toEqual([429, tooManyBody]);
    expect(run).not.toHaveBeenCalled();
  });

  test("throws on what it throws, reported as 500", async () => {
    const failing = tollkeeper.protect(async (): Promise<Response> => {
      throw new Error("broken");
    });
    await expect(failing(request)).rejects.toThrow("broken");
    expect(await reported()).toMatchObject([{ status_code: 500 }]);
  });
});

describe("a plain function", () => {
  const subject = (key: string) => ({ key });

  test("runs and is reported, failures too", async () => {
    async function shout(key: string, text: string) {
      if (!text) throw new Error("nothing to shout");
      return text.toUpperCase();
    }
    const guarded = tollkeeper.protect(shout, { subject });
    expect(await guarded("sk_1", "hello")).toBe("HELLO");
    await expect(guarded("sk_1", "")).rejects.toThrow("nothing to shout");
    expect(await reported()).toMatchObject([
      { key: "sk_1", endpoint: "shout", status_code: 200 },
      { key: "sk_1", endpoint: "shout", status_code: 500 },
    ]);
  });

  test("throws AccessRefused with what an HTTP host would answer", async () => {
    api.nextChecks.push({ body: decision(tooMany) });
    const guarded = tollkeeper.protect(async (_key: string) => 1, { subject });
    const refusal = await guarded("sk_1").catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AccessRefused);
    expect(refusal).toMatchObject({ status: 429, body: tooManyBody });
  });
});
