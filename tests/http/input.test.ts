import { GET } from "@/app/api/v1/customers/route";
import fc from "fast-check";
import { endpoints } from "@/http/registry";
import { callRoute, type Sent } from "../support/app";
import { fieldsOf } from "../support/contract-fields";
import { useDatabase } from "../support/database";
import { headersFor } from "../support/principals";
import { world, type World } from "../support/world";

useDatabase();

// `FUZZ_RUNS=1400` is about a hundred thousand cases; they take some minutes.
const runs = Number(process.env["FUZZ_RUNS"] ?? 40);
// The same inputs in each run, so that a failure is one of the change at hand.
const seed = Number(process.env["FUZZ_SEED"] ?? 1);

let w: World;
/** How many answers had each status. */
const answered = new Map<number, number>();
const startedAt = performance.now();

beforeAll(async () => {
  w = await world();
});

afterAll(() => {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const cases = [...answered.values()].reduce((sum, count) => sum + count, 0);
  const statuses = [...answered]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count} × ${status}`);
  process.stderr.write(
    `fuzz: ${cases} cases in ${seconds} s: ${statuses.join(", ")}\n`,
  );
});

// Values that break programs: operators, deep and huge ones, NUL, lone surrogates, prototypes.
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    "\u0000",
    "\ud800",
    "%",
    "__proto__",
    "'; DROP TABLE customers; --",
    -1,
    0,
    2 ** 53,
    Number.MAX_VALUE,
    1e-300,
    true,
    [],
    {},
    { $gt: "" },
    { constructor: { prototype: {} } },
    "9".repeat(400),
    "٣",
    "2026-13-45T99:99:99Z",
    "+275760-09-13T00:00:00.001Z",
    "0000-01-01T00:00:00Z",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);

describe.each(endpoints.map((e) => [e.id, e] as const))(
  "%s",
  (id, endpoint) => {
    const shape = fieldsOf(endpoint.body);
    const queries = fieldsOf(endpoint.query);
    const fields = fc.dictionary(fc.constantFrom(...shape, "surprise"), nasty, {
      maxKeys: 5,
    });
    const search = fc.dictionary(
      fc.constantFrom(...queries, "surprise"),
      nasty.map((value) =>
        typeof value === "string" ? value : (JSON.stringify(value) ?? ""),
      ),
      { maxKeys: 3 },
    );

    test(
      "answers any input below 500, with an error that has words",
      async () => {
        const params = endpoint.params ? await w.params(endpoint) : {};
        const valid = (await w.body(endpoint)) as object | undefined;
        const headers = await headersFor(w, endpoint);
        await fc.assert(
          fc.asyncProperty(
            fields,
            search,
            fc.boolean(),
            async (broken, query, keepsRest) => {
              const body = keepsRest ? { ...valid, ...broken } : broken;
              const sent: Sent = {
                params,
                query,
                headers,
                ...(endpoint.body && { body }),
              };
              const { status, body: answer } = await callRoute(id, sent);
              answered.set(status, (answered.get(status) ?? 0) + 1);
              expect({ status, answer, sent }).toEqual({
                status: expect.any(Number),
                answer,
                sent,
              });
              expect([id, status < 500]).toEqual([id, true]);
              if (status >= 400) expect(typeof answer.error).toBe("string");
            },
          ),
          { numRuns: runs, seed },
        );
      },
      120_000 + runs * 200,
    );
  },
);

// What PostgreSQL cannot keep, and so must not reach it, in each place where a text may stand.
test.each(endpoints.map((e) => [e.id, e] as const))(
  "%s answers NUL and half a character in any field below 500",
  async (id, endpoint) => {
    const headers = await headersFor(w, endpoint);
    const params = endpoint.params ? await w.params(endpoint) : {};
    const valid = (await w.body(endpoint)) as object | undefined;
    const wrong: unknown[] = [];
    const send = async (field: string, sent: Sent) => {
      const { status } = await callRoute(id, { params, headers, ...sent });
      if (status >= 500) wrong.push([field, status]);
    };
    const body = valid && { body: valid };
    for (const text of ["\u0000", "a\u0000b", "\ud800"]) {
      for (const field of fieldsOf(endpoint.query))
        await send(field, { ...body, query: { [field]: text } });
      for (const field of fieldsOf(endpoint.body))
        await send(field, { body: { ...valid, [field]: text } });
    }
    expect(wrong).toEqual([]);
  },
);

describe("bodies", () => {
  const headers = () => ({ authorization: `Bearer ${w.everything}` });
  const create = (body: string, more: Record<string, string> = {}) =>
    callRoute("customers.create", { headers: { ...headers(), ...more }, body });

  test("over the limit are 413, whatever Content-Length claims", async () => {
    const big = JSON.stringify({ email: "x".repeat(1_000_001) });
    for (const length of [String(big.length), "10", "-1", "nonsense"]) {
      const answer = await create(big, { "content-length": length });
      expect([length, answer.status]).toEqual([length, 413]);
      expect(answer.body.details).toEqual({ limit_bytes: 1_000_000 });
    }
  });

  test("that are no JSON, not UTF-8, or of another type are refused with words", async () => {
    expect((await create("{")).body.code).toBe("INVALID_JSON");
    expect((await create("{}", { "content-type": "text/plain" })).status).toBe(
      415,
    );
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    const answer = await callRoute("customers.create", {
      headers: headers(),
      body: bytes,
    });
    expect(answer.body.code).toBe("INVALID_JSON");
    expect((await create("")).status).toBe(400);
    expect((await create("[".repeat(400_000))).status).toBe(400);
    const deep = `{"metadata":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}`;
    expect((await create(deep)).status).toBe(400);
  });

  test("a query parameter given twice is refused by name", async () => {
    const twice =
      "http://localhost:3000/api/v1/customers?status=active&status=x";
    const request = new Request(twice, { headers: headers() });
    const response = await GET(request, { params: Promise.resolve({}) });
    const answer = { status: response.status, body: await response.json() };
    expect(answer.status).toBe(400);
    expect(answer.body.details.fields[0].field).toBe("query.status");
  });
});
