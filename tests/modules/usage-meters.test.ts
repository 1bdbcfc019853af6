import { randomUUID } from "node:crypto";
import { grantPlan } from "@/modules/limits";
import { transaction } from "@/platform/db/transaction";
import { newId, toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const db = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const send = (body: object) => callRoute("usage.ingest", { headers, body });
const check = (body: object) => callRoute("access.check", { headers, body });

async function quota(customer: string, meter: string, amount: number) {
  await db.query(
    `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, updated_at)
     SELECT $1, 'customer', id, $3, now() FROM meters WHERE name = $2`,
    [toUuid(customer), meter, amount],
  );
}

async function used(customer: string, meter: string) {
  const [row] = await db.query<{ value: string; taken: string }>(
    `SELECT trim_scale(sum(value))::text AS value, trim_scale(sum(taken))::text AS taken
     FROM meter_usage JOIN meters m ON m.id = meter_id WHERE subject_id = $1 AND m.name = $2`,
    [toUuid(customer), meter],
  );
  return row;
}

const thresholds = async (customer: string) =>
  (
    await db.query<{ threshold: number }>(
      "SELECT threshold FROM alerts WHERE customer_id = $1 ORDER BY threshold",
      [toUuid(customer)],
    )
  ).map(({ threshold }) => threshold);

test("an event of a provider costs what the price book says and feeds tokens and spend", async () => {
  const { id: customer_id } = await w.customer();
  const { body } = await send({
    id: "one",
    customer_id,
    provider: "OpenAI",
    model: "gpt-4o",
    tokens_input: 1_000,
    tokens_cached: 400,
    tokens_output: 500,
  });
  // (600 × 2.50 + 400 × 1.25 + 500 × 10.00) / 1,000,000
  expect(body.items).toEqual([
    { id: "one", status: "accepted", cost: "0.007" },
  ]);
  expect(await used(customer_id, "spend")).toEqual({
    value: "0.007",
    taken: "0",
  });
  expect(await used(customer_id, "tokens")).toEqual({
    value: "1500",
    taken: "0",
  });
  const [row] = await db.query<{ source: string }>(
    "SELECT source FROM usage_events e JOIN price_book p ON p.id = e.price_id WHERE customer_id = $1",
    [toUuid(customer_id)],
  );
  expect(row?.source).toMatch(/OpenAI/);
});

test("an event without a price is flagged, never costs 0 in silence, and alerts the team once", async () => {
  const { id: customer_id } = await w.customer();
  const events = Array.from({ length: 20 }, (_, i) => ({
    id: `${i}`,
    customer_id,
    provider: "nobody",
    model: "unheard-of",
    tokens_input: 10,
  }));
  const answers = await Promise.all(events.map(send));
  for (const { body } of answers)
    expect(body.items[0]).toEqual({
      id: expect.any(String),
      status: "accepted",
      unpriced: true,
    });
  const [flagged] = await db.query(
    "SELECT count(*)::int AS n, count(cost)::int AS costs FROM usage_events WHERE customer_id = $1 AND unpriced",
    [toUuid(customer_id)],
  );
  expect(flagged).toEqual({ n: 20, costs: 0 });
  const alerts = await db.query(
    "SELECT details FROM alerts WHERE kind = 'unpriced' AND subject = 'nobody/unheard-of'",
  );
  expect(alerts).toEqual([
    { details: { provider: "nobody", model: "unheard-of" } },
  ]);
});

test("what events report replaces what checks took: nothing counts twice", async () => {
  const { id: customer_id } = await w.customer();
  await quota(customer_id, "calls", 100);
  await check({ customer_id, meter: "calls" });
  await check({ customer_id, meter: "calls" });
  expect(await used(customer_id, "calls")).toEqual({ value: "0", taken: "2" });
  await send({ id: "1", customer_id });
  expect(await used(customer_id, "calls")).toEqual({ value: "1", taken: "1" });
  await send([
    { id: "2", customer_id },
    { id: "3", customer_id },
  ]);
  expect(await used(customer_id, "calls")).toEqual({ value: "3", taken: "0" });
  const { body } = await check({ customer_id, meter: "calls" });
  expect(body.quota.used).toBe(4);
});

test("exactly one alert for each threshold under 200 events at once, and a raised quota re-arms them", async () => {
  const { id: customer_id } = await w.customer();
  await quota(customer_id, "calls", 180);
  await Promise.all(
    Array.from({ length: 200 }, (_, i) => send({ id: `${i}`, customer_id })),
  );
  expect(await thresholds(customer_id)).toEqual([80, 90, 100]);
  await db.query("UPDATE quotas SET amount = 400 WHERE subject_id = $1", [
    toUuid(customer_id),
  ]);
  await db.query("SELECT alert_rearm($1, NULL)", [toUuid(customer_id)]);
  const [recovered] = await db.query(
    "SELECT count(*)::int AS n FROM alerts WHERE customer_id = $1 AND recovered_at IS NOT NULL",
    [toUuid(customer_id)],
  );
  expect(recovered).toEqual({ n: 3 });
  await send(
    Array.from({ length: 130 }, (_, i) => ({ id: `again ${i}`, customer_id })),
  );
  expect(await thresholds(customer_id)).toEqual([80, 80, 90, 100]);
  const names = await db.query<{ name: string }>(
    "SELECT name FROM outbox WHERE payload->>'customer_id' = $1 AND name LIKE 'alert.%'",
    [customer_id],
  );
  expect(names.filter(({ name }) => name === "alert.raised")).toHaveLength(4);
  expect(names.filter(({ name }) => name === "alert.recovered")).toHaveLength(
    3,
  );
});

test("meters take the greatest, the latest and the unique values, each event once", async () => {
  const { id: customer_id } = await w.customer();
  const name = randomUUID();
  const make = (
    meter: string,
    aggregation: string,
    field: string,
    property: string | null,
  ) =>
    db.query(
      `INSERT INTO meters (id, name, title, aggregation, field, property, event_meter, updated_at)
       VALUES (gen_random_uuid(), $1, 'A meter', $2, $3, $4, $5, now())`,
      [meter, aggregation, field, property, name],
    );
  await make("peak", "max", "quantity", null);
  await make("stored", "latest", "property", "gb");
  await make("seats", "unique", "property", "person");
  const at = (minute: number) =>
    new Date(Date.now() - (10 - minute) * 60_000).toISOString();
  const event = (id: number, more: object) => ({
    id: `${id}`,
    customer_id,
    meter: name,
    occurred_at: at(id),
    ...more,
  });
  await send([
    event(1, { quantity: 7, properties: { gb: 10, person: "ada" } }),
    event(2, { quantity: 9, properties: { gb: 30, person: "bob" } }),
    event(3, { quantity: 2, properties: { gb: "many", person: "ada" } }),
  ]);
  await send([
    event(4, { quantity: 3, properties: { gb: 20, person: "ada" } }),
    event(2, { quantity: 9, properties: { gb: 30, person: "bob" } }),
  ]);
  await send([event(0, { properties: { gb: 99, person: "cleo" } })]);
  expect((await used(customer_id, "peak"))?.value).toBe("9");
  expect((await used(customer_id, "stored"))?.value).toBe("20");
  expect((await used(customer_id, "seats"))?.value).toBe("3");
  await quota(customer_id, "seats", 4);
  for (let i = 0; i < 6; i += 1)
    expect((await check({ customer_id, meter: "seats" })).body.code).toBe(
      "VALID",
    );
  await send([event(5, { properties: { person: "dan" } })]);
  expect((await check({ customer_id, meter: "seats" })).body.code).toBe(
    "QUOTA_EXCEEDED",
  );
});

test("a late event counts in the billing period in which it occurred", async () => {
  const { id: customer_id } = await w.customer();
  const day = 86_400_000;
  const at = (days: number) => new Date(Date.now() + days * day);
  await db.query(
    `INSERT INTO customer_entitlements (customer_id, period_start, period_end, previous_period_start, updated_at)
     VALUES ($1, $2, $3, $4, now())`,
    [toUuid(customer_id), at(-2), at(28), at(-32)],
  );
  await send([
    { id: "now", customer_id },
    { id: "late", customer_id, occurred_at: at(-3).toISOString() },
    { id: "later", customer_id, occurred_at: at(-20).toISOString() },
  ]);
  const rows = await db.query(
    `SELECT value::int AS value FROM meter_usage JOIN meters m ON m.id = meter_id
     WHERE subject_id = $1 AND m.name = 'calls' ORDER BY period_start`,
    [toUuid(customer_id)],
  );
  expect(rows).toEqual([{ value: 2 }, { value: 1 }]);
  await quota(customer_id, "calls", 1);
  const { body } = await check({ customer_id, meter: "calls" });
  expect(body.code).toBe("QUOTA_EXCEEDED");
  expect(body.quota.resets_at).toBe(
    at(28).toISOString().slice(0, 10) + body.quota.resets_at.slice(10),
  );
});

test("an event that is late by several short periods counts in its own, and periods touch without overlap", async () => {
  const { id: customer_id } = await w.customer();
  const start = Date.now() - 2 * 86_400_000;
  const at = (days: number) => new Date(start + days * 86_400_000);
  const planId = newId("plv");
  for (const days of [-60, -50, -28, -17, -17, -9, 0])
    await transaction(w.ctx, (tx) =>
      grantPlan(tx, {
        ...{ customerId: customer_id, planId, planName: "Short" },
        ...{ periodStart: at(days), periodEnd: at(days + 30), inForce: true },
      }),
    );
  const days = [-32, -29, -20, -17, -9.5, -1, 1];
  await send(
    days.map((day) => ({
      ...{ id: `late-${day}`, customer_id },
      occurred_at: at(day).toISOString(),
    })),
  );
  const rows = await db.query<{ period_start: Date; value: number }>(
    `SELECT period_start, value::int AS value FROM meter_usage JOIN meters m ON m.id = meter_id
     WHERE subject_id = $1 AND m.name = 'calls' ORDER BY period_start`,
    [toUuid(customer_id)],
  );
  expect(rows).toEqual([
    { period_start: at(-50), value: 2 },
    { period_start: at(-28), value: 1 },
    { period_start: at(-17), value: 2 },
    { period_start: at(-9), value: 1 },
    { period_start: at(0), value: 1 },
  ]);
  const periods = await db.query<{ from: Date; to: Date }>(
    `SELECT DISTINCT billing_period_start(e, at) AS from, billing_period_end(e, at) AS to
     FROM customer_entitlements e, generate_series($2::timestamptz, $3, '6 hours') at
     WHERE customer_id = $1 ORDER BY 1`,
    [toUuid(customer_id), at(-150), at(45)],
  );
  expect(periods.length).toBeGreaterThan(8);
  for (const [i, { to }] of periods.slice(0, -1).entries())
    expect(periods[i + 1]?.from).toEqual(to);
});
