import pg from "pg";
import { decideAndCount, decideOnly } from "@/modules/access/queries/check";
import { findUsage } from "@/modules/limits/queries/policies";
import { fromUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { accessFixture, unlimited, type Asked } from "./access-fixture";

const db = useDatabase();
const access = accessFixture(db);
const perDay = (limit: number) => [null, null, null, limit, null];

let pool: pg.Pool;
beforeAll(() => {
  pool = new pg.Pool({ connectionString: db.url, max: 16 });
  pool.on("error", () => {}); // the database goes before its last connections
});
afterAll(() => pool.end());

/** One statement on any of 16 connections, as another process would send it. */
async function check(asked: Asked[]): Promise<string[]> {
  const { rows } = await pool.query<{ ordinal: number; code: string }>(
    "SELECT ordinal, code FROM access_check($1::bytea[], $2::uuid[], $3::int[], true) ORDER BY ordinal",
    [
      asked.map(({ key }) => (key ? Buffer.from(key, "hex") : null)),
      asked.map(({ customer }) => customer ?? null),
      asked.map(({ cost }) => cost ?? 1),
    ],
  );
  return rows.map(({ code }) => code);
}

const count = (codes: string[], code: string) =>
  codes.filter((each) => each === code).length;

test("1,000 calls at once on 16 connections and a limit of 100 admit exactly 100, the first call included", async () => {
  const customer = await access.customer(perDay(100));
  const calls = Array.from({ length: 1_000 }, () => check([{ customer }]));
  const codes = (await Promise.all(calls)).flat();
  expect([count(codes, "VALID"), count(codes, "RATE_LIMITED")]).toEqual([
    100, 900,
  ]);
  expect(await access.used(customer)).toEqual([100, 100, 100, 100, 100]);
}, 30_000);

test("gathered calls, through keys and by id, and those of another process share one count", async () => {
  const customer = await access.customer(perDay(100));
  const keys = [
    await access.key(customer, perDay(30)),
    await access.key(customer),
  ];
  const own = Array.from({ length: 500 }, (_, i) => {
    const key = keys[i % 3];
    const keyHash = key ? Buffer.from(key.hash, "hex") : null;
    const customerId = key ? null : fromUuid("cus", customer);
    return decideAndCount({ keyHash, customerId, cost: 1 });
  });
  const others = Array.from({ length: 250 }, () =>
    check([{ customer }, { customer }]),
  );
  const codes = [
    ...(await Promise.all(own)).map(({ code }) => code),
    ...(await Promise.all(others)).flat(),
  ];
  expect(count(codes, "VALID")).toBe(100);
  const lineage = keys[0]?.lineage ?? "";
  expect((await access.used(lineage))[4]).toBeLessThanOrEqual(30);
}, 30_000);

test("batches that share customers and keys in any order never deadlock, and every call is counted", async () => {
  const customers = await Promise.all(
    Array.from({ length: 12 }, () => access.customer(unlimited)),
  );
  const keys = await Promise.all(
    customers.map((customer) => access.key(customer, unlimited)),
  );
  const subjects: Asked[] = [
    ...customers.map((customer) => ({ customer })),
    ...keys.map(({ hash }) => ({ key: hash })),
  ];
  const shuffled = () =>
    subjects
      .map((asked) => ({ asked, place: Math.random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ asked }) => asked);
  const batches = Array.from({ length: 400 }, () => shuffled().slice(0, 16));
  const codes = (await Promise.all(batches.map(check))).flat();
  expect(count(codes, "VALID")).toBe(6_400);
  const used = await Promise.all(customers.map((id) => access.used(id)));
  expect(used.reduce((sum, [, , , , month = 0]) => sum + month, 0)).toBe(6_400);
}, 30_000);

test("a call that waited for a lock is counted when it got it, not when it asked", async () => {
  const customer = await access.customer([1, null, null, null, null]);
  await check([{ customer }]);
  const holder = await pool.connect();
  await holder.query("BEGIN");
  await holder.query(
    "SELECT FROM limit_counters WHERE subject_id = $1 FOR UPDATE",
    [customer],
  );
  const waiting = check([{ customer }]);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const { rows } = await holder.query<{ now: Date }>(
    "SELECT clock_timestamp() AS now",
  );
  await holder.query("COMMIT");
  holder.release();
  expect(await waiting).toEqual(["VALID"]);
  const [counter] = await db.query<{ until: number }>(
    "SELECT (buckets[1] + 1) * 100::float8 AS until FROM limit_counters WHERE subject_id = $1",
    [customer],
  );
  expect(counter?.until).toBeGreaterThan(Number(rows[0]?.now));
});

test("Retry-After waited by the wall clock makes the next call pass", async () => {
  const customer = fromUuid(
    "cus",
    await access.customer([3, null, null, null, null]),
  );
  const ask = () =>
    decideAndCount({ keyHash: null, customerId: customer, cost: 1 });
  for (let round = 0; round < 3; round++) {
    let answer = await ask();
    while (answer.code === "VALID") answer = await ask();
    const { retryAfterMs } = answer;
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(1_100);
    // A timer may fire up to a millisecond early.
    await new Promise((resolve) =>
      setTimeout(resolve, Number(retryAfterMs) + 1),
    );
    expect((await ask()).code).toBe("VALID");
  }
});

test("verifying counts nothing, makes nothing and tells what a call would meet", async () => {
  const customer = await access.customer(perDay(2));
  const key = await access.key(customer);
  const question = {
    keyHash: Buffer.from(key.hash, "hex"),
    customerId: null,
    cost: 1,
  };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => decideOnly(question)),
  );
  expect(answers.map(({ code }) => code)).toEqual(Array(5).fill("VALID"));
  expect(await access.counter(customer)).toBeNull();
  await check([{ customer, cost: 2 }]);
  expect(await decideOnly(question)).toMatchObject({
    code: "RATE_LIMITED",
    keyId: fromUuid("key", key.id),
    customer: { id: fromUuid("cus", customer), name: "Ada Lovelace" },
    limits: perDay(2),
    used: [2, 2, 2, 2, 2],
    refusing: "day",
  });
  const id = fromUuid("cus", customer);
  const usage = await findUsage([id]);
  expect(usage.get(id)).toMatchObject({ minute: 2, day: 2, month: 2 });
});

test("a key's last use is kept to the minute, without waiting for one who edits it", async () => {
  const customer = await access.customer();
  const key = await access.key(customer);
  const lastUse = async () => {
    const [row] = await db.query<{ last_used_at: Date | null }>(
      "SELECT last_used_at FROM api_keys WHERE id = $1",
      [key.id],
    );
    return row?.last_used_at?.getTime() ?? null;
  };
  const editor = await pool.connect();
  await editor.query("BEGIN");
  await editor.query("UPDATE api_keys SET name = 'x' WHERE id = $1", [key.id]);
  expect(await check([{ key: key.hash }])).toEqual(["VALID"]);
  await editor.query("COMMIT");
  editor.release();
  expect(await lastUse()).toBeNull();
  await check([{ key: key.hash }]);
  const first = await lastUse();
  expect(Math.abs(Number(first) - Date.now())).toBeLessThan(60_000);
  await check([{ key: key.hash }]);
  expect(await lastUse()).toBe(first);
});

test.each([0, -1, 1_000_001])("a cost of %d is an error", async (cost) => {
  const customer = await access.customer();
  await expect(check([{ customer, cost }])).rejects.toThrow("whole number");
});
