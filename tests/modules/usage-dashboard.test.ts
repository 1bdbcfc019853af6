import { grantPlan } from "@/modules/limits";
import { ingestEvents } from "@/modules/usage/queries";
import { transaction } from "@/platform/db/transaction";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { plan } from "../support/things";
import { world, type World } from "../support/world";
import { day, event } from "./usage-fixture";

const db = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

async function quota(customer: string, meter: string, amount: number) {
  await db.query(
    `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, updated_at)
     SELECT $1, 'customer', id, $3, now() FROM meters WHERE name = $2
     ON CONFLICT (subject_id, meter_id) DO UPDATE SET amount = excluded.amount`,
    [toUuid(customer), meter, amount],
  );
}

test("the dashboard names the plan, and projects from three whole days on", async () => {
  const { id: customer } = await w.customer();
  const { version } = await plan(w.ctx, {
    features: [
      {
        ...{ feature: "calls", title: "Calls", kind: "metered" },
        ...{ meter: "calls", quota: 1_000 },
      },
    ],
    spend_cap: { amount: "100", currency: "USD" },
  });
  // Four days behind and six to come: ten days at 10 calls of $0.50 each.
  const midnight = Math.floor(Date.now() / day) * day;
  await transaction(w.ctx, (tx) =>
    grantPlan(tx, {
      ...{ customerId: customer, planId: version.id, planName: "Test" },
      periodStart: new Date(midnight - 4 * day),
      periodEnd: new Date(midnight + 6 * day),
      inForce: true,
    }),
  );
  const used = (back: number) =>
    Array.from({ length: 10 }, (_, i) =>
      event(customer, `${back} ${i}`, {
        cost: "0.5",
        occurred_at: new Date(midnight - back * day + 60_000).toISOString(),
      }),
    );
  const dashboard = async () =>
    (
      await callRoute("usage.dashboard", {
        headers,
        params: { customer_id: customer },
      })
    ).body;
  await ingestEvents([...used(2), ...used(1)]);
  expect((await dashboard()).projections).toMatchObject({
    projected_monthly_cost: null,
  });
  await ingestEvents([...used(4), ...used(3)]);
  const { current_usage, limits, projections } = await dashboard();
  expect(current_usage).toMatchObject({ total_calls: 40, total_cost: "20" });
  expect(limits).toMatchObject({
    plan_name: "Test",
    limits: { calls: 1_000, monthly_cost: "100" },
  });
  // $20 by now, $5 for each of the five days to come and for what is left of today.
  const rest = 5 * (5 + (midnight + day - Date.now()) / day);
  expect(Number(projections.projected_monthly_cost)).toBeCloseTo(20 + rest, 0);
  expect(projections.projected_usage_percentage).toBeCloseTo(20 + rest, -1);
});

test("the dashboard tells usage, limits, projections and unread alerts, and under data for who reads it so", async () => {
  const { id: customer } = await w.customer();
  await quota(customer, "calls", 10);
  await quota(customer, "spend", 2);
  await ingestEvents([
    event(customer, "1", { provider: "gemini", cost: "1.5", tokens_input: 9 }),
    ...Array.from({ length: 7 }, (_, i) => event(customer, `x${i}`)),
  ]);
  const get = (id: string) =>
    callRoute(id, { headers, params: { customer_id: customer } });
  const { body } = await get("usage.dashboard");
  expect(body).toMatchObject({
    current_usage: {
      billing_period: new Date().toISOString().slice(0, 7),
      total_calls: 8,
      total_cost: "1.5",
      usage_status: "warning",
      usage_percentages: { calls: 80, cost: 75 },
      provider_breakdown: { gemini: { calls: 1, cost: "1.5" } },
    },
    limits: { plan_name: null, limits: { calls: 10, monthly_cost: "2" } },
    projections: {
      projected_monthly_cost: null,
      projected_usage_percentage: null,
    },
    summary: {
      total_api_calls_this_month: 8,
      total_cost_this_month: "1.5",
      usage_status: "warning",
      unread_alerts: 1,
    },
  });
  expect((await get("usage.wrappedDashboard")).body).toEqual({
    success: true,
    data: body,
  });
});
