import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  createTollkeeper,
  TollkeeperError,
  type TollkeeperOptions,
} from "../../sdk/src/index";
import {
  decision,
  problem,
  standInToken,
  startApiStandIn,
  type ApiStandIn,
} from "../support/api-stand-in";

let api: ApiStandIn;
let errors: TollkeeperError[];
const opened: { close(withinMs?: number): Promise<number> }[] = [];

beforeEach(async () => {
  api = await startApiStandIn();
  errors = [];
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close(0)));
  await api.stop();
});

function open(options: Partial<TollkeeperOptions> = {}) {
  const tollkeeper = createTollkeeper({
    url: api.url,
    token: standInToken,
    flushMs: 20,
    onError: (error) => errors.push(error),
    ...options,
  });
  opened.push(tollkeeper);
  return tollkeeper;
}

const codes = () => errors.map(({ code }) => code);

async function until(condition: () => boolean) {
  for (let turn = 0; turn < 500 && !condition(); turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

describe("check", () => {
  test("asks with what it was given, and gives the API's answer as it is", async () => {
    const answer = await open().check({ key: "sk_1", resource: "/a" });
    expect(answer).toEqual(decision());
    expect(api.checks).toEqual([{ key: "sk_1", cost: 1, resource: "/a" }]);
  });

  test("a refusal is an answer", async () => {
    const refusal = decision({ code: "RATE_LIMITED", retry_after: 0.4 });
    api.nextChecks.push({ body: refusal });
    const customer_id = "cus_01jd0000000000000000000000";
    expect(await open().check({ customer_id, cost: 3 })).toEqual(refusal);
    expect(api.checks).toEqual([{ customer_id, cost: 3 }]);
  });

  test.each([
    ["a 503", problem(503, "UNAVAILABLE")],
    ["a 500 that is no JSON", { status: 500, body: "<h1>Oops</h1>" }],
    ["a proxy's page with status 200", { body: "<h1>Sign in</h1>" }],
    ["another program's JSON", { body: { ok: true } }],
    ["a redirect", { status: 302, headers: { location: "/x" }, body: "" }],
    ["no answer in time", "never" as const],
  ])(
    "%s is no decision: allowed, denied, or thrown when asked",
    async (_, reply) => {
      api.nextChecks.push(reply, reply, reply);
      const timeoutMs = 500;
      const allowed = await open({ timeoutMs }).check({ key: "sk_1" });
      expect(allowed).toMatchObject({ valid: true, code: "UNAVAILABLE" });
      const denied = await open({ timeoutMs, onUnavailable: "deny" }).check({
        key: "sk_1",
      });
      expect(denied).toMatchObject({ valid: false, code: "UNAVAILABLE" });
      expect(errors).toHaveLength(2);
      await expect(
        open({ timeoutMs, onError: "throw" }).check({ key: "sk_1" }),
      ).rejects.toThrow(TollkeeperError);
      expect(api.checks).toHaveLength(3);
    },
  );

  test("it answers in time also while garbage is collected", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void; // Safe: what the flag brings.
    api.nextChecks.push("never");
    const collecting = setInterval(collect, 20);
    const answer = await open({ timeoutMs: 400 }).check({ key: "sk_1" });
    clearInterval(collecting);
    expect(answer.code).toBe("UNAVAILABLE");
    expect(codes()).toEqual(["TIMEOUT"]);
  });

  test("a server that is not there is no decision either", async () => {
    await api.stop();
    const answer = await open().check({ key: "sk_1" });
    expect(answer).toMatchObject({ valid: true, code: "UNAVAILABLE" });
    expect(codes()).toEqual(["NETWORK"]);
    api = await startApiStandIn();
  });

  test("a connection that the server had closed is replaced once", async () => {
    api.nextChecks.push(null);
    const answer = await open().check({ key: "sk_1" });
    expect(answer.code).toBe("VALID");
    expect(errors).toEqual([]);
  });

  test("a key that the API would call malformed does not exist, whatever is allowed", async () => {
    const tollkeeper = open();
    for (const key of ["", "k".repeat(201)])
      expect(await tollkeeper.check({ key })).toMatchObject({
        valid: false,
        code: "NOT_FOUND",
      });
    expect(api.checks).toEqual([]);
  });

  test("a wrong token opens no door, also where unavailability allows, and is not told", async () => {
    const token = "tk_wrong_secret";
    const denied = await open({ token }).check({ key: "sk_1" });
    expect(denied).toMatchObject({ valid: false, code: "UNAVAILABLE" });
    const failure = await open({ token, onError: "throw" })
      .check({ key: "sk_1" })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
    expect(codes()).toEqual(["UNAUTHENTICATED"]);
    const told = inspect([failure, denied, errors], { depth: 9 });
    expect(told).not.toContain(token);
  });

  test.each([
    { url: undefined },
    { url: "tollkeeper.example.com" },
    { url: "ftp://tollkeeper.example.com" },
    { url: "https://ada:secret@tollkeeper.example.com" },
    { token: undefined },
    { token: "tk_secret\r\nx: y" },
    { timeoutMs: 0 },
  ])("options that cannot be right are refused at once: %j", (options) => {
    expect(() => open(options)).toThrow(TypeError);
    expect(() => open(options)).not.toThrow(/secret/);
  });
});

describe("track", () => {
  test("events leave together after a moment, each with an id of its own", async () => {
    const tollkeeper = open();
    tollkeeper.track({ key: "sk_1", status_code: 200 });
    tollkeeper.track([{ key: "sk_1" }, { key: "sk_2", id: "mine" }]);
    expect(api.batches).toEqual([]);
    await until(() => api.batches.length === 1);
    const [batch = []] = api.batches;
    expect(batch.map(({ key }) => key)).toEqual(["sk_1", "sk_1", "sk_2"]);
    expect(new Set(batch.map(({ id }) => id)).size).toBe(3);
    expect(batch[2]?.id).toBe("mine");
    expect(batch.every(({ occurred_at }) => occurred_at)).toBe(true);
  });

  test("a full batch leaves at once, in the order of tracking", async () => {
    const tollkeeper = open({ flushMs: 60_000, batchSize: 10 });
    const ids = Array.from({ length: 25 }, (_, at) => `event-${at}`);
    for (const id of ids) tollkeeper.track({ key: "sk_1", id });
    await until(() => api.batches.flat().length === 25);
    expect(api.batches.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(api.batches.flat().map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ["was refused with 503", problem(503, "UNAVAILABLE")],
    ["was never answered", "never" as const],
    ["was cut off", { status: 502, body: "<h1>Bad gateway</h1>" }],
    ["came with a token that lost its scope", problem(403, "FORBIDDEN")],
  ])("a batch that %s is sent again with the same ids", async (_, reply) => {
    api.nextBatches.push(reply, reply);
    const tollkeeper = open({ timeoutMs: 500 });
    tollkeeper.track([{ key: "sk_1" }, { key: "sk_2" }]);
    await until(() => api.batches.length >= 3);
    expect(await tollkeeper.flush()).toBe(0);
    const [first, ...again] = api.batches;
    expect(first).toHaveLength(2);
    for (const batch of again) expect(batch).toEqual(first);
    expect(errors).toHaveLength(again.length);
  });

  test("what the host does to its object afterwards is not reported", async () => {
    const tollkeeper = open();
    const event = { key: "sk_1", endpoint: "/a" };
    tollkeeper.track(event);
    event.endpoint = "/b";
    expect(await tollkeeper.flush()).toBe(0);
    expect(api.batches.flat()).toMatchObject([{ endpoint: "/a" }]);
  });

  test("it never throws, and says what cannot be sent", async () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    const tollkeeper = open({
      onError: (error) => {
        errors.push(error);
        throw new Error("a broken onError");
      },
    });
    for (const event of [{ key: "a", properties: loop }, null, { key: "b" }])
      expect(() => tollkeeper.track(event as { key: string })).not.toThrow();
    expect(await tollkeeper.flush()).toBe(0);
    expect(codes()).toEqual(["EVENTS_REJECTED", "EVENTS_REJECTED"]);
    expect(api.batches.flat()).toMatchObject([{ key: "b" }]);
  });

  test("events that the API rejects are named, and the rest is booked", async () => {
    const tollkeeper = open();
    tollkeeper.track([{ key: "sk_1" }, { key: "sk_1", status_code: 9 }]);
    expect(await tollkeeper.flush()).toBe(0);
    expect(codes()).toEqual(["EVENTS_REJECTED"]);
    expect(errors[0]?.details).toMatchObject([{ status: "rejected" }]);
  });

  test("a batch that is too large is halved until it fits", async () => {
    const tooLarge = problem(413, "PAYLOAD_TOO_LARGE");
    api.nextBatches.push(tooLarge, tooLarge);
    const tollkeeper = open();
    tollkeeper.track(Array.from({ length: 8 }, () => ({ key: "sk_1" })));
    expect(await tollkeeper.flush()).toBe(0);
    const sizes = api.batches.map(({ length }) => length);
    expect(sizes).toEqual([8, 4, 2, 2, 2, 2]);
  });

  test("the queue is bounded: during an outage the newest are dropped, and that is told", async () => {
    api.nextBatches.push(problem(503, "UNAVAILABLE"));
    const tollkeeper = open({ queueLimit: 3, flushMs: 60_000 });
    for (const id of ["1", "2", "3", "4", "5"])
      tollkeeper.track({ key: "sk_1", id });
    expect(codes()).toEqual(["QUEUE_FULL"]);
    expect(await tollkeeper.flush()).toBe(3);
    expect(await tollkeeper.flush()).toBe(0);
    expect(api.batches[1]?.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });

  test("close sends the rest through a short outage", async () => {
    api.nextBatches.push(problem(503, "UNAVAILABLE"), null);
    const tollkeeper = open({ flushMs: 10 });
    tollkeeper.track({ key: "sk_1", id: "last" });
    expect(await tollkeeper.close()).toBe(0);
    expect(api.batches.at(-1)).toMatchObject([{ id: "last" }]);
    tollkeeper.track({ key: "sk_1" });
    expect(codes()).toContain("EVENTS_LOST");
  });

  test("close gives up in time, and says how many were lost", async () => {
    api.nextBatches.push("never", "never", "never");
    const tollkeeper = open();
    tollkeeper.track([{ key: "sk_1" }, { key: "sk_1" }]);
    const startedAt = Date.now();
    expect(await tollkeeper.close(300)).toBe(2);
    expect(Date.now() - startedAt).toBeLessThan(3000);
    expect(codes()).toContain("EVENTS_LOST");
  });
});

test("switched off, it lets all through and uses no network", async () => {
  const tollkeeper = open({ enabled: false, token: undefined });
  expect(await tollkeeper.check({ key: "anything" })).toMatchObject({
    valid: true,
  });
  tollkeeper.track({ key: "sk_1" });
  expect(await tollkeeper.flush()).toBe(0);
  expect(await tollkeeper.close()).toBe(0);
  const handler = async () => "ran";
  expect(tollkeeper.protect(handler, { subject: () => undefined })).toBe(
    handler,
  );
  expect([...api.checks, ...api.batches]).toEqual([]);
});
