import { randomUUID } from "node:crypto";
import { ingestEvents } from "@/modules/usage/queries";
import { restOfSeries } from "@/modules/usage/queries/names";
import { countCalls } from "@/modules/usage/queries/lifetime";
import {
  breakDownUsage,
  listDailyTotals,
  listDailyUsage,
  sumUsage,
} from "@/modules/usage/queries/rollups";
import { listTrends } from "@/modules/usage/queries/trends";
import { systemCtx } from "@/platform/jobs";
import { fromUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { event, newCustomer } from "./usage-fixture";

const db = useDatabase();
const ctx = systemCtx("test");
const customer = newCustomer();
const key = fromUuid("key", randomUUID());
const days = { from: "2026-03-30", to: "2026-04-02" };

beforeAll(async () => {
  const at = (occurred_at: string, given = {}) =>
    event(customer, randomUUID(), { occurred_at, ...given });
  const slow = Array.from({ length: 18 }, () =>
    at("2026-04-01T10:15:00Z", { duration_ms: 100, endpoint: "/fast" }),
  );
  await ingestEvents([
    at("2026-03-29T23:59:59.999Z", { cost: "1000" }),
    at("2026-03-30T00:00:00Z", {
      cost: "0.1",
      tokens_input: 7,
      tokens_output: 3,
      tokens_cached: 5,
    }),
    at("2026-04-01T10:59:59.999Z", {
      key_id: key,
      provider: "openai",
      model: "small",
      duration_ms: 5_000,
      status_code: 503,
    }),
    at("2026-04-01T11:00:00Z", {
      key_id: key,
      provider: "openai",
      cost: "0.000000000002",
      duration_ms: 6_000,
    }),
    at("2026-04-01T11:30:00Z", {
      code: "RATE_LIMITED",
      cost: "9",
      duration_ms: 99,
      tokens_input: 99,
      endpoint: "/fast",
    }),
    at("2026-04-03T00:00:00Z", { cost: "1000" }),
    ...slow,
    event(newCustomer(), "another", {
      occurred_at: "2026-04-01T10:00:00Z",
      cost: "2.5",
    }),
  ]);
});

const nothing = {
  calls: 0,
  errors: 0,
  refused: 0,
  tokens: 0,
  cost: "0",
  unpriced: 0,
};
const noTimes = { avg_response_time_ms: null, p95_response_time_ms: null };

test("the sums of a period leave out what lies a moment outside it, and refused calls but for their count", async () => {
  const sums = await sumUsage(ctx, customer, days);
  expect(sums).toMatchObject({
    calls: 21,
    errors: 1,
    refused: 1,
    tokens: 10,
    cost: "0.100000000002",
  });
  expect(sums.avg_response_time_ms).toBe(640);
  expect(Math.abs(Number(sums.p95_response_time_ms) - 5_000)).toBeLessThan(250);
  expect(await sumUsage(ctx, newCustomer(), days)).toEqual({
    ...nothing,
    ...noTimes,
  });
});

test("calls in all are those of every day, however long ago, refused ones not among them", async () => {
  expect(await countCalls(ctx, customer)).toBe(5 + 18);
  expect(await countCalls(ctx, newCustomer())).toBe(0);
  const [found] = await db.query(
    `SELECT count(*)::int AS calls FROM usage_events WHERE code IS NULL`,
  );
  expect(await countCalls(ctx, null)).toBe(found?.["calls"]);
});

test("days without usage are there, as zeros", async () => {
  const daily = await listDailyUsage(ctx, customer, days);
  expect(daily.map(({ date, calls }) => [date, calls])).toEqual([
    ["2026-03-30", 1],
    ["2026-03-31", 0],
    ["2026-04-01", 20],
    ["2026-04-02", 0],
  ]);
  expect(daily[1]).toEqual({ date: "2026-03-31", ...nothing, ...noTimes });
  const everyone = await listDailyTotals(ctx, days);
  expect(everyone.map(({ calls, cost }) => [calls, cost])).toEqual([
    [1, "0.1"],
    [0, "0"],
    [21, "2.500000000002"],
    [0, "0"],
  ]);
});

test("usage breaks down by provider, model, endpoint and key, the most called first", async () => {
  const by = await breakDownUsage(ctx, customer, days);
  const calls = (rows: { name: string; calls: number; refused: number }[]) =>
    rows.map((row) => [row.name, row.calls, row.refused]);
  expect(calls(by.provider)).toEqual([
    ["", 19, 1],
    ["openai", 2, 0],
  ]);
  expect(calls(by.model)).toEqual([
    ["", 20, 1],
    ["small", 1, 0],
  ]);
  expect(calls(by.endpoint)).toEqual([
    ["/fast", 18, 1],
    ["", 3, 0],
  ]);
  expect(calls(by.key)).toEqual([
    ["", 19, 1],
    [key, 2, 0],
  ]);
  expect(by.key[1]).toEqual({
    name: key,
    calls: 2,
    errors: 1,
    refused: 0,
    tokens: 0,
    cost: "0.000000000002",
    unpriced: 1,
  });
});

test("trends fill their gaps by hour, day and month", async () => {
  const of = (interval: "hour" | "day" | "month") =>
    listTrends(ctx, customer, days, { interval, group_by: "none" });
  const hours = await of("hour");
  expect(hours.buckets).toHaveLength(96);
  expect([hours.buckets[0], hours.buckets[95]]).toEqual([
    "2026-03-30T00:00:00.000Z",
    "2026-04-02T23:00:00.000Z",
  ]);
  const [calls] = hours.series.map((series) => series.calls);
  expect(calls?.flatMap((n, i) => (n ? [[hours.buckets[i], n]] : []))).toEqual([
    ["2026-03-30T00:00:00.000Z", 1],
    ["2026-04-01T10:00:00.000Z", 19],
    ["2026-04-01T11:00:00.000Z", 1],
  ]);
  expect(await of("day")).toEqual({
    ranking_is_exact: true,
    buckets: ["30", "31"]
      .map((d) => `2026-03-${d}T00:00:00.000Z`)
      .concat(["01", "02"].map((d) => `2026-04-${d}T00:00:00.000Z`)),
    series: [
      {
        name: "",
        calls: [1, 0, 20, 0],
        errors: [0, 0, 1, 0],
        refused: [0, 0, 1, 0],
        tokens: [10, 0, 0, 0],
        cost: ["0.1", "0", "0.000000000002", "0"],
        unpriced: 1,
      },
    ],
  });
  // The months' first and last are those days of them that were asked for.
  expect(await of("month")).toMatchObject({
    buckets: ["2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"],
    series: [{ calls: [1, 20] }],
  });
});

test("trends without usage have their buckets, and no series but the one of all", async () => {
  const nobody = newCustomer();
  const grouped = await listTrends(ctx, nobody, days, {
    interval: "day",
    group_by: "model",
  });
  expect([grouped.buckets.length, grouped.series]).toEqual([4, []]);
  const whole = await listTrends(ctx, nobody, days, {
    interval: "day",
    group_by: "none",
  });
  expect(whole.series).toMatchObject([
    { name: "", calls: [0, 0, 0, 0], cost: ["0", "0", "0", "0"] },
  ]);
});

test("trends by key name the key; of many groups the ten most called stand alone", async () => {
  const byKey = await listTrends(ctx, customer, days, {
    interval: "month",
    group_by: "key",
  });
  expect(byKey.series.map(({ name, calls }) => [name, calls])).toEqual([
    ["", [1, 18]],
    [key, [0, 2]],
  ]);
  const many = newCustomer();
  const events = Array.from({ length: 14 }, (_, i) =>
    Array.from({ length: 20 - i }, () =>
      event(many, randomUUID(), {
        occurred_at: "2026-04-01T10:00:00Z",
        model: `m${i}`,
      }),
    ),
  ).flat();
  await ingestEvents(events);
  const { series } = await listTrends(ctx, many, days, {
    interval: "month",
    group_by: "model",
  });
  expect(series.map(({ name }) => name)).toEqual([
    ...Array.from({ length: 10 }, (_, i) => `m${i}`),
    restOfSeries,
  ]);
  expect(series.at(-1)?.calls).toEqual([0, 10 + 9 + 8 + 7]);
});

test("figures are read from rollups alone", async () => {
  await db.query("ALTER TABLE usage_events RENAME TO usage_events_away");
  try {
    expect((await sumUsage(ctx, customer, days)).calls).toBe(21);
    await listDailyTotals(ctx, days);
    await breakDownUsage(ctx, customer, days);
    await listTrends(ctx, customer, days, {
      interval: "hour",
      group_by: "key",
    });
  } finally {
    await db.query("ALTER TABLE usage_events_away RENAME TO usage_events");
  }
});
