import { callRoute, type Answer } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import type { RetentionPreview } from "@/modules/usage/contract/upkeep";
import { ingestEvents } from "@/modules/usage/queries";
import { compactUsageBreakdown } from "@/modules/usage/service/upkeep";
import { systemCtx } from "@/platform/jobs";
import { toUuid } from "@/shared/ids";
import { differences, event } from "./usage-fixture";

const db = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day).toISOString();
const rerate = (body: object) => callRoute("usage.rerate", { headers, body });
const spend = async (customer: string) =>
  (
    await db.query<{ value: string }>(
      `SELECT trim_scale(sum(value))::text AS value FROM meter_usage JOIN meters m ON m.id = meter_id
       WHERE subject_id = $1 AND m.name = 'spend'`,
      [toUuid(customer)],
    )
  )[0]?.value;

describe("pricing anew", () => {
  test("says the difference first, then changes costs, rollups, spend and alerts together", async () => {
    const { id: customer } = await w.customer();
    await db.query(
      `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, updated_at)
       SELECT $1, 'customer', id, 0.05, now() FROM meters WHERE name = 'spend'`,
      [toUuid(customer)],
    );
    await ingestEvents([
      ...[1, 2, 3].map((i) =>
        event(customer, `${i}`, {
          provider: "Later",
          model: "one",
          tokens_input: 1_000,
          occurred_at: new Date(Date.now() - i * 1_000).toISOString(),
        }),
      ),
      event(customer, "given", { provider: "later", model: "one", cost: "5" }),
      event(customer, "other", {
        provider: "openai",
        model: "gpt-4o",
        tokens_input: 1_000,
      }),
    ]);
    await db.query("DELETE FROM quotas WHERE subject_id = $1 AND amount > 1", [
      toUuid(customer),
    ]);
    const input = { from: ago(1), to: ago(-1), provider: "later" };
    expect((await rerate(input)).body).toMatchObject({
      events: 0,
      customers: [],
    });
    await callRoute("pricing.create", {
      headers,
      body: {
        provider: "later",
        model: "one",
        input_per_million: "20",
        source: "A test",
        effective_from: ago(2),
      },
    });
    const dry = (await rerate(input)).body;
    expect(dry).toMatchObject({
      applied: false,
      events: 3,
      newly_priced: 3,
      cost_before: "0",
      cost_after: "0.06",
      difference: "0.06",
      customers: [{ customer_id: customer, difference: "0.06" }],
    });
    expect(await spend(customer)).toBe("5.0025");
    expect((await rerate({ ...input, apply: true })).body).toMatchObject({
      ...dry,
      applied: true,
    });
    expect(await spend(customer)).toBe("5.0625");
    expect(await differences(db)).toEqual([]);
    const [row] = await db.query<{ n: number; given: string }>(
      `SELECT count(*) FILTER (WHERE unpriced)::int AS n, trim_scale(max(cost))::text AS given
       FROM usage_events WHERE customer_id = $1`,
      [toUuid(customer)],
    );
    expect(row).toEqual({ n: 0, given: "5" });
    expect((await rerate({ ...input, apply: true })).body.events).toBe(0);
  });

  test("a price that falls takes spend back, and the alert recovers", async () => {
    const { id: customer } = await w.customer();
    await db.query(
      `INSERT INTO price_book (id, provider, model, per_call, effective_from, source, updated_at)
       VALUES (gen_random_uuid(), 'falling', 'one', 1, now() - interval '3 days', 'A test', now())`,
    );
    await db.query(
      `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, updated_at)
       SELECT $1, 'customer', id, 10, now() FROM meters WHERE name = 'spend'`,
      [toUuid(customer)],
    );
    await ingestEvents(
      Array.from({ length: 9 }, (_, i) =>
        event(customer, `${i}`, { provider: "falling", model: "one" }),
      ),
    );
    const open = async () =>
      (
        await db.query<{ threshold: number }>(
          "SELECT threshold FROM alerts WHERE customer_id = $1 AND recovered_at IS NULL ORDER BY 1",
          [toUuid(customer)],
        )
      ).map(({ threshold }) => threshold);
    expect(await open()).toEqual([80, 90]);
    // As if the wrong price had never been: prices cannot change, so another stands for it.
    await db.query(
      `INSERT INTO price_book (id, provider, model, context_above, per_call, effective_from, source, updated_at)
       VALUES (gen_random_uuid(), 'falling', 'one', 1, 0.5, now() - interval '3 days', 'A test', now())`,
    );
    await db.query(
      "UPDATE usage_events SET tokens_input = 5 WHERE customer_id = $1",
      [toUuid(customer)],
    );
    await rerate({
      from: ago(1),
      to: ago(-1),
      customer_id: customer,
      apply: true,
    });
    expect(await spend(customer)).toBe("4.5");
    expect(await open()).toEqual([]);
  });

  test("a time whose events are gone is a 400", async () => {
    const answer = await rerate({
      from: "2020-01-01T00:00:00Z",
      to: "2020-02-01T00:00:00Z",
    });
    expect(answer.status).toBe(400);
  });
});

