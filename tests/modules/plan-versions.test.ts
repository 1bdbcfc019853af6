import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { calls, monthly, perCall, planCalls } from "./plans-fixture";
import { grantPlan } from "@/modules/limits";
import { chargesOf, getPlanVersion, priceOf } from "@/modules/plans";
import { transaction } from "@/platform/db/transaction";
import { toUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";

const db = useDatabase();
const day = 24 * 60 * 60;

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const { drafted, on, onPlan, published } = planCalls(() => headers);

test("a published version never changes: not by the API, and not by SQL", async () => {
  const { plan, version } = await published({
    prices: [monthly(1_000)],
    features: [calls({ overage: true })],
    charges: [perCall("0.1")],
  });
  const terms = { prices: [monthly(1)] };
  const refused = await on("planVersions.setTerms", version, terms);
  expect([refused.status, refused.body.code]).toEqual([409, "CONFLICT"]);
  expect(refused.body.error).toMatch(/never changes. Begin a new version/);
  expect((await on("planVersions.publish", version)).status).toBe(409);
  expect((await on("planVersions.discard", version)).status).toBe(409);
  const id = toUuid(version.id);
  const attempts = [
    "UPDATE plan_versions SET trial_days = 30 WHERE id = $1",
    "UPDATE plan_versions SET status = 'draft', published_at = NULL WHERE id = $1",
    "DELETE FROM plan_versions WHERE id = $1",
    "UPDATE plan_prices SET amount_minor = 1 WHERE plan_version_id = $1",
    "DELETE FROM plan_prices WHERE plan_version_id = $1",
    "INSERT INTO plan_prices (id, plan_version_id, currency, interval, amount_minor) VALUES (gen_random_uuid(), $1, 'EUR', 'month', 1)",
    "UPDATE plan_features SET quota = 5 WHERE plan_version_id = $1",
    "DELETE FROM plan_features WHERE plan_version_id = $1",
    "UPDATE plan_charges SET terms = '{}' WHERE plan_version_id = $1",
    "DELETE FROM plan_charges WHERE plan_version_id = $1",
  ];
  for (const statement of attempts)
    await expect(db.query(statement, [id])).rejects.toThrow(
      /a published version of a plan never changes/,
    );
  const now = await on("planVersions.get", version);
  expect(now.body).toEqual({ ...version, is_current: true });
  expect((await onPlan("plans.get", plan.id)).body.current_version).toEqual(
    version,
  );
});

test("a change is a new version: a copy to edit, and the old one stays for those who have it", async () => {
  const { plan, version } = await published({
    prices: [monthly(1_000), monthly(900, "EUR")],
    features: [calls({ overage: true })],
    charges: [perCall("0.1"), perCall("0.09", "EUR")],
    limits: { per_day: 5 },
    spend_cap: { amount: "12.5", currency: "USD" },
  });
  const { status, body: draft } = await onPlan("planVersions.draft", plan.id);
  expect(status).toBe(201);
  const { prices, features, charges, limits, spend_cap } = version;
  expect(draft).toMatchObject({
    ...{ number: 2, status: "draft", is_current: false },
    ...{ prices, features, charges, limits, spend_cap },
  });
  const second = await onPlan("planVersions.draft", plan.id);
  expect(second.status).toBe(409);
  expect(second.body.details).toEqual({ version_id: draft.id });
  await on("planVersions.setTerms", draft, { prices: [monthly(2_000)] });
  expect(
    (await onPlan("plans.get", plan.id)).body.current_version.prices,
  ).toEqual(prices);
  await on("planVersions.publish", draft);
  const now = (await onPlan("plans.get", plan.id)).body;
  expect(now).toMatchObject({
    current_version: { number: 2, prices: [monthly(2_000)], features: [] },
    draft_version: null,
  });
  const { body: all } = await onPlan("planVersions.list", plan.id);
  expect(all.items).toEqual([
    now.current_version,
    { ...version, is_current: false },
  ]);
});

test("a discarded draft is gone, and another one can be begun", async () => {
  const { plan, draft } = await drafted({ prices: [monthly(0)] });
  const without = await on("planVersions.discard", draft);
  expect(without.body.draft_version).toBeNull();
  expect((await on("planVersions.get", draft)).status).toBe(404);
  const { body: empty } = await onPlan("planVersions.draft", plan.id);
  expect(empty).toMatchObject({ number: 1, prices: [], features: [] });
});

test("publishing grants limits, quotas and features to who has the version, from the next check", async () => {
  const { plan, draft } = await drafted({
    prices: [monthly(0)],
    limits: { per_minute: 7 },
    features: [
      calls({ quota: 3 }),
      { feature: "logo", title: "Own logo", kind: "boolean", value: true },
    ],
    spend_cap: { amount: "5", currency: "USD" },
  });
  const { id: customerId } = await w.customer();
  const now = w.ctx.now();
  await transaction(w.ctx, (tx) =>
    grantPlan(tx, {
      ...{ customerId, planId: draft.id, planName: "Pro", inForce: true },
      periodStart: addSeconds(now, -day),
      periodEnd: addSeconds(now, 29 * day),
    }),
  );
  const check = async (more: object) =>
    (
      await callRoute("access.check", {
        headers,
        body: { customer_id: customerId, ...more },
      })
    ).body;
  const before = await check({ feature: "logo" });
  expect([before.code, before.limits.per_minute]).not.toEqual(["VALID", 7]);
  await on("planVersions.publish", draft);
  const after = await check({ feature: "logo" });
  expect([after.code, after.limits.per_minute]).toEqual(["VALID", 7]);
  const codes = [];
  for (let i = 0; i < 4; i += 1)
    codes.push((await check({ meter: "calls" })).code);
  expect(codes).toEqual(["VALID", "VALID", "VALID", "QUOTA_EXCEEDED"]);
  const quotas = await callRoute("quotas.get", {
    headers,
    params: { customer_id: customerId },
  });
  expect(quotas.body).toMatchObject({
    quotas: [{ meter: "calls", limit: 3, source: "plan", overage: false }],
    spend_cap: { amount: "5", source: "plan" },
  });
  // The next version is for those who get it: this customer keeps the one it has.
  const { body: next } = await onPlan("planVersions.draft", plan.id);
  await on("planVersions.setTerms", next, {
    prices: [monthly(0)],
    limits: { per_minute: 70 },
  });
  await on("planVersions.publish", next);
  const kept = await check({ feature: "logo" });
  expect([kept.code, kept.limits.per_minute]).toEqual(["VALID", 7]);
});

test("of two who change a draft at once the second learns of the first", async () => {
  const { draft } = await drafted({ prices: [monthly(1)] });
  const params = { plan_id: draft.plan_id, version_id: draft.id };
  const seen = (await on("planVersions.get", draft)).headers.get("etag") ?? "";
  const send = (call: string, body?: object) =>
    callRoute(call, {
      headers: { ...headers, "if-match": seen },
      params,
      ...(body && { body }),
    });
  const terms = { prices: [monthly(2)] };
  expect((await send("planVersions.setTerms", terms)).status).toBe(200);
  const late = await send("planVersions.setTerms", { prices: [monthly(3)] });
  expect([late.status, late.body.details.action]).toEqual([
    412,
    "plan.version_updated",
  ]);
  expect((await send("planVersions.publish")).status).toBe(412);
  expect((await on("planVersions.publish", draft)).body.prices).toEqual(
    terms.prices,
  );
});

test("twenty who publish the same draft publish it once, and two drafts are never begun at once", async () => {
  const { plan, draft } = await drafted({ prices: [monthly(1)] });
  const statuses = async (ask: () => Promise<{ status: number }>) =>
    (await Promise.all(Array.from({ length: 20 }, ask)))
      .map(({ status }) => status)
      .sort();
  expect(await statuses(() => on("planVersions.publish", draft))).toEqual([
    200,
    ...Array<number>(19).fill(409),
  ]);
  expect(await statuses(() => onPlan("planVersions.draft", plan.id))).toEqual([
    201,
    ...Array<number>(19).fill(409),
  ]);
});

test("what other modules ask of a version is exact", async () => {
  const { version, plan } = await published({
    prices: [monthly(7_900), monthly(1_000, "JPY")],
    features: [calls({ quota: 0.5, overage: true })],
    charges: [
      perCall("0.02"),
      perCall("3", "JPY"),
      { ...perCall("0.5"), meter: "tokens" },
      { ...perCall("1", "JPY"), meter: "tokens" },
    ],
  });
  const sold = await getPlanVersion(w.ctx, version.id);
  expect(sold.plan).toMatchObject({ id: plan.id, code: plan.code });
  expect(priceOf(sold, "USD", "month")).toBe(7_900n);
  expect(priceOf(sold, "USD", "year")).toBeNull();
  expect(priceOf(sold, "EUR", "month")).toBeNull();
  expect(chargesOf(sold, "JPY")).toMatchObject([
    { meter: "calls", included: "0.5", charge: { unit_price: "3" } },
    { meter: "tokens", included: "0", charge: { unit_price: "1" } },
  ]);
});
