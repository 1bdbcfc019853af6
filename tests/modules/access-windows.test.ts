import { randomBytes, randomUUID } from "node:crypto";
import { useDatabase } from "../support/database";
import { accessFixture, unlimited } from "./access-fixture";

const db = useDatabase();
const access = accessFixture(db);
const noon = Date.UTC(2026, 4, 20, 12);

beforeAll(() => access.install());

const per = (
  window: "second" | "minute" | "hour" | "day" | "month",
  n: number,
) =>
  unlimited.map((_, i) =>
    ["second", "minute", "hour", "day", "month"][i] === window ? n : null,
  );

describe("a window", () => {
  test.each([
    ["second", 1_100],
    ["minute", 61_000],
    ["hour", 61 * 60_000],
    ["day", 61 * 24 * 60_000],
  ] as const)(
    "of a %s is full after its limit, and Retry-After waited makes the next call pass",
    async (window, lasts) => {
      const customer = await access.customer(per(window, 3));
      const ask = (at: number) => access.askOne(at, { customer });
      // At the very beginning of a sub-bucket, so that it leaves after all of N + 1 of them.
      expect([(await ask(noon)).code, (await ask(noon)).code]).toEqual([
        "VALID",
        "VALID",
      ]);
      expect(await ask(noon + 5)).toMatchObject({
        code: "VALID",
        tightest_window: window,
      });
      const refused = await ask(noon + 10);
      expect(refused).toMatchObject({
        code: "RATE_LIMITED",
        refusing_window: window,
        limit_source: "customer",
        retry_after_ms: lasts - 10,
      });
      expect((await ask(noon + lasts - 1)).code).toBe("RATE_LIMITED");
      expect((await ask(noon + lasts)).code).toBe("VALID");
    },
  );

  test("of a month is the calendar month in UTC", async () => {
    const customer = await access.customer(per("month", 2));
    const lastMoment = Date.UTC(2026, 5, 1) - 1;
    await access.askOne(Date.UTC(2026, 4, 1), { customer, cost: 2 });
    expect(await access.askOne(lastMoment, { customer })).toMatchObject({
      code: "RATE_LIMITED",
      refusing_window: "month",
      retry_after_ms: 1,
    });
    const june = await access.askOne(lastMoment + 1, { customer });
    expect(june).toMatchObject({ code: "VALID", used: [1, 1, 1, 1, 1] });
    expect(june.reset_ms).toBe(30 * 86_400_000);
  });

  test("of 0 admits nothing, and no waiting helps", async () => {
    const customer = await access.customer([5, 5, 0, 5, 5]);
    expect(await access.askOne(noon, { customer })).toMatchObject({
      code: "RATE_LIMITED",
      refusing_window: "hour",
      retry_after_ms: null,
    });
  });

  test("never takes a cost above its limit, and says so by no Retry-After", async () => {
    const customer = await access.customer([null, 10, null, null, null]);
    expect(await access.askOne(noon, { customer, cost: 11 })).toMatchObject({
      code: "RATE_LIMITED",
      refusing_window: "minute",
      retry_after_ms: null,
    });
    expect((await access.askOne(noon, { customer, cost: 10 })).code).toBe(
      "VALID",
    );
    // A cost that can never fit the key's is not kept waiting by the customer's.
    const key = await access.key(customer, per("day", 5));
    expect(await access.askOne(noon, { key: key.hash, cost: 6 })).toMatchObject(
      {
        refusing_window: "day",
        limit_source: "key",
        retry_after_ms: null,
      },
    );
  });

  test("without a limit still counts, and a limit set below that refuses until it drained", async () => {
    const customer = await access.customer(unlimited);
    const open = await access.askOne(noon, { customer, cost: 50 });
    expect(open).toMatchObject({
      code: "VALID",
      limits: unlimited,
      used: [50, 50, 50, 50, 50],
      tightest_window: null,
      reset_ms: null,
    });
    await access.setLimits("customer", customer, per("minute", 10));
    const refused = await access.askOne(noon + 1_500, { customer });
    expect(refused).toMatchObject({
      code: "RATE_LIMITED",
      retry_after_ms: 59_500,
    });
    expect((await access.askOne(noon + 61_000, { customer })).used?.[1]).toBe(
      1,
    );
  });

  test("counts past four thousand million without an overflow", async () => {
    const customer = await access.customer(unlimited);
    const asked = Array.from({ length: 250 }, () => ({
      customer,
      cost: 1_000_000,
    }));
    const steps = Array.from({ length: 18 }, () => ({ at: noon, asked }));
    const answers = (await access.ask(steps)).flat();
    expect(answers.every(({ code }) => code === "VALID")).toBe(true);
    expect(answers.at(-1)?.used?.[4]).toBe(4_500_000_000);
    await access.setLimits("customer", customer, per("second", 2_000_000_000));
    expect((await access.askOne(noon, { customer })).code).toBe("RATE_LIMITED");
    expect((await access.askOne(noon + 1_100, { customer })).used?.[0]).toBe(1);
  });
});

