import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { ingestEvents } from "@/modules/usage/queries";
import { restOfSeries } from "@/modules/usage/queries/names";
import { listTrends } from "@/modules/usage/queries/trends";
import { systemCtx } from "@/platform/jobs";
import { fromUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { event, newCustomer, pick } from "./usage-fixture";

const db = useDatabase();
const ctx = systemCtx("test");
const days = { from: "2026-03-30", to: "2026-04-02" };

const customers = Array.from({ length: 40 }, newCustomer);
const keysOf = new Map(
  customers.map((id) => [
    id,
    Array.from({ length: 3 }, () => fromUuid("key", randomUUID())),
  ]),
);

beforeAll(async () => {
  for (let round = 0; round < 4; round += 1)
    await ingestEvents(
      Array.from({ length: 900 }, () => {
        const busy = Math.floor(customers.length * Math.random() ** 2);
        const customer = customers[busy] ?? "";
        const hour = Math.floor(Math.random() * 6 * 24);
        return event(customer, randomUUID(), {
          occurred_at: new Date(Date.UTC(2026, 2, 29, hour, 30)).toISOString(),
          key_id: pick([null, ...(keysOf.get(customer) ?? [])]),
          cost: `0.00${1 + Math.floor(Math.random() * 98)}`,
          tokens_input: Math.floor(Math.random() * 50),
          code: Math.random() < 0.1 ? "RATE_LIMITED" : null,
        });
      }),
    );
  await db.query("ANALYZE");
}, 300_000);

type Interval = "hour" | "day" | "month";

/** The slow and obvious way: all hours of everyone. */
async function oracle(by: "customer" | "key", interval: Interval) {
  const column = by === "customer" ? "customer_id" : "key_id";
  const rows = await db.query<{
    name: string;
    calls: number[];
    cost: string[];
  }>(
    `WITH buckets AS (
       SELECT b AT TIME ZONE 'UTC' AS bucket FROM generate_series(
         date_trunc($1, $2::timestamp), $3::timestamp + interval '23 hours', ('1 ' || $1)::interval) b
     ),
     used AS (
       SELECT date_trunc($1, hour, 'UTC') AS bucket, ${column}::text AS name, sum(calls) AS calls, sum(cost) AS cost
       FROM usage_hourly
       WHERE hour >= $2::timestamp AT TIME ZONE 'UTC' AND hour < ($3::timestamp + interval '1 day') AT TIME ZONE 'UTC'
       GROUP BY 1, 2
     ),
     names AS (
       SELECT name, row_number() OVER (ORDER BY name = '00000000-0000-0000-0000-000000000000', sum(calls) DESC, name) AS place
       FROM used GROUP BY name
     ),
     series AS (
       SELECT name, CASE WHEN place <= 10 AND name <> '00000000-0000-0000-0000-000000000000' THEN name ELSE '' END AS series, place FROM names
     )
     SELECT s.series AS name,
       array_agg((SELECT coalesce(sum(u.calls), 0)::int FROM used u JOIN series n USING (name) WHERE n.series = s.series AND u.bucket = b.bucket) ORDER BY b.bucket) AS calls,
       array_agg((SELECT trim_scale(coalesce(sum(u.cost), 0))::text FROM used u JOIN series n USING (name) WHERE n.series = s.series AND u.bucket = b.bucket) ORDER BY b.bucket) AS cost
     FROM (SELECT series, min(place) AS place FROM series GROUP BY 1) s CROSS JOIN buckets b
     GROUP BY s.series, s.place ORDER BY s.series = '', s.place`,
    [interval, days.from, days.to],
  );
  return rows.map(({ name, ...sums }) => ({
    name: name === "" ? restOfSeries : name,
    ...sums,
  }));
}

const uuidOf = async (ids: string[], prefix: "cus" | "key") => {
  const rows = await db.query<{ id: string; uuid: string }>(
    "SELECT DISTINCT customer_id::text AS uuid FROM usage_hourly UNION SELECT DISTINCT key_id::text FROM usage_hourly",
  );
  const all = new Map(
    rows.map(({ uuid }) => [fromUuid(prefix, uuid), uuid] as const),
  );
  return ids.map((id) => all.get(id) ?? id);
};

test.each(["customer", "key"] as const)(
  "everyone's trends by %s name the ten with most calls, and the rest is all that is left",
  async (by) => {
    for (const interval of ["hour", "day", "month"] as const) {
      const found = await listTrends(ctx, null, days, {
        interval,
        group_by: by,
      });
      const expected = await oracle(by, interval);
      expect(found.ranking_is_exact).toBe(true);
      const names = await uuidOf(
        found.series.map(({ name }) => name),
        by === "key" ? "key" : "cus",
      );
      expect(names).toHaveLength(11);
      expect(names.at(-1)).toBe(restOfSeries);
      // Those with as many calls may stand in either order.
      const calls = (all: { calls: number[] }[]) =>
        all.map((one) => one.calls.reduce((sum, n) => sum + n, 0));
      expect(calls(found.series)).toEqual(calls(expected));
      for (const [i, { calls: points, cost }] of found.series.entries()) {
        const same = expected.find(({ name }) => name === names[i]);
        if (same && names[i] !== restOfSeries)
          expect({ calls: points, cost }).toEqual({
            calls: same.calls,
            cost: same.cost,
          });
      }
    }
  },
);

test("whatever is looked at, nobody who is left out has more calls than is said", async () => {
  const totals = await db.query<{ id: string; calls: number }>(
    `SELECT customer_id::text AS id, sum(calls)::int AS calls FROM usage_daily
     WHERE day BETWEEN $1 AND $2 GROUP BY 1`,
    [days.from, days.to],
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 45 }),
      fc.integer({ min: 1, max: 45 }),
      async (perDay, most) => {
        const found = await db.query<{
          id: string;
          calls: number;
          unseen: number;
        }>(
          "SELECT customer_id::text AS id, calls::int, unseen FROM usage_busiest($1, $2, $3, $4)",
          [days.from, days.to, perDay, most],
        );
        const said = new Map(found.map(({ id, calls }) => [id, calls]));
        const unseen = found[0]?.unseen ?? 0;
        for (const { id, calls } of totals)
          expect(said.get(id) ?? Math.min(calls, unseen)).toBe(calls);
        expect(found.length).toBeLessThanOrEqual(most);
      },
    ),
    { numRuns: 40 },
  );
});

test("a day's level is kept by whoever writes it", async () => {
  const wrong = () =>
    db.query(
      `SELECT calls, level FROM usage_daily
       WHERE calls >= 2 ^ level OR (level > 0 AND calls < 2 ^ (level - 1))`,
    );
  expect(await wrong()).toEqual([]);
  await db.query("UPDATE usage_daily SET calls = calls * 37");
  await db.query("UPDATE usage_daily SET calls = 0 WHERE day = '2026-03-29'");
  expect(await wrong()).toEqual([]);
  await db.query("SELECT FROM usage_recount_daily($1, $2, $3)", [
    (
      await db.query<{ id: string }>(
        "SELECT DISTINCT customer_id::text AS id FROM usage_daily",
      )
    ).map(({ id }) => id),
    "2026-03-29",
    "2026-04-03",
  ]);
  expect(await wrong()).toEqual([]);
});
