import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { grantPlan, setPlanEntitlements } from "@/modules/limits";
import { transaction } from "@/platform/db/transaction";
import { fromUuid, toUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";

const db = useDatabase();
const day = 24 * 60 * 60;
const planId = fromUuid("req", "00000000-0000-7000-9000-000000000001");

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const check = (body: object) => callRoute("access.check", { headers, body });
const setQuotas = (customer_id: string, quotas: object[]) =>
  callRoute("quotas.set", {
    ...{ headers, params: { customer_id } },
    body: { quotas, spend_cap: null },
  });
const setDefault = (quotas: object[]) =>
  callRoute("quotas.setDefault", {
    headers,
    body: { quotas, spend_cap: null },
  });
const setPlan = (limit: number) =>
  transaction(w.ctx, (tx) =>
    setPlanEntitlements(tx, planId, {
      ...{ limits: null, features: [], spendCap: null },
      quotas: [{ meter: "tokens", limit }],
    }),
  );

async function onPlan() {
  const { id: customerId } = await w.customer();
  const periodStart = addSeconds(w.ctx.now(), -10 * day);
  const periodEnd = addSeconds(w.ctx.now(), 20 * day);
  const period = { periodStart, periodEnd, inForce: true };
  await transaction(w.ctx, (tx) =>
    grantPlan(tx, { customerId, planId, planName: "Pro", ...period }),
  );
  return customerId;
}

const standing = (id: string) =>
  db.query<{ threshold: number; is_open: boolean }>(
    `SELECT threshold, recovered_at IS NULL AS is_open FROM alerts
     WHERE customer_id = $1 ORDER BY created_at, threshold`,
    [toUuid(id)],
  );
const open = async (id: string) =>
  (await standing(id)).filter((a) => a.is_open).map((a) => a.threshold);

test("a greater quota takes alerts back, and they come again when it is reached", async () => {
  const { id } = await w.customer();
  await setQuotas(id, [{ meter: "tokens", limit: 100 }]);
  await check({ customer_id: id, meter: "tokens", cost: 95 });
  expect(await open(id)).toEqual([80, 90]);
  await setQuotas(id, [{ meter: "tokens", limit: 1_000 }]);
  expect(await open(id)).toEqual([]);
  await setQuotas(id, [{ meter: "tokens", limit: 110 }]);
  expect(await open(id)).toEqual([80]);
  expect(await standing(id)).toHaveLength(3);
});

test("defaults and plans that change are told to those who have them, by a job", async () => {
  await setPlan(100);
  const customerId = await onPlan();
  const { id } = await w.customer();
  await setDefault([{ meter: "tokens", limit: 100 }]);
  for (const customer_id of [customerId, id])
    await check({ customer_id, meter: "tokens", cost: 85 });
  expect([await open(customerId), await open(id)]).toEqual([[80], [80]]);
  await setPlan(1_000);
  await setDefault([{ meter: "tokens", limit: 2_000 }]);
  await runJobs(db);
  expect([await open(customerId), await open(id)]).toEqual([[], []]);
  await setDefault([]);
});