describe("retention", () => {
  const months = async () =>
    (
      await db.query<{ starts: string }>(
        "SELECT to_char(starts, 'YYYY-MM') AS starts FROM usage_months()",
      )
    ).map(({ starts }) => starts);
  /** While the events are in use the answer is 503 and nothing is dropped: ask again, as it says. */
  const run = async (turns = 10): Promise<Answer> => {
    const answer = await callRoute("usage.runRetention", { headers });
    if (answer.status === 503 && turns > 1) return run(turns - 1);
    expect(answer).toMatchObject({ status: 200 });
    return answer;
  };
  const monthAgo = (n: number) => {
    const now = new Date();
    return new Date(
      Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - n, 15),
    ).toISOString();
  };

  test("drops whole months that are older than kept, leaves sums, and an event still counts once", async () => {
    const { id: customer } = await w.customer();
    await db.query(
      "SELECT usage_ensure_partitions((now() - interval '20 months')::date, now()::date)",
    );
    const old = event(customer, "old", { occurred_at: monthAgo(15) });
    const kept = event(customer, "kept", { occurred_at: monthAgo(13) });
    await ingestEvents([old, kept]);
    const preview = await callRoute("usage.previewRetention", { headers });
    const { body } = await run();
    expect(preview.body).toMatchObject({ keep_months: 13 });
    const { would_drop } = preview.body as RetentionPreview;
    expect(would_drop.map(({ month }) => month)).toEqual(body.dropped);
    expect(would_drop.filter(({ events }) => events > 0)).toEqual([
      {
        month: monthAgo(15).slice(0, 7),
        events: 1,
        bytes: expect.any(Number),
      },
    ]);
    expect(
      (await callRoute("usage.previewRetention", { headers })).body.would_drop,
    ).toEqual([]);
    expect(body.keep_months).toBe(13);
    expect(body.dropped).toContain(monthAgo(15).slice(0, 7));
    expect(body.dropped).not.toContain(monthAgo(13).slice(0, 7));
    expect((await months())[0]).toBe(monthAgo(13).slice(0, 7));
    const [sum] = await db.query<{ n: number }>(
      "SELECT sum(calls)::int AS n FROM usage_daily WHERE customer_id = $1",
      [toUuid(customer)],
    );
    expect(sum?.n).toBe(2);
    await db.query("SELECT usage_ensure_partitions($1::date, $1::date)", [
      monthAgo(15),
    ]);
    const [again] = await ingestEvents([old]);
    expect(again?.status).toBe("duplicate");
    expect((await run()).body.dropped).toEqual([monthAgo(15).slice(0, 7)]);
    expect((await run()).body.dropped).toEqual([]);
  });

  test("keeps the months of an open billing period, and those that events may still come for", async () => {
    const { id: customer } = await w.customer();
    const changed = await callRoute("settings.update", {
      headers,
      body: { retention: { usage_events_months: 2 } },
    });
    expect(changed).toMatchObject({ status: 200 });
    await new Promise((done) => setTimeout(done, 1_100));
    await db.query(
      `INSERT INTO customer_entitlements (customer_id, period_start, period_end, updated_at)
       VALUES ($1, now() - interval '8 months', now() + interval '4 months', now())`,
      [toUuid(customer)],
    );
    expect((await run()).body.keep_months).toBe(2);
    expect((await months())[0]).toBe(monthOf(8));
    await db.query("DELETE FROM customer_entitlements");
    const { body } = await run();
    expect(body.keep_months).toBe(2);
    expect((await months()).length).toBeGreaterThanOrEqual(3);
  });

  const monthOf = (n: number) => {
    const at = new Date();
    at.setUTCMonth(at.getUTCMonth() - n);
    return at.toISOString().slice(0, 7);
  };
});

test("everyone's breakdown of past days is kept in one row each, with the same sums", async () => {
  const { id: customer } = await w.customer();
  for (const from of [0, 1, 2])
    await Promise.all(
      [0, 1, 2, 3].map((i) =>
        ingestEvents([
          event(customer, `compact ${from} ${i}`, {
            occurred_at: ago(3),
            model: `m${i % 2}`,
            cost: "0.5",
          }),
        ]),
      ),
    );
  const kept = await differences(db);
  await compactUsageBreakdown(systemCtx("test"));
  const [left] = await db.query(
    "SELECT count(*)::int AS n FROM usage_breakdown WHERE slot > 0 AND starts_at < date_trunc('day', now(), 'UTC')",
  );
  expect(left).toEqual({ n: 0 });
  expect(await differences(db)).toEqual(kept);
});
