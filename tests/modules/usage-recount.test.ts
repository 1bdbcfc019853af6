import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { ingestEvents } from "@/modules/usage/queries";
import { recountUsage } from "@/modules/usage";
import { sumUpUsageDays } from "@/modules/usage/service/upkeep";
import { systemCtx } from "@/platform/jobs";
import { fromUuid } from "@/shared/ids";
import { utcDay } from "@/shared/time";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world } from "../support/world";
import { day, differences, event, randomEvent } from "./usage-fixture";

const db = useDatabase();
const ctx = systemCtx("test");
const today = () => utcDay(new Date());
const daysAgo = (days: number) => utcDay(new Date(Date.now() - days * day));

let customers: string[];
beforeAll(async () => {
  const w = await world();
  customers = await Promise.all(
    Array.from({ length: 3 }, async () => (await w.customer()).id),
  );
  const keys = [1, 2].map(() => fromUuid("key", randomUUID()));
  const events = customers.flatMap((customer) =>
    Array.from({ length: 150 }, (_, i) => randomEvent(customer, `${i}`, keys)),
  );
  await ingestEvents(events.slice(0, 300));
  await sumUpUsageDays(ctx);
  await ingestEvents(events.slice(300));
});

const all = () =>
  recountUsage(ctx, { from: daysAgo(36), to: today(), customerId: null });

const corruptions = [
  "UPDATE usage_hourly SET calls = calls + 7, cost = cost + 0.5 WHERE ctid IN (SELECT ctid FROM usage_hourly ORDER BY md5(ctid::text || $1) LIMIT 3)",
  "UPDATE usage_hourly SET tokens_input = 0, duration_ms_total = 0, unpriced = 3 WHERE ctid IN (SELECT ctid FROM usage_hourly ORDER BY md5(ctid::text || $1) LIMIT 2)",
  "DELETE FROM usage_hourly WHERE ctid IN (SELECT ctid FROM usage_hourly ORDER BY md5(ctid::text || $1) LIMIT 4)",
  "INSERT INTO usage_hourly (customer_id, hour, key_id, meter, provider, model, endpoint, calls) SELECT customer_id, hour, gen_random_uuid(), 'ghost', '', '', $1, 5 FROM usage_hourly ORDER BY md5(ctid::text || $1) LIMIT 1",
  "UPDATE usage_daily SET calls = calls + 1, duration_sketch = duration_sketch || 9 WHERE ctid IN (SELECT ctid FROM usage_daily ORDER BY md5(ctid::text || $1) LIMIT 2)",
  "UPDATE usage_daily SET duration_sketch = '{}', cost = 0, errors = 0 WHERE ctid IN (SELECT ctid FROM usage_daily ORDER BY md5(ctid::text || $1) LIMIT 2)",
  "DELETE FROM usage_daily WHERE ctid IN (SELECT ctid FROM usage_daily ORDER BY md5(ctid::text || $1) LIMIT 2)",
  "UPDATE usage_daily_parts SET calls = calls + 4, cost = 0 WHERE ctid IN (SELECT ctid FROM usage_daily_parts ORDER BY md5(ctid::text || $1) LIMIT 3)",
  "DELETE FROM usage_daily_parts WHERE ctid IN (SELECT ctid FROM usage_daily_parts ORDER BY md5(ctid::text || $1) LIMIT 3)",
  "UPDATE usage_totals SET tokens = tokens + 100, cost = 0 WHERE ctid IN (SELECT ctid FROM usage_totals ORDER BY md5(ctid::text || $1) LIMIT 2)",
  "DELETE FROM usage_totals WHERE ctid IN (SELECT ctid FROM usage_totals ORDER BY md5(ctid::text || $1) LIMIT 1)",
  "UPDATE usage_breakdown SET calls = calls + 2, cost = 0 WHERE ctid IN (SELECT ctid FROM usage_breakdown ORDER BY md5(ctid::text || $1) LIMIT 3)",
  "DELETE FROM usage_breakdown WHERE ctid IN (SELECT ctid FROM usage_breakdown ORDER BY md5(ctid::text || $1) LIMIT 3)",
  "UPDATE meter_usage SET value = value + 3 WHERE ctid IN (SELECT ctid FROM meter_usage ORDER BY md5(ctid::text || $1) LIMIT 2)",
  "DELETE FROM meter_usage WHERE ctid IN (SELECT ctid FROM meter_usage ORDER BY md5(ctid::text || $1) LIMIT 1)",
];

test("what was counted rightly is left alone", async () => {
  expect(await differences(db)).toEqual([]);
  expect((await all()).mended).toEqual([]);
});

test("after any corruption of rollups and meters, a recount makes them what the events say", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.constantFrom(...corruptions),
          fc.string({ minLength: 1, maxLength: 4, unit: "grapheme-ascii" }),
        ),
        { minLength: 1, maxLength: 5 },
      ),
      async (chosen) => {
        for (const [sql, seed] of chosen) await db.query(sql, [seed]);
        // A part of a day's totals that was mended may be all zeros: losing it is no corruption.
        fc.pre((await differences(db)).length > 0);
        const { mended } = await all();
        expect(mended.length).toBeGreaterThan(0);
        expect(await differences(db)).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
}, 400_000);

test("a recount while events come in counts none of them twice, and loses none", async () => {
  const [customer = ""] = customers;
  await db.query("UPDATE usage_daily SET calls = calls + 11");
  await db.query("UPDATE usage_hourly SET calls = calls + 5");
  await db.query("UPDATE usage_daily_parts SET calls = calls - 1");
  await db.query("UPDATE usage_totals SET calls = calls + 3");
  await db.query("UPDATE meter_usage SET value = value + 2");
  const writing = Array.from({ length: 40 }, (_, i) =>
    ingestEvents([
      event(customer, `while ${i}`, { provider: "openai", duration_ms: i }),
    ]),
  );
  await Promise.all([...writing, all(), all()]);
  await all();
  expect(await differences(db)).toEqual([]);
}, 60_000);

test("the team is told what was mended, once for a recount", async () => {
  await db.query("UPDATE usage_daily SET calls = calls + 1");
  const { mended } = await all();
  expect(mended.map(({ rollup }) => rollup)).toContain("daily");
  const events = await db.query<{ payload: { rows: number } }>(
    "SELECT payload FROM outbox WHERE name = 'usage.recounted' ORDER BY id DESC LIMIT 1",
  );
  expect(events[0]?.payload.rows).toBeGreaterThan(0);
  await runJobs(db);
});

test("days whose events are gone cannot be recounted", async () => {
  await expect(
    recountUsage(ctx, { from: "2020-01-01", to: "2020-01-02" }),
  ).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
});

test("totals keep what a customer used that is gone, and recounting leaves it", async () => {
  const [customer = ""] = customers.slice(-1);
  const sum = () => db.query("SELECT sum(calls)::int AS n FROM usage_totals");
  const before = await sum();
  await db.query("SELECT usage_forget($1)", [
    (
      await db.query<{ id: string }>(
        "SELECT id FROM customers ORDER BY id DESC LIMIT 1",
      )
    )[0]?.id,
  ]);
  expect((await all()).mended).toEqual([]);
  expect(await sum()).toEqual(before);
  expect(customer).not.toBe("");
});
