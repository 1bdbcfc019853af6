import { createServer, type Server } from "node:http";
import { frontListener } from "@/http/front";
import { endpoints } from "@/http/registry";
import { rewrites } from "@/http/rewrites.mjs";
import fc from "fast-check";
import { addressBehind, isClaim } from "@/http/front-headers";
import { env, parseEnv } from "@/platform/env";
import { useDatabase } from "../support/database";
import { onLoopback } from "../support/loopback";
import { world, type World } from "../support/world";

useDatabase();

/** What Next would see of a request, for a front listener before an app that only tells. */
type Seen = { path: string; headers: Record<string, string>; body: string };

let w: World;
let url: string;
let close: () => Promise<void>;
let seen: Seen[] = [];
beforeAll(async () => {
  w = await world();
  ({ url, close } = await listen());
});
afterAll(() => close());
beforeEach(() => {
  seen = [];
});

async function listen() {
  const front = frontListener(async (request, response) => {
    let body = "";
    try {
      for await (const chunk of request) body += String(chunk);
    } catch {
      return; // cut off
    }
    seen.push({
      path: request.url ?? "",
      // Safe: none of these tests sends a header of several lines.
      headers: request.headers as Record<string, string>,
      body,
    });
    response.writeHead(200, { "content-type": "text/html" }).end("a page");
  });
  const server: Server = createServer((request, response) => {
    void front(request, response);
  });
  return onLoopback(server);
}