describe("a key and its customer", () => {
  test("must both admit, and a refusal by either uses nothing of the other", async () => {
    const customer = await access.customer(per("minute", 3));
    const key = await access.key(customer, per("minute", 2));
    const ask = () => access.askOne(noon, { key: key.hash });
    expect((await ask()).code).toBe("VALID");
    expect(await ask()).toMatchObject({
      code: "VALID",
      limit_source: "key",
      limits: per("minute", 2),
    });
    const before = [
      await access.counter(customer),
      await access.counter(key.lineage),
    ];
    expect(await ask()).toMatchObject({
      code: "RATE_LIMITED",
      limit_source: "key",
    });
    await access.askOne(noon, { customer });
    const other = await access.key(customer, per("minute", 9));
    expect(await access.askOne(noon, { key: other.hash })).toMatchObject({
      code: "RATE_LIMITED",
      limit_source: "customer",
      limits: per("minute", 3),
      used: [3, 3, 3, 3, 3], // where the key is unlimited, the customer's
    });
    expect(await access.counter(key.lineage)).toBe(before[1]);
    expect(await access.counter(customer)).not.toBe(before[0]); // by the call that was admitted
  });

  test("wait for the later of their windows", async () => {
    const customer = await access.customer(per("second", 1));
    const key = await access.key(customer, per("hour", 1));
    await access.askOne(noon, { key: key.hash });
    expect(await access.askOne(noon, { key: key.hash })).toMatchObject({
      refusing_window: "hour",
      limit_source: "key",
      retry_after_ms: 61 * 60_000,
    });
  });

  test("keep their windows when the key is rotated, or another one is added", async () => {
    const customer = await access.customer(per("day", 2));
    const key = await access.key(customer, per("hour", 1));
    await access.askOne(noon, { key: key.hash });
    const rotated = await access.key(customer, undefined, key.lineage);
    expect(
      (await access.askOne(noon, { key: rotated.hash })).refusing_window,
    ).toBe("hour");
    const added = await access.key(customer);
    expect((await access.askOne(noon, { key: added.hash })).code).toBe("VALID");
    expect(
      (await access.askOne(noon, { key: added.hash })).refusing_window,
    ).toBe("day");
  });

  test("without limits of the customer's own are held to the default, which is data", async () => {
    const customer = await access.customer();
    const first = await access.askOne(noon, { customer });
    expect(first.limits).toEqual([10, 100, 1_000, 10_000, 100_000]);
    await db.query(
      "UPDATE limit_policies SET per_second = 7 WHERE subject_kind = 'default'",
    );
    const second = await access.askOne(noon, { customer });
    await db.query(
      "UPDATE limit_policies SET per_second = 10 WHERE subject_kind = 'default'",
    );
    expect(second).toMatchObject({
      limits: [7, 100, 1_000, 10_000, 100_000],
      used: [2, 2, 2, 2, 2],
    });
  });
});

describe("a call is refused whatever was used", () => {
  const past = new Date(noon);
  const later = new Date(noon + 1);
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["NOT_FOUND", { revoked_at: later }, {}],
    ["DISABLED", { disabled_at: past }, {}],
    ["EXPIRED", { expires_at: past }, {}],
    ["CUSTOMER_SUSPENDED", {}, { status: "suspended" }],
    ["CUSTOMER_SUSPENDED", {}, { status: "pending" }],
    ["CUSTOMER_SUSPENDED", {}, { status: "archived" }],
    ["CUSTOMER_EXPIRED", {}, { expires_at: past }],
    [
      "VALID",
      { expires_at: later },
      { expires_at: later, company_name: "Engines" },
    ],
  ])(
    "%s when the key has %o and the customer %o",
    async (code, keyColumns, columns) => {
      const customer = await access.customer(undefined, columns);
      const key = await access.key(customer);
      for (const [name, value] of Object.entries(keyColumns))
        await db.query(`UPDATE api_keys SET ${name} = $2 WHERE id = $1`, [
          key.id,
          value,
        ]);
      const answer = await access.askOne(noon, { key: key.hash });
      expect(answer).toMatchObject({
        code,
        key_id: code === "NOT_FOUND" ? null : key.id,
      });
      const used = code === "VALID" ? 1 : 0;
      expect(await access.used(customer)).toEqual(Array(5).fill(used));
      if (used) expect(answer.customer_name).toBe("Engines");
    },
  );

  test("when nobody has the key or the id, or the key is another customer's", async () => {
    const [mine, other] = [await access.customer(), await access.customer()];
    const key = await access.key(mine);
    const [answers] = await access.ask([
      {
        at: noon,
        asked: [
          { key: randomBytes(32).toString("hex") },
          { customer: randomUUID() },
          { key: key.hash, customer: other },
          { key: key.hash, customer: mine },
        ],
      },
    ]);
    expect(answers?.map(({ code }) => code)).toEqual([
      "NOT_FOUND",
      "NOT_FOUND",
      "FORBIDDEN",
      "VALID",
    ]);
  });
});
