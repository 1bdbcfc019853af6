import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import {
  endPlan,
  grantPlan,
  setPlanEntitlements,
  type PlanEntitlements,
} from "@/modules/limits";
import { issueKey } from "@/modules/keys";
import type { TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { fromUuid, toUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";

const db = useDatabase();
const day = 24 * 60 * 60;
const noCap = { spend_cap: null };

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const write = (work: (tx: TxCtx) => Promise<void>) => transaction(w.ctx, work);
const check = (body: object) => callRoute("access.check", { headers, body });
const on = (call: string, customer_id: string, body?: object) =>
  callRoute(call, { headers, params: { customer_id }, ...(body && { body }) });
const setQuotas = (
  id: string,
  quotas: object[],
  spend_cap: object | null = null,
) => on("quotas.set", id, { quotas, spend_cap });
const setDefault = (call: string, body: object) =>
  callRoute(call, { headers, body });
const quotaOf = (id: string) => check({ customer_id: id, meter: "tokens" });

let plans = 0;
/** A plan that gives this, and a customer that has it. */
async function onPlan(given: Partial<PlanEntitlements>, inForce = true) {
  plans += 1;
  const suffix = String(plans).padStart(12, "0");
  const planId = fromUuid("req", `00000000-0000-7000-9000-${suffix}`);
  const { id: customerId } = await w.customer();
  const periodStart = addSeconds(w.ctx.now(), -10 * day);
  const periodEnd = addSeconds(w.ctx.now(), 20 * day);
  await write(async (tx) => {
    await setPlanEntitlements(tx, planId, {
      ...{ limits: null, quotas: [], features: [], spendCap: null },
      ...given,
    });
    await grantPlan(tx, {
      ...{ customerId, planId, planName: "Pro", periodStart, periodEnd },
      inForce,
    });
  });
  return { customerId, planId, periodStart, periodEnd };
}

test("a quota is the customer's own, else its plan's, else the default, and a key's holds beside it", async () => {
  const { customerId, periodEnd } = await onPlan({
    quotas: [{ meter: "tokens", limit: 500 }],
  });
  const other = (await w.customer()).id;
  await setDefault("quotas.setDefault", {
    quotas: [{ meter: "tokens", limit: 100 }],
    ...noCap,
  });
  expect((await quotaOf(other)).body.quota.limit).toBe(100);
  expect((await quotaOf(customerId)).body.quota).toMatchObject({
    limit: 500,
    resets_at: periodEnd.toISOString(),
  });
  const own = await setQuotas(customerId, [{ meter: "tokens", limit: 700 }]);
  expect(own.body.quotas[0]).toMatchObject({
    ...{ meter: "tokens", limit: 700, base: 700, source: "customer", boost: 0 },
    ...{ used: 1, taken: 1, held: 0, reported: 0, remaining: 699 },
    ...{ percentage: 0.1, resets_at: periodEnd.toISOString() },
  });
  const { id: key_id, key } = await issueKey(w.ctx, {
    customer_id: customerId,
  });
  const body = { quotas: [{ meter: "tokens", limit: 5 }], ...noCap };
  const params = { key_id };
  await callRoute("keys.setQuotas", { headers, params, body });
  expect((await check({ key, meter: "tokens", cost: 6 })).body.code).toBe(
    "QUOTA_EXCEEDED",
  );
  expect((await check({ key, meter: "tokens", cost: 5 })).body.code).toBe(
    "VALID",
  );
  const rotated = await callRoute("keys.rotate", { headers, params, body: {} });
  const successor = { key_id: rotated.body.id };
  const kept = await callRoute("keys.getQuotas", {
    headers,
    params: successor,
  });
  expect(kept.body.quotas[0]).toMatchObject({
    limit: 5,
    used: 5,
    source: "key",
  });
  await setQuotas(customerId, []);
  expect((await quotaOf(customerId)).body.quota.limit).toBe(500);
  await setDefault("quotas.setDefault", { quotas: [], ...noCap });
  expect((await quotaOf(other)).body.quota).toBeNull();
});

test("windows and features follow the same order", async () => {
  const { customerId } = await onPlan({
    limits: { per_minute: 7 },
    features: [
      { feature: "seats", kind: "static", value: 5 },
      { feature: "export", kind: "boolean", value: true },
    ],
  });
  expect((await on("limits.get", customerId)).body).toMatchObject({
    source: "plan",
    plan: "Pro",
    limits: { per_minute: 7, per_day: null },
  });
  await setDefault("features.setDefault", {
    features: [
      { feature: "seats", kind: "static", value: 1 },
      { feature: "support", kind: "static", value: "mail" },
    ],
  });
  const own = await on("features.set", customerId, {
    features: [{ feature: "export", kind: "boolean", value: false }],
  });
  expect(own.body.features).toEqual([
    {
      feature: "export",
      kind: "boolean",
      value: false,
      meter: null,
      source: "customer",
    },
    { feature: "seats", kind: "static", value: 5, meter: null, source: "plan" },
    {
      feature: "support",
      kind: "static",
      value: "mail",
      meter: null,
      source: "default",
    },
  ]);
  const denied = await check({ customer_id: customerId, feature: "export" });
  expect(denied.body.code).toBe("FEATURE_NOT_GRANTED");
  const seats = await check({ customer_id: customerId, feature: "seats" });
  expect(seats.body.feature).toEqual({
    name: "seats",
    kind: "static",
    value: 5,
  });
});

test("a metered feature is had while its meter's quota lasts", async () => {
  const { id } = await w.customer();
  await setQuotas(id, [{ meter: "tokens", limit: 1 }]);
  await on("features.set", id, {
    features: [{ feature: "writing", kind: "metered", meter: "tokens" }],
  });
  const ask = () => check({ customer_id: id, feature: "writing" });
  expect((await ask()).body.code).toBe("VALID");
  expect((await ask()).body.code).toBe("QUOTA_EXCEEDED");
});

test("PUT replaces all quotas of its own, and says by field what is wrong", async () => {
  const { id } = await w.customer();
  await setQuotas(
    id,
    [
      { meter: "tokens", limit: 0 },
      { meter: "calls", limit: null, overage: true },
    ],
    { amount: "12.50", currency: "USD" },
  );
  const now = await on("quotas.get", id);
  expect(now.body.spend_cap).toMatchObject({
    amount: "12.5",
    remaining: "12.5",
  });
  expect(
    now.body.quotas.map((q: Record<string, unknown>) => [
      q["meter"],
      q["limit"],
      q["percentage"],
    ]),
  ).toEqual([
    ["calls", null, null],
    ["tokens", 0, 100],
  ]);
  expect((await quotaOf(id)).body.code).toBe("QUOTA_EXCEEDED");
  const fewer = await setQuotas(id, [{ meter: "calls", limit: 5 }]);
  expect(fewer.body).toMatchObject({
    quotas: [{ meter: "calls" }],
    spend_cap: null,
  });
  const wrong = [
    [[{ meter: "tokenz", limit: 1 }], "body.quotas.0.meter", /no meter tokenz/],
    [[{ meter: "spend", limit: 1 }], "body.quotas.0.meter", /spend_cap/],
    [
      [
        { meter: "calls", limit: 1 },
        { meter: "calls", limit: 2 },
      ],
      "body.quotas.1.meter",
      /twice/,
    ],
    [[{ meter: "calls", limit: -1 }], "body.quotas.0.limit", /0/],
  ] as const;
  for (const [quotas, field, message] of wrong) {
    const { status, body } = await setQuotas(id, [...quotas]);
    expect([field, status]).toEqual([field, 400]);
    expect(body.details.fields).toContainEqual({
      field,
      message: expect.stringMatching(message),
    });
  }
  expect((await on("quotas.get", id)).body.quotas).toHaveLength(1);
});

test("a plan that is not in force refuses, and a new period starts at nothing used", async () => {
  const had = await onPlan({ quotas: [{ meter: "tokens", limit: 1 }] }, false);
  const { customerId } = had;
  expect((await quotaOf(customerId)).body.code).toBe("SUBSCRIPTION_INACTIVE");
  const plan = { ...had, planName: "Pro", inForce: true };
  await write((tx) => grantPlan(tx, plan));
  expect((await quotaOf(customerId)).body.code).toBe("VALID");
  expect((await quotaOf(customerId)).body.code).toBe("QUOTA_EXCEEDED");
  const next = {
    ...plan,
    periodStart: w.ctx.now(),
    periodEnd: addSeconds(had.periodEnd, 30 * day),
  };
  await write((tx) => grantPlan(tx, next));
  await write((tx) => grantPlan(tx, next));
  expect((await quotaOf(customerId)).body.code).toBe("VALID");
  const empty = { ...next, periodEnd: next.periodStart };
  const given = write((tx) => grantPlan(tx, empty));
  await expect(given).rejects.toThrow(/must end after it begins/);
});

test("a plan that has ended refuses, and its period holds what was used until then", async () => {
  const had = await onPlan({ quotas: [{ meter: "tokens", limit: 1 }] });
  const [{ customerId, periodStart }, at] = [had, w.ctx.now()];
  await write((tx) => endPlan(tx, customerId, at));
  await write((tx) => endPlan(tx, customerId, addSeconds(at, day)));
  expect((await quotaOf(customerId)).body.code).toBe("SUBSCRIPTION_INACTIVE");
  const rows = await db.query(
    "SELECT period_start AS a, period_end AS b FROM customer_entitlements WHERE customer_id = $1",
    [toUuid(customerId)],
  );
  expect(rows).toEqual([{ a: periodStart, b: at }]);
  const { id } = await w.customer();
  await write((tx) => endPlan(tx, id, at));
  expect((await quotaOf(id)).body.code).toBe("VALID");
});

test("with a customer all that was kept of it and its keys goes", async () => {
  const { id } = await w.customer();
  const { id: key_id, key } = await issueKey(w.ctx, {
    customer_id: id,
    limits: { per_day: 5 },
  });
  const quotas = [{ meter: "tokens", limit: 5 }];
  await setQuotas(id, quotas);
  await callRoute("keys.setQuotas", {
    ...{ headers, params: { key_id } },
    body: { quotas, ...noCap },
  });
  await on("features.set", id, {
    features: [{ feature: "export", kind: "boolean", value: true }],
  });
  await check({ key, meter: "tokens" });
  const left = async () => {
    const tables = [
      "quotas",
      "feature_grants",
      "meter_usage",
      "limit_policies",
      "limit_counters",
    ];
    const counts = tables.map((table) =>
      db.query<{ n: string }>(
        `SELECT count(*) AS n FROM ${table} WHERE subject_id = ANY ($1)`,
        [[toUuid(id), toUuid(key_id)]],
      ),
    );
    return (await Promise.all(counts)).map(([row]) => Number(row?.n));
  };
  expect(await left()).toEqual([2, 1, 2, 1, 2]);
  expect((await on("customers.remove", id)).status).toBe(200);
  await runJobs(db);
  expect(await left()).toEqual([0, 0, 0, 0, 0]);
});