const check = (headers: Record<string, string> = {}) =>
  fetch(`${url}/api/v1/check`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${w.everything}`,
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify({ customer_id: "cus_01jd0000000000000000000000" }),
  });

describe("every answer", () => {
  test.each([
    ["a page", () => fetch(`${url}/customers`)],
    ["a hot endpoint", () => check()],
    ["a refusal", () => fetch(`${url}/api/v1/nothing`)],
    ["a wrong method", () => fetch(url, { method: "DELETE" })],
  ])("of %s carries the security headers and an id", async (_, send) => {
    const { headers } = await send();
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "x-request-id": expect.stringMatching(/^req_/),
    });
    expect(headers.has("strict-transport-security")).toBe(false);
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });

  test("that is data lets nothing run, should a browser show it", async () => {
    for (const answer of [await check(), await fetch(`${url}/api/v1/nothing`)])
      expect(answer.headers.get("content-security-policy")).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
  });

  test("asks for https from then on, where the app is reached by https", async () => {
    const { APP_URL } = env();
    Object.assign(env(), { APP_URL: "https://tolls.example.com" });
    const secure = await listen();
    Object.assign(env(), { APP_URL });
    const { headers } = await fetch(secure.url);
    await secure.close();
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  });
});

describe("what a caller claims of itself", () => {
  const forged = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "for=203.0.113.9",
    "x-real-ip": "203.0.113.9",
    "x-request-id": "req_forged",
    "x-nonce": "forged",
    "x-tollkeeper-client-ip": "203.0.113.9",
    "x-middleware-subrequest": "proxy:proxy:proxy",
    "content-security-policy": "script-src 'nonce-forged'",
  };

  test("reaches no page: address, host, id, nonce and policy are ours", async () => {
    const answer = await fetch(url, { headers: forged });
    const [{ headers } = { headers: {} as Record<string, string> }] = seen;
    expect(headers["x-tollkeeper-client-ip"]).toBe("127.0.0.1");
    expect(headers["x-request-id"]).toBe(answer.headers.get("x-request-id"));
    expect(headers["x-request-id"]).not.toBe("req_forged");
    expect(JSON.stringify(headers)).not.toMatch(/203\.0|evil|forged|proxy:/);
  });

  test("reaches no hot endpoint", async () => {
    const answer = await check(forged);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-request-id")).not.toBe("req_forged");
  });

  test("is known by its name in any case, and no other header is taken for it", () => {
    const anyCase = (name: string) => fc.mixedCase(fc.constant(name));
    const name = fc.oneof(
      fc.constantFrom(...Object.keys(forged)).chain(anyCase),
      fc
        .tuple(fc.constantFrom(...Object.keys(forged)), fc.string())
        .chain(([start, end]) => anyCase(start + end)),
      fc
        .constantFrom("cookie", "content-length", "x-custom", "from", "")
        .chain(anyCase),
      fc.string(),
    );
    fc.assert(
      fc.property(name, (given) => {
        expect([given, isClaim(given)]).toEqual([given, slowClaim.test(given)]);
      }),
    );
  });

  test("counts behind a trusted proxy, as far as that proxy saw it", () => {
    expect(addressBehind(1, "10.0.0.1", "forged, 203.0.113.9")).toBe(
      "203.0.113.9",
    );
    expect(addressBehind(0, "10.0.0.1", "forged")).toBe("10.0.0.1");
    expect(addressBehind(2, "10.0.0.1", "one")).toBe("10.0.0.1");
  });
});

const slowClaim =
  /^(x-forwarded-.*|forwarded|x-real-ip|x-request-id|x-nonce|x-middleware-.*|x-tollkeeper-.*|content-security-policy.*)$/is;

test("each older path passes every method on that its endpoint has now, and no other", async () => {
  const refused: string[] = [];
  const calls = olderCalls();
  for (const call of calls) {
    const [method = "", path = ""] = call.split(" ");
    const { status } = await fetch(url + path, { method });
    if (status !== 200) refused.push(`${call}: ${status}`);
  }
  expect(refused).toEqual([]);
  expect(calls).toEqual(expect.arrayContaining(someOfThem));
  const wrong = await fetch(`${url}/api/auth/profile`, { method: "DELETE" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([
    ...[405, "GET, PUT, HEAD, OPTIONS"],
  ]);
  const browsers = await fetch(`${url}/api/auth/session`);
  expect(browsers.status).toBe(200);
});

const someOfThem = [
  ...["PUT /api/auth/profile", "DELETE /api/tenants/x/modules/x"],
  ...["PUT /api/billing/subscriptions/x/cancel", "POST /api/support/x/close"],
  ...["GET /api/health", "DELETE /api/customers/x", "GET /api/customers/stats"],
];

/** Every endpoint that an older path leads to, by that path: "PUT /api/support/x". */
function olderCalls(): string[] {
  return endpoints.flatMap(({ method, path }) => {
    const now = `/api${path}`.replace(/\{\w+\}/g, "x");
    return rewrites.flatMap(({ source, destination }) => {
      const pattern = destination
        .replace(/\/:\w+\*/, "(?:/(.*))?")
        .replace(/:\w+/g, "x");
      const found = new RegExp(`^${pattern}$`).exec(now);
      if (!found) return [];
      const rest = found[1] ? `/${found[1]}` : "";
      const older = source.replace(/\/:\w+\*/, rest).replace(/:\w+/g, "x");
      return [`${method} ${older}`];
    });
  });
}

describe("CORS", () => {
  const origin = "https://app.example.com";
  const preflight = (from: string, path = "/api/v1/customers") =>
    fetch(url + path, {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": "POST" },
    });
  afterEach(() => {
    Object.assign(env(), { CORS_ORIGINS: [] });
  });

  test("is closed until it is set", async () => {
    for (const answer of [await preflight(origin), await check({ origin })])
      expect(
        [...answer.headers.keys()].filter((name) => name.startsWith("access-")),
      ).toEqual([]);
  });

  test("lets the pages of the listed origins call with a token, and shows them the headers", async () => {
    Object.assign(env(), { CORS_ORIGINS: [origin] });
    const asked = await preflight(origin);
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
    expect(asked.headers.get("access-control-allow-methods")).toContain("POST");
    expect(asked.headers.get("access-control-allow-headers")).toMatch(
      /Authorization.*Idempotency-Key.*If-Match/,
    );
    const called = await check({ origin });
    expect(called.headers.get("access-control-allow-origin")).toBe(origin);
    expect(called.headers.get("access-control-expose-headers")).toContain(
      "ETag",
    );
    expect(called.headers.get("vary")).toContain("Origin");
    for (const answer of [asked, called])
      expect(answer.headers.has("access-control-allow-credentials")).toBe(
        false,
      );
  });

  test("stays closed to others, and beside the API", async () => {
    Object.assign(env(), { CORS_ORIGINS: [origin] });
    const others = [
      await preflight("https://app.example.com.evil.example"),
      await preflight("null"),
      await check({ origin: "http://app.example.com" }),
      await preflight(origin, "/api/auth/session"),
      await fetch(url, { headers: { origin } }),
    ];
    for (const { headers } of others)
      expect(headers.has("access-control-allow-origin")).toBe(false);
  });

  test("takes exact origins only: anything else stops the boot, by name", () => {
    const setting = (CORS_ORIGINS: string) =>
      parseEnv({ ...process.env, CORS_ORIGINS }).CORS_ORIGINS;
    expect(setting(" https://a.example , http://localhost:5173")).toEqual([
      "https://a.example",
      "http://localhost:5173",
    ]);
    for (const wrong of ["*", "null", "https://a.example/", "a.example"])
      expect(() => setting(wrong)).toThrow(/CORS_ORIGINS.*exact origins/);
  });
});

describe("a body that no contract limits", () => {
  const sign = (body: BodyInit, more: object = {}) =>
    fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      body,
      ...more,
    });

  test("is passed on whole, up to 64 kB", async () => {
    for (const size of [0, 10, 64_000]) {
      expect((await sign("x".repeat(size))).status).toBe(200);
      expect(seen.at(-1)?.body.length).toBe(size);
    }
  });

  test("is a 413 beyond, by its length or while it streams, and the server goes on", async () => {
    const streamed = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(16_000));
      },
    });
    const answers = [
      await sign("x".repeat(64_001)),
      await sign(streamed, { duplex: "half" }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(413);
      expect((await answer.json()).code).toBe("PAYLOAD_TOO_LARGE");
      expect(answer.headers.get("connection")).toBe("close");
    }
    expect(seen).toEqual([]);
    expect((await sign("small")).status).toBe(200);
  });
});
