import { randomUUID } from "node:crypto";
import pg from "pg";
import type { StoredEvent } from "@/modules/usage/event";
import {
  ensurePartitions,
  ingestEvents,
  type Booked,
} from "@/modules/usage/queries";
import { fromUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import {
  count,
  differences,
  event,
  newCustomer,
  pick,
  randomEvent,
} from "./usage-fixture";

const db = useDatabase();

test("after concurrent random batches with duplicates and conflicts, rollups equal a recount", async () => {
  const customers = Array.from({ length: 5 }, newCustomer);
  const keys = Array.from({ length: 3 }, () => fromUuid("key", randomUUID()));
  const known = new Map<string, StoredEvent>();
  const batches = Array.from({ length: 60 }, () =>
    Array.from({ length: 200 }, () => {
      const customer = pick(customers);
      const id = `e${Math.floor(Math.random() * 1_500)}`;
      const sent = known.get(customer + id);
      if (sent && Math.random() < 0.8) return sent;
      const made = randomEvent(customer, id, keys);
      known.set(customer + id, made);
      return made;
    }),
  );
  const sending = sendAll(batches);
  expect(await differences(db)).toEqual([]); // also while they are written
  const answers = await sending;
  const distinct = new Set(
    batches.flat().map(({ customer_id, id }) => customer_id + id),
  ).size;
  expect(count(answers, "accepted")).toBe(distinct);
  expect(count(answers, "duplicate")).toBeGreaterThan(1_000);
  expect(count(answers, "conflict")).toBeGreaterThan(500);
  const [stored] = await db.query(
    "SELECT count(*)::int AS events FROM usage_events",
  );
  expect(stored).toEqual({ events: distinct });
  expect(await differences(db)).toEqual([]);
}, 60_000);

test("100,000 duplicates of 20,000 events, some sent one by one, count each once", async () => {
  const customers = Array.from({ length: 20 }, newCustomer);
  const events = Array.from({ length: 20_000 }, (_, i) =>
    event(pick(customers), `d${i}`, { duration_ms: i % 900, cost: "0.01" }),
  );
  const copies = Array.from({ length: 5 }, () => shuffled(events)).flat();
  const batches: StoredEvent[][] = [];
  for (let from = 500; from < copies.length; from += 1_000)
    batches.push(copies.slice(from, from + 1_000));
  const before = await totals();
  const singles = copies.slice(0, 500).map(async (one) => book([one]));
  const answers = await sendAll(batches);
  answers.push(...(await Promise.all(singles)).flat());
  expect([count(answers, "accepted"), count(answers, "duplicate")]).toEqual([
    20_000, 80_000,
  ]);
  expect((await totals()) - before).toBe(20_000);
  expect(await differences(db)).toEqual([]);
}, 60_000);

test("of one id within a batch the first counts, and the same body is told from another", async () => {
  const customer = newCustomer();
  const first = event(customer, "same", { duration_ms: 1 });
  const other = event(customer, "same", { duration_ms: 2 });
  expect(await book([first, other, first, event(customer, "else")])).toEqual([
    "accepted",
    "conflict",
    "duplicate",
    "accepted",
  ]);
  expect(await book([other, event(newCustomer(), "same"), first])).toEqual([
    "conflict",
    "accepted",
    "duplicate",
  ]);
});

test("a backend killed in the middle leaves all of a batch or nothing, and a re-send completes it", async () => {
  const customer = newCustomer();
  const events = Array.from({ length: 1_000 }, (_, i) =>
    event(customer, `k${i}`, { duration_ms: i }),
  );
  const holder = new pg.Client({ connectionString: db.url });
  holder.on("error", () => {});
  await holder.connect();
  for (const table of [
    "usage_hourly",
    "usage_daily",
    "usage_totals",
    "usage_breakdown",
  ]) {
    // Held at a rollup, after the events were written, until its backend is killed.
    await holder.query("BEGIN");
    await holder.query(`LOCK TABLE ${table} IN SHARE MODE`);
    const lost = ingestEvents(events).catch((error: unknown) => error);
    await until(async () => (await waiting()) === 1);
    await db.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(await lost).toBeInstanceOf(Error);
    await holder.query("COMMIT");
    const [left] = await db.query(
      "SELECT (SELECT count(*) FROM usage_events WHERE id LIKE 'k%')::int AS events, (SELECT count(*) FROM usage_event_ids WHERE id LIKE 'k%')::int AS ids",
    );
    expect(left).toEqual({ events: 0, ids: 0 });
  }
  await holder.end();
  expect(await book(events)).toEqual(Array(1_000).fill("accepted"));
  expect(await differences(db)).toEqual([]);
}, 30_000);

test("events fall in the hour, day and month of UTC in which they occurred, however late they come", async () => {
  const customer = newCustomer();
  const times = [
    "2026-02-28T23:59:59.999Z",
    "2026-03-01T00:00:00.000Z",
    "2025-12-31T23:30:00-01:00",
    "2026-03-01T00:59:59.999Z",
  ];
  await ingestEvents(
    times.map((occurred_at, i) => event(customer, `m${i}`, { occurred_at })),
  );
  const rows = await db.query(
    `SELECT tableoid::regclass::text AS partition, count(*)::int AS events FROM usage_events
     WHERE id LIKE 'm%' GROUP BY 1 ORDER BY 1`,
  );
  expect(rows).toEqual([
    { partition: "usage_events_2026_01", events: 1 },
    { partition: "usage_events_2026_02", events: 1 },
    { partition: "usage_events_2026_03", events: 2 },
  ]);
  const hours = await db.query(
    "SELECT hour, calls::int FROM usage_hourly WHERE hour < '2026-03-02' ORDER BY hour",
  );
  expect(hours).toEqual([
    { hour: new Date("2026-01-01T00:00:00Z"), calls: 1 },
    { hour: new Date("2026-02-28T23:00:00Z"), calls: 1 },
    { hour: new Date("2026-03-01T00:00:00Z"), calls: 2 },
  ]);
  expect(await differences(db)).toEqual([]);
});

test("partitions are made once, by many at a time, and what spans more than ten years is refused", async () => {
  const many = Array.from({ length: 6 }, () =>
    ensurePartitions(new Date("2024-11-15"), new Date("2025-02-01")),
  );
  await Promise.all(many);
  const rows = await db.query(
    "SELECT relname AS name FROM pg_class WHERE relname ~ '^usage_events_202[45]_[0-9]+$' ORDER BY 1",
  );
  expect(rows.map(({ name }) => name)).toEqual(
    ["2024_11", "2024_12", "2025_01", "2025_02"].map(
      (month) => `usage_events_${month}`,
    ),
  );
  await expect(ensurePartitions(new Date(0), new Date())).rejects.toThrow(
    "ten years",
  );
});

test("one caller's event that the database refuses does not fail those gathered with it", async () => {
  const customer = newCustomer();
  const good = event(customer, "good");
  const bad = event(customer, "bad", { status_code: 42 });
  const results = await Promise.all(
    [event(customer, "first"), good, bad].map((one) => book([one])),
  );
  expect(results).toEqual([["accepted"], ["accepted"], ["refused"]]);
  expect(await book([good])).toEqual(["duplicate"]);
  const negative = {
    tokens_input: -1,
    duration_ms: -1,
    quantity: -1,
    cost: "-1",
  };
  for (const [name, value] of Object.entries(negative))
    expect(await book([event(customer, "bad", { [name]: value })])).toEqual([
      "refused",
    ]);
});

test("quantiles of a sketch are within 5 % of the exact ones", async () => {
  for (const most of [3, 40, 900, 120_000, 86_400_000]) {
    const durations = Array.from(
      { length: 2_000 },
      () =>
        Math.floor(Math.exp(Math.random() * Math.log(most + 1))) -
        (Math.random() < 0.01 ? 1 : 0),
    );
    const exact = durations.toSorted((a, b) => a - b);
    for (const q of [0, 0.01, 0.5, 0.9, 0.95, 0.99, 1]) {
      const [row] = await db.query<{ value: number }>(
        `SELECT sketch_quantile(sketch_merge(sketch_of(array_agg(sketch_bucket(d)) FILTER (WHERE i % 3 = 0)),
           sketch_of(array_agg(sketch_bucket(d)) FILTER (WHERE i % 3 > 0))), $2) AS value
         FROM unnest($1::int[]) WITH ORDINALITY u(d, i)`,
        [durations, q],
      );
      const want = exact[Math.max(1, Math.ceil(q * exact.length)) - 1] ?? NaN;
      expect(Math.abs((row?.value ?? NaN) - want)).toBeLessThanOrEqual(
        want * 0.05,
      );
    }
  }
  const [none] = await db.query("SELECT sketch_quantile('{}', 0.5) AS value");
  expect(none).toEqual({ value: null });
});

type Outcome = Booked["status"] | "refused";

const book = async (events: StoredEvent[]): Promise<Outcome[]> =>
  (await ingestEvents(events)).map((one) => one?.status ?? "refused");

/** Send batches, three at a time: there are not many more connections. */
async function sendAll(batches: StoredEvent[][]): Promise<Outcome[]> {
  const left = [...batches];
  const answers: Outcome[] = [];
  const send = async () => {
    for (let batch = left.pop(); batch; batch = left.pop())
      answers.push(...(await book(batch)));
  };
  await Promise.all(Array.from({ length: 3 }, send));
  return answers;
}

async function totals(): Promise<number> {
  const [row] = await db.query<{ calls: number }>(
    "SELECT sum(calls)::int AS calls FROM usage_totals",
  );
  return row?.calls ?? 0;
}

async function waiting(): Promise<number> {
  const rows = await db.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows.length;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("It did not come to that");
}

function shuffled<T>(from: T[]): T[] {
  return from
    .map((value) => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
