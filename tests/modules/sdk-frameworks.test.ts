import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { serve as serveHono } from "@hono/node-server";
import { Hono, type Context } from "hono";
import { createTollkeeper, type Tollkeeper } from "../../sdk/src/index";
import {
  decision,
  reservationId,
  standInToken,
  startApiStandIn,
  tooMany,
  tooManyBody,
  type ApiStandIn,
} from "../support/api-stand-in";
import { onLoopback } from "../support/loopback";

let api: ApiStandIn;
let tollkeeper: Tollkeeper;
const closing: (() => Promise<unknown>)[] = [];

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
  await Promise.all(closing.splice(0).map((close) => close()));
  await tollkeeper.close(0);
  await api.stop();
});

async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer(
    (request, response) => void handler(request, response),
  );
  const { url, close } = await onLoopback(server);
  closing.push(close);
  return url;
}

/** The events of so many calls: they are reported when their connection is done with them. */
async function reported(count: number) {
  for (let turn = 0; turn < 300; turn++) {
    await tollkeeper.flush();
    if (api.batches.flat().length >= count) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return api.batches.flat();
}

const withKey = { headers: { authorization: "Bearer sk_1" } };
const refuse = () =>
  api.nextChecks.push({
    body: decision(tooMany),
    headers: { "retry-after": "1", ratelimit: '"second";r=0;t=1' },
  });

async function expectRefusal(answer: Response) {
  expect(answer.status).toBe(429);
  expect(answer.headers.get("retry-after")).toBe("1");
  expect(answer.headers.get("ratelimit")).toBe('"second";r=0;t=1');
  expect(await answer.json()).toEqual(tooManyBody);
}

/** What Express adds to node:http, as far as handlers here see of it. */
type ExpressRequest = IncomingMessage & {
  baseUrl: string;
  originalUrl: string;
  route?: { path: string };
};
type Next = (error?: unknown) => void;
type ExpressHandler = (
  request: ExpressRequest,
  response: ServerResponse,
  next: Next,
) => unknown;

const underExpress = (handler: ExpressHandler, more: object, next: Next) =>
  listen((request, response) => {
    const originalUrl = request.url;
    const given = Object.assign(request, { originalUrl, baseUrl: "", ...more });
    return handler(given as ExpressRequest, response, next); // Safe: it has all of its fields.
  });

describe("Express", () => {
  test("a route is reported by its pattern", async () => {
    const handler = tollkeeper.protect(
      (_request: ExpressRequest, response: ServerResponse, _next: Next) =>
        void response.end("done"),
    );
    const more = { baseUrl: "/api", route: { path: "/pages/:id" } };
    const url = await underExpress(handler, more, () => {});
    expect(await (await fetch(`${url}/api/pages/7?x=1`, withKey)).text()).toBe(
      "done",
    );
    refuse();
    await expectRefusal(await fetch(url, withKey));
    expect(await reported(1)).toMatchObject([
      { endpoint: "/api/pages/:id", method: "GET", status_code: 200 },
    ]);
  });

  test("a middleware lets those after it answer, and what fails goes to next", async () => {
    const failure = new Error("broken");
    const seen: unknown[] = [];
    const pass = tollkeeper.protect(
      async (request: ExpressRequest, response: ServerResponse, next: Next) => {
        if (request.originalUrl === "/boom") throw failure;
        response.writeHead(201).end();
        next();
      },
    );
    let fail = () => {};
    const url = await underExpress(pass, {}, (error) => {
      seen.push(error);
      if (error) fail();
    });
    expect((await fetch(`${url}/pages/7`, withKey)).status).toBe(201);
    const hungUp = new AbortController();
    fail = () => hungUp.abort();
    const signal = hungUp.signal;
    await expect(
      fetch(`${url}/boom`, { ...withKey, signal }),
    ).rejects.toThrow();
    expect(seen).toEqual([undefined, failure]);
    expect(await reported(2)).toMatchObject([
      { endpoint: "/pages/7", status_code: 201 },
      { endpoint: "/boom", status_code: 500 },
    ]);
  });
});

/** Fastify's reply, as far as it is used: what a handler resolves with is sent. */
class Reply {
  constructor(readonly raw: ServerResponse) {}
  code(status: number) {
    this.raw.statusCode = status;
    return this;
  }
  header(name: string, value: string) {
    this.raw.setHeader(name, value);
    return this;
  }
  send(payload: unknown) {
    this.header("content-type", "application/json");
    this.raw.end(JSON.stringify(payload));
    return this;
  }
}
type FastifyRequest = { raw: IncomingMessage; routeOptions: { url: string } };

test("Fastify: a handler is answered for, or its result sent, with the limits on it", async () => {
  const handler = tollkeeper.protect(
    async (request: FastifyRequest, _reply: Reply) => {
      tollkeeper.call(request)?.add({ quantity: 3 });
      return { url: request.raw.url };
    },
    { meter: "pages", reserve: { amount: 10 } },
  );
  const url = await listen(async (raw, response) => {
    const reply = new Reply(response);
    const request = { raw, routeOptions: { url: "/pages/:id" } };
    const result: unknown = await handler(request, reply);
    if (result !== reply) reply.send(result);
  });
  const answer = await fetch(`${url}/pages/7`, withKey);
  expect(answer.headers.get("ratelimit-policy")).toBe('"second";q=10;w=1');
  expect(await answer.json()).toEqual({ url: "/pages/7" });
  refuse();
  await expectRefusal(await fetch(`${url}/pages/7`, withKey));
  expect(await reported(1)).toMatchObject([
    { endpoint: "/pages/:id", meter: "pages", quantity: 3, status_code: 200 },
  ]);
  expect(api.closings).toEqual([[reservationId, { amount: 3 }]]);
});

describe("Hono", () => {
  async function serve(app: Hono): Promise<string> {
    const server = serveHono({
      fetch: app.fetch,
      port: 0,
      hostname: "127.0.0.1",
    });
    await new Promise((resolve) => server.once("listening", resolve));
    closing.push(async () => server.close());
    const address = server.address();
    if (typeof address !== "object" || !address) throw new Error("no address");
    return `http://127.0.0.1:${address.port}`;
  }

  test("a route is answered for, and reported by its pattern", async () => {
    const app = new Hono();
    const handler = (c: Context) => c.json({ id: c.req.param("id") });
    app.get("/pages/:id", tollkeeper.protect(handler));
    const url = await serve(app);
    const answer = await fetch(`${url}/pages/7?x=1`, withKey);
    expect(answer.headers.get("ratelimit-policy")).toBe('"second";q=10;w=1');
    expect(await answer.json()).toEqual({ id: "7" });
    refuse();
    await expectRefusal(await fetch(`${url}/pages/7`, withKey));
    expect(await reported(1)).toMatchObject([
      { endpoint: "/pages/:id", method: "GET", status_code: 200 },
    ]);
  });

  test("a middleware guards all that comes after it", async () => {
    const app = new Hono();
    const pass = (_c: Context, next: () => Promise<void>) => next();
    app.use("/api/*", tollkeeper.protect(pass));
    app.get("/api/pages", (c) => c.text("made", 201));
    const url = await serve(app);
    const answer = await fetch(`${url}/api/pages`, withKey);
    expect([answer.status, await answer.text()]).toEqual([201, "made"]);
    expect(answer.headers.get("ratelimit-policy")).toBe('"second";q=10;w=1');
    refuse();
    await expectRefusal(await fetch(`${url}/api/pages`, withKey));
    expect(await reported(1)).toMatchObject([
      { endpoint: "/api/pages", status_code: 201 },
    ]);
  });
});

describe("a route of Next", () => {
  const request = new Request("http://host.test/pages/7", withKey);
  type Props = { params: Promise<{ id: string }> };

  test("gets its parameters, and its limits on the answer", async () => {
    const GET = tollkeeper.protect(
      async (_request: Request, { params }: Props) =>
        Response.json(await params),
      { endpoint: "/pages/{id}", feature: "pages" },
    );
    const params = Promise.resolve({ id: "7" });
    const answer = await GET(request, { params });
    expect(await answer.json()).toEqual({ id: "7" });
    expect(api.checks).toMatchObject([{ feature: "pages", cost: 1 }]);
    refuse();
    await expectRefusal(await GET(request, { params }));
    expect(await reported(1)).toMatchObject([{ endpoint: "/pages/{id}" }]);
  });

  test.each([
    ["read to its end", 200],
    ["left early", 499],
  ])("that streams events, %s, is reported then: %i", async (how, status) => {
    const GET = tollkeeper.protect(async (_request: Request) => {
      const body = new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode("data: 1\n\n"));
          if (how !== "left early") controller.close();
        },
      });
      return new Response(body, {
        headers: { "content-type": "text/event-stream" },
      });
    });
    const answer = await GET(request);
    expect(await reported(0)).toEqual([]);
    const reader = answer.body?.getReader();
    await reader?.read();
    if (status === 499) await reader?.cancel();
    else await reader?.read();
    expect(await reported(1)).toMatchObject([{ status_code: status }]);
  });
});
