import {
  createTollkeeper,
  TollkeeperError,
  type Rejection,
  type TollkeeperOptions,
} from "../../sdk/src/index";
import {
  problem,
  reservationId,
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
const unavailable = problem(503, "UNAVAILABLE");

describe("a reservation", () => {
  const asked = { key: "sk_1", meter: "tokens", amount: 80 };

  test("is asked for with what it should hold", async () => {
    const held = await open().reserve({ ...asked, spend: "0.01", ttl: 60 });
    expect(held).toMatchObject({ valid: true, reservation: { amount: 80 } });
    await open().reserve(asked);
    const check = { key: "sk_1", meter: "tokens", cost: 1 };
    expect(api.checks).toEqual([
      { ...check, reserve: { amount: 80, spend: "0.01", ttl: 60 } },
      { ...check, reserve: { amount: 80, ttl: 300 } },
    ]);
  });

  test("is settled or released by its id or itself, and told how it ended", async () => {
    const tollkeeper = open();
    const { reservation } = await tollkeeper.reserve(asked);
    const settled = await tollkeeper.settle(reservation, { amount: 12 });
    expect(settled).toMatchObject({ status: "settled", settled_amount: 12 });
    const released = await tollkeeper.release(reservationId);
    expect(released).toMatchObject({ status: "released" });
    expect(api.closings).toEqual([
      [reservationId, { amount: 12 }],
      [reservationId, null],
    ]);
  });

  test("is closed through a short outage", async () => {
    api.nextClosings.push(unavailable, null);
    const settled = await open().settle(reservationId, { amount: 1 });
    expect(settled).toMatchObject({ status: "settled" });
    expect(errors).toEqual([]);
  });

  test("that cannot be closed is told, and thrown only when asked", async () => {
    api.nextClosings.push(...Array.from({ length: 3 }, () => unavailable));
    expect(await open().settle(reservationId, { amount: 1 })).toBeNull();
    expect(api.closings).toHaveLength(3);
    api.nextClosings.push(problem(409, "CONFLICT"), problem(409, "CONFLICT"));
    expect(await open().release(reservationId)).toBeNull();
    expect(codes()).toEqual(["UNAVAILABLE", "CONFLICT"]);
    const throwing = open({ onError: "throw" });
    await expect(throwing.release(reservationId)).rejects.toThrow(
      TollkeeperError,
    );
  });

  test("that was not made, as Tollkeeper was away, is closed without asking", async () => {
    api.nextChecks.push(unavailable);
    const tollkeeper = open();
    const { valid, reservation } = await tollkeeper.reserve(asked);
    expect([valid, reservation]).toEqual([true, null]);
    expect(await tollkeeper.settle(reservation, { amount: 9 })).toBeNull();
    expect(await tollkeeper.release(undefined)).toBeNull();
    expect(api.closings).toEqual([]);
  });
});

test("verify asks about a key without counting it", async () => {
  const answer = await open().verify({ key: "sk_1", feature: "pages" });
  expect(answer).toMatchObject({ valid: true, code: "VALID" });
  expect(api.verifies).toEqual([{ key: "sk_1", feature: "pages" }]);
  expect(api.checks).toEqual([]);
});

describe("a protected call with a meter", () => {
  const subject = () => ({ key: "sk_1" });
  const failure = new Error("broken");

  test.each([
    [{ meter: "pages", cost: 4 }, { meter: "pages", quantity: 4 }, undefined],
    [
      { meter: "tokens", cost: 4 },
      { meter: undefined, quantity: undefined },
      undefined,
    ],
    [
      { meter: "pages", reserve: { amount: 9 } },
      { meter: "pages", quantity: 9 },
      { amount: 9 },
    ],
    [
      { reserve: { amount: 0, spend: "0.5" } },
      { quantity: undefined },
      { amount: 0, spend: "0.5" },
    ],
  ])("%j reports %j and settles %j", async (options, reported, used) => {
    const tollkeeper = open();
    await tollkeeper.protect(async () => 1, { subject, ...options })();
    expect(await tollkeeper.flush()).toBe(0);
    const [event] = api.batches.flat();
    const { meter, quantity } = event ?? {};
    expect({ meter, quantity }).toEqual(reported);
    expect(api.closings).toEqual(used ? [[reservationId, used]] : []);
  });

  test("that fails gives all back, and counts as none of the meter", async () => {
    const tollkeeper = open();
    const fail = async (): Promise<string> => {
      throw failure;
    };
    const options = { subject, meter: "pages", reserve: { amount: 9 } };
    const failing = tollkeeper.protect(fail, options);
    await expect(failing()).rejects.toBe(failure);
    expect(await tollkeeper.flush()).toBe(0);
    expect(api.batches.flat()).toMatchObject([
      { quantity: 0, status_code: 500 },
    ]);
    expect(api.closings).toEqual([[reservationId, null]]);
  });

  test("settles the tokens that its handler adds", async () => {
    const tollkeeper = open();
    const job = { text: "x" };
    const run = async (given: { text: string }) =>
      tollkeeper.call(given)?.add({ tokens_input: 5, tokens_output: 2 });
    const options = { subject, meter: "tokens", reserve: { amount: 90 } };
    await tollkeeper.protect(run, options)(job);
    expect(await tollkeeper.flush()).toBe(0);
    expect(api.closings).toEqual([[reservationId, { amount: 7 }]]);
    expect(tollkeeper.call({})).toBeUndefined();
  });
});

describe("events that are not taken", () => {
  test("one by one are told to onRejected, with the event", async () => {
    const rejected: Rejection[] = [];
    const tollkeeper = open({ onRejected: (those) => rejected.push(...those) });
    tollkeeper.track([{ key: "a" }, { key: "b", status_code: 9, id: "bad" }]);
    expect(await tollkeeper.flush()).toBe(0);
    expect(rejected).toMatchObject([
      {
        event: { key: "b", id: "bad" },
        status: "rejected",
        code: "VALIDATION_FAILED",
      },
    ]);
    expect(errors).toEqual([]);
  });

  test("as a whole batch are told too, and not sent again", async () => {
    api.nextBatches.push(problem(400, "VALIDATION_FAILED"));
    const rejected: Rejection[] = [];
    const tollkeeper = open({ onRejected: (those) => rejected.push(...those) });
    tollkeeper.track([{ key: "a" }, { key: "b" }]);
    expect(await tollkeeper.flush()).toBe(0);
    expect(rejected.map(({ event }) => event.key)).toEqual(["a", "b"]);
    expect(api.batches).toHaveLength(1);
  });

  test("as the queue is full are told to onDropped, the newest ones", async () => {
    const dropped: unknown[] = [];
    const tollkeeper = open({
      queueLimit: 2,
      flushMs: 60_000,
      onDropped: async (events, reason) => {
        dropped.push([events.map(({ id }) => id), reason]);
        throw new Error("a broken callback");
      },
    });
    tollkeeper.track(["1", "2", "3", "4"].map((id) => ({ key: "a", id })));
    expect(dropped).toEqual([[["3", "4"], "queue_full"]]);
    expect(await tollkeeper.flush()).toBe(0);
    await tollkeeper.close();
    tollkeeper.track({ key: "a", id: "5" });
    expect(dropped[1]).toEqual([["5"], "closed"]);
  });

  test.each([
    ["seconds", () => "1"],
    ["a date", () => new Date(Date.now() + 2_000).toUTCString()],
  ])(
    "are not sent again before Retry-After, in %s, has passed",
    async (_, wait) => {
      const headers = { "retry-after": wait() };
      api.nextBatches.push({ status: 429, body: {}, headers });
      const tollkeeper = open({ flushMs: 1 });
      const startedAt = Date.now();
      tollkeeper.track({ key: "a" });
      while (api.batches.length < 2)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(Date.now() - startedAt).toBeGreaterThan(900);
    },
  );
});
