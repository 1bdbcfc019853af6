import { randomUUID } from "node:crypto";
import { usageTrends, summarizeUsage } from "@/modules/usage";
import { ingestEvents } from "@/modules/usage/queries";
import { listKeyCalls } from "@/modules/usage/queries/key-calls";
import { findPastOfMeters } from "@/modules/usage/queries/quotas";
import { sumUpUsageDays } from "@/modules/usage/service/upkeep";
import type { Ctx } from "@/platform/context";
import { systemCtx } from "@/platform/jobs";
import { fromUuid, toUuid } from "@/shared/ids";
import { addSeconds, utcDay } from "@/shared/time";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { differences, event, randomEvent } from "./usage-fixture";

const db = useDatabase();
const ctx = systemCtx("test");
const keys = [1, 2, 3].map(() => fromUuid("key", randomUUID()));
const day = 86_400;

let w: World;
let customers: string[];
beforeAll(async () => {
  w = await world();
  customers = await Promise.all(
    Array.from({ length: 4 }, async () => (await w.customer()).id),
  );
});

const some = (how: number, customer = customers) =>
  Array.from({ length: how }, (_, i) =>
    randomEvent(customer[i % customer.length] ?? "", randomUUID(), keys),
  );
const rows = async (where: string) => {
  const [found] = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM usage_daily_parts WHERE ${where}`,
  );
  return found?.n ?? NaN;
};

test("figures are the same before days are summed up, after it, and with what comes late", async () => {
  await ingestEvents(some(600));
  const before = await figures();
  expect(before.total_calls).toBeGreaterThan(100);
  await sumUpUsageDays(ctx);
  expect(await rows("slot = 0")).toBeGreaterThan(100);
  expect(await figures()).toEqual(before);
  const [{ n: late } = { n: NaN }] = await db.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM usage_daily_parts WHERE day >= (now() AT TIME ZONE 'UTC')::date",
  );
  expect(late).toBe(0);

  await ingestEvents(some(200));
  expect(await rows("slot > 0")).toBeGreaterThan(0);
  expect(await differences(db)).toEqual([]);
  const withLate = await figures();
  expect(withLate.total_calls).toBeGreaterThan(before.total_calls);
  await sumUpUsageDays(ctx);
  expect(await rows("slot > 0")).toBe(0);
  expect(await figures()).toEqual(withLate);
});

test("what comes while days are summed up counts once", async () => {
  const writing = Array.from({ length: 60 }, () => ingestEvents(some(40)));
  const summing = [3, 2, 1, 0].map((ago) => sumUpUsageDays(at(-ago)));
  expect(await differences(db)).toEqual([]);
  await Promise.all([...writing, ...summing]);
  expect(await differences(db)).toEqual([]);
  await sumUpUsageDays(at(1));
  expect(await rows("true")).toBeGreaterThan(500);
  expect(await differences(db)).toEqual([]);
  await ingestEvents(some(100)); // of today, which is summed up too now
  expect(await differences(db)).toEqual([]);
}, 60_000);

test("days without end are summed up some at a time", async () => {
  const { id } = await w.customer();
  const days = [34, 20, 13, 12, 5, 1, 0];
  await ingestEvents(
    days.map((ago) =>
      event(id, `${ago}`, { occurred_at: at(-ago).now().toISOString() }),
    ),
  );
  await sumUpUsageDays(ctx);
  const summed = await db.query(
    "SELECT to_char(day, 'YYYY-MM-DD') AS day FROM usage_daily_parts WHERE customer_id = $1 ORDER BY 1",
    [toUuid(id)],
  );
  expect(summed).toEqual(
    days.slice(0, -1).map((ago) => ({ day: utcDay(at(-ago).now()) })),
  );
});

test("what is taken away is no name any more, and leaves no row behind", async () => {
  const { id } = await w.customer();
  await ingestEvents([
    event(id, "stays", { ...yesterday(), model: "stays" }),
    event(id, "goes", { ...yesterday(), model: "goes" }),
  ]);
  await sumUpUsageDays(ctx);
  await db.query("DELETE FROM usage_hourly WHERE model = 'goes'");
  const models = async () =>
    (await summarizeUsage(ctx, id, {})).by_model.map(({ name }) => name);
  expect(await models()).toEqual(["stays"]);
  await sumUpUsageDays(ctx);
  expect(await models()).toEqual(["stays"]);
  expect(await rows("model = 'goes'")).toBe(0);
});

test("who is forgotten leaves no sums, also not of what comes at that moment", async () => {
  const { id } = await w.customer();
  await ingestEvents(some(50, [id]));
  await sumUpUsageDays(ctx);
  const uuid = toUuid(id);
  expect(await rows(`customer_id = '${uuid}'`)).toBeGreaterThan(0);
  await db.query("SELECT usage_forget($1)", [uuid]);
  expect(await rows(`customer_id = '${uuid}'`)).toBe(0);
  expect(
    await db.query("SELECT * FROM usage_summed WHERE customer_id = $1", [uuid]),
  ).toEqual([]);
  // As if somebody had added to sums that were being thrown away.
  await ingestEvents([event(id, "again", yesterday())]);
  await db.query(
    `INSERT INTO usage_daily_parts (customer_id, day, key_id, meter, provider, model, endpoint, slot, calls)
     SELECT customer_id, hour::date, key_id, meter, provider, model, endpoint, 5, 100 FROM usage_hourly WHERE customer_id = $1`,
    [uuid],
  );
  expect((await summarizeUsage(ctx, id, {})).by_key).toMatchObject([
    { calls: 1 },
  ]);
  await sumUpUsageDays(ctx);
  expect((await summarizeUsage(ctx, id, {})).by_key).toMatchObject([
    { calls: 1 },
  ]);
});

test("who is forgotten while days are summed up neither waits without end nor leaves sums", async () => {
  const gone = await Promise.all(
    Array.from({ length: 40 }, async () => (await w.customer()).id),
  );
  await ingestEvents(some(1_000, gone));
  await Promise.all([
    ...gone.map((id) => db.query("SELECT usage_forget($1)", [toUuid(id)])),
    ...[5, 4, 3, 2, 1, 0].map((ago) => sumUpUsageDays(at(-ago))),
  ]);
  await sumUpUsageDays(at(1));
  const ids = gone.map((id) => `'${toUuid(id)}'`).join();
  expect(await rows(`customer_id IN (${ids})`)).toBe(0);
}, 60_000);

function at(days: number): Ctx {
  const now = addSeconds(new Date(), days * day);
  return { ...ctx, now: () => now };
}

const yesterday = () => ({ occurred_at: at(-1).now().toISOString() });

async function meterIds(): Promise<string[]> {
  const found = await db.query<{ id: string }>("SELECT id FROM meters");
  return found.map(({ id }) => id);
}

async function figures() {
  const [customer = ""] = customers;
  const trends = await Promise.all(
    (["day", "month"] as const).flatMap((interval) =>
      (["key", "model", "endpoint"] as const).map((group_by) =>
        usageTrends(ctx, { customer_id: customer, interval, group_by }),
      ),
    ),
  );
  const everyones = await usageTrends(ctx, {
    interval: "day",
    group_by: "key",
  });
  const calls = await listKeyCalls(
    ctx,
    keys.map((id) => ({ id, customer_id: customer })),
    7,
  );
  const [meters, summary] = await Promise.all([
    findPastOfMeters(ctx, customer, await meterIds(), utcDay(at(-34).now())),
    summarizeUsage(ctx, customer, {}),
  ]);
  // Said of this very moment, by what was used of meters.
  const { total_calls, by_provider, by_model, by_endpoint, by_key } = summary;
  const by = { by_provider, by_model, by_endpoint, by_key };
  return { total_calls, by, meters, trends, everyones, calls };
}
