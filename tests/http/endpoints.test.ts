import { endpoints } from "@/http/registry";
import { openapi } from "@/http/openapi";
import type { Endpoint } from "@/shared/endpoint";
import { permissions } from "@/shared/permissions";
import { callRoute, routeFiles, type Answer, type Sent } from "../support/app";
import { useDatabase } from "../support/database";
import { headersFor } from "../support/principals";
import { world, type World } from "../support/world";

useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
});

const closed = endpoints.filter(({ audience }) => !audience.includes("public"));
const byService = closed.filter(({ audience }) => audience.includes("service"));
const withInput = endpoints.filter(({ body, query }) => body ?? query);
const mutations = byService.filter(({ method }) => method !== "GET");

describe("the registry", () => {
  test("names each endpoint, and each method of a path, once", () => {
    const ids = endpoints.map(({ id }) => id);
    const places = endpoints.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(places).size).toBe(places.length);
  });

  test("holds every route file, and every endpoint has one", () => {
    const files = routeFiles().map((parts) => `/v1/${parts.join("/")}`);
    const paths = endpoints.map(({ path }) =>
      path.replace(/\{(\w+)\}/g, "[$1]"),
    );
    expect(new Set(files)).toEqual(new Set(paths));
  });

  test("is in OpenAPI 3.1, each endpoint once", () => {
    const document = openapi();
    expect(document.openapi).toBe("3.1.0");
    const operations = Object.values(document.paths ?? {}).flatMap((path) =>
      Object.values(path).map(
        (operation: { operationId: string }) => operation.operationId,
      ),
    );
    expect(operations.sort()).toEqual(endpoints.map(({ id }) => id).sort());
  });
});

describe.each(closed.map((e) => [e.id, e] as const))("%s", (_, endpoint) => {
  test("answers nobody with 401 and words", async () => {
    const answer = await send(endpoint, {});
    expect(answer.status).toBe(401);
    expectError(answer, "UNAUTHENTICATED");
  });

  test("answers a token that is not one with 401", async () => {
    const answer = await send(endpoint, {
      authorization: "Bearer tk_nonsense",
    });
    expect(answer.status).toBe(401);
  });
});

describe.each(byService.map((e) => [e.id, e] as const))("%s", (_, endpoint) => {
  test("answers a caller without its permission with 403 that names it", async () => {
    const others = permissions.filter((name) => name !== endpoint.permission);
    const token = await w.token(others);
    const answer = await send(endpoint, bearer(token));
    expect(answer.status).toBe(403);
    expectError(answer, "FORBIDDEN");
    expect(answer.body.details).toEqual({ permission: endpoint.permission });
  });

  if (endpoint.params)
    test("answers an id that nobody has, and one that is none, with 404", async () => {
      const ids = ["nonsense", "%00", "../x"].map((id) => fill(endpoint, id));
      for (const params of [w.absent(endpoint), ...ids]) {
        const answer = await send(endpoint, bearer(w.everything), {
          params,
          ...valid(endpoint),
        });
        expect([params, answer.status]).toEqual([params, 404]);
      }
    });
});

const owned = closed.filter(
  ({ audience, params }) => audience.includes("customer") && params,
);
describe.each(owned.map((e) => [e.id, e] as const))("%s", (_, endpoint) => {
  test("answers another customer's id as one that nobody has, and changes nothing", async () => {
    const headers = { cookie: await w.customerCookie(), origin: w.origin };
    const sent = { body: await w.body(endpoint) };
    const params = await w.params(endpoint);
    const before = await w.auditCount();
    const theirs = await send(endpoint, headers, { ...sent, params });
    const made = (await w.auditCount()) - before;
    const nobodys = await send(endpoint, headers, sent);
    expect(theirs.status).toBe(404);
    expect({ ...theirs.body, request_id: "" }).toEqual({
      ...nobodys.body,
      request_id: "",
    });
    expect(made).toBe(0);
  });
});

describe.each(withInput.map((e) => [e.id, e] as const))("%s", (_, endpoint) => {
  test("refuses unknown fields by name, and junk, with 400", async () => {
    const headers = await headersFor(w, endpoint);
    const params = { params: await w.params(endpoint) };
    if (endpoint.query) {
      const answer = await send(endpoint, headers, {
        ...params,
        ...valid(endpoint),
        query: { surprise: "1" },
      });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain("query.surprise");
    }
    for (const body of endpoint.body ? junk : []) {
      const answer = await send(endpoint, headers, { ...params, body });
      expect([body, answer.status]).toEqual([body, 400]);
      expect(answer.body.request_id).toMatch(/^req_/);
    }
  });
});

describe.each(mutations.map((e) => [e.id, e] as const))(
  "%s",
  (id, endpoint) => {
    // Decisions and events are the product's traffic, and previews questions: nobody changed anything.
    const isTraffic =
      endpoint.limit === "hot" || endpoint.path.endsWith("/preview");
    test(
      isTraffic ? "writes no audit row" : "leaves an audit row",
      async () => {
        const params = await w.params(endpoint);
        const body = await w.body(endpoint);
        const before = await w.auditCount();
        const answer = await send(endpoint, bearer(w.everything), {
          params,
          body,
        });
        expect([id, answer.status, answer.body]).toEqual([
          id,
          endpoint.status,
          expect.anything(),
        ]);
        const rows = (await w.auditCount()) - before;
        if (isTraffic) expect(rows).toBe(0);
        else expect(rows).toBeGreaterThan(0);
      },
    );
  },
);

const junk: unknown[] = [
  "{",
  '"text"',
  "[]",
  "null1",
  { surprise: 1 },
  { constructor: 1 },
  "[".repeat(50_000),
];

function send(
  endpoint: Endpoint,
  headers: Record<string, string>,
  sent: Omit<Sent, "headers"> = {},
): Promise<Answer> {
  const params = endpoint.params ? { params: w.absent(endpoint) } : {};
  return callRoute(endpoint.id, { ...params, ...sent, headers });
}

function valid(endpoint: Endpoint): { body?: unknown } {
  return endpoint.body ? { body: endpoint.example } : {};
}

function fill(endpoint: Endpoint, id: string): Record<string, string> {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)];
  return Object.fromEntries(names.map(([, name = ""]) => [name, id]));
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function expectError(answer: Answer, code: string): void {
  expect(answer.body.code).toBe(code);
  expect(typeof answer.body.error).toBe("string");
  expect(answer.body.request_id).toBe(answer.headers.get("x-request-id"));
}
