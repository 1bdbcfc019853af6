import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { licenseFixture } from "./license-fixture";
import { calls, monthly, planCalls } from "./plans-fixture";

const database = useDatabase();
const { held, issue, on, age } = licenseFixture(database);
const {
  onPlan,
  on: onVersion,
  drafted,
  published,
} = planCalls(() => held.headers);

const seats = {
  ...{ feature: "seats", title: "Seats" },
  ...{ kind: "static", value: 25 },
};
const support = { ...seats, feature: "support", value: "by mail" };
const terms = {
  prices: [monthly(7_900)],
  features: [seats, support, calls()],
};

const list = async (query: Record<string, string>) => {
  const { headers } = held;
  const answer = await callRoute("licenses.list", { headers, query });
  return (answer.body.items as { name: string }[]).map(({ name }) => name);
};

test("a license by a plan has its name and allowances, and keeps them when the plan changes", async () => {
  const { plan, version } = await published(terms, { name: "Pro" });
  const made = await issue({ plan_id: plan.id });
  expect(made).toMatchObject({
    name: "Pro",
    plan: { id: plan.id, version_id: version.id, name: "Pro" },
    quotas: { seats: 25, calls: 1_000 },
  });
  const { body: draft } = await onPlan("planVersions.draft", plan.id);
  const more = { ...terms, features: [{ ...seats, value: 50 }] };
  await onVersion("planVersions.setTerms", draft, more);
  await onVersion("planVersions.publish", draft);
  const after = await on("get", made.id);
  expect(after.body.quotas).toEqual(made.quotas);
  expect(after.body.plan.version_id).toBe(version.id);
  const newer = await issue({ plan_id: plan.id, name: "Pro for two" });
  expect(newer).toMatchObject({ name: "Pro for two", quotas: { seats: 50 } });
  expect(await list({ plan_id: plan.id })).toEqual(["Pro for two", "Pro"]);
});

test("allowances that are given stand in place of the plan's", async () => {
  const { plan } = await published(terms);
  const made = await issue({ plan_id: plan.id, quotas: { seats: null } });
  expect(made.quotas).toEqual({ seats: null });
});

test("a plan that is not sold gives no license, and the refusal says what to do", async () => {
  const { plan } = await drafted(terms, { name: "Next" });
  expect(await issue({ plan_id: plan.id })).toMatchObject({
    code: "CONFLICT",
    error: expect.stringContaining("Publish it first"),
  });
  const { plan: old } = await published(terms, { name: "Old" });
  await onPlan("plans.archive", old.id);
  expect(await issue({ plan_id: old.id })).toMatchObject({
    code: "CONFLICT",
    error: expect.stringContaining("archived"),
  });
  const unknown = await issue({ plan_id: "pln_01jd0000000000000000000000" });
  expect(unknown.code).toBe("NOT_FOUND");
});

test("the list tells which end soon, without those that ended or never do", async () => {
  const { customer_id } = held;
  await issue({ name: "in a month" });
  await issue({ name: "never", interval: "once" });
  await issue({ name: "in 5 days", valid_days: 5 });
  const ended = await issue({ name: "ended", valid_days: 5 });
  await age(ended.key, "expires_at", "6 days");
  const stopped = await issue({ name: "suspended", valid_days: 5 });
  await on("suspend", stopped.id, {});
  const within = (days: string, more = {}) =>
    list({ customer_id, expires_within_days: days, ...more });
  expect(await within("7")).toEqual(["in 5 days"]);
  expect(await within("40")).toEqual(["in 5 days", "in a month"]);
  expect(await within("40", { status: "active" })).toHaveLength(2);
  expect(await within("40", { status: "expired" })).toEqual([]);
});

test("a license may come with a subscription, renews with it and is suspended when it is canceled", async () => {
  const { plan } = await published(terms);
  const made = await issue({ plan_id: plan.id, create_subscription: true });
  const { headers } = held;
  const params = { subscription_id: made.subscription_id };
  const read = async () =>
    (await callRoute("subscriptions.get", { headers, params })).body;
  const opened = await read();
  expect(opened).toMatchObject({ customer_id: held.customer_id });
  expect(Date.parse(made.expires_at)).toBe(
    Date.parse(opened.current_period_end) + 24 * 60 * 60 * 1_000,
  );
  await age(made.key, "expires_at", "10 days");
  await transaction(held.w.ctx, (tx) =>
    emit(tx, {
      name: "subscription.renewed",
      payload: { ...params, customer_id: held.customer_id },
    }),
  );
  await runJobs(database);
  expect((await on("get", made.id)).body.expires_at).toBe(made.expires_at);
  const body = { when: "now", reason: "other" };
  await callRoute("subscriptions.cancel", { headers, params, body });
  await runJobs(database);
  expect((await on("get", made.id)).body).toMatchObject({
    status: "suspended",
    suspended_by: "subscription",
  });
});

test("a subscription needs a plan and a cycle, and the refusal says so", async () => {
  const { plan } = await published(terms);
  for (const [body, words] of [
    [{}, /plan_id/],
    [{ plan_id: plan.id, interval: "once" }, /month or year/],
    [{ plan_id: plan.id, valid_days: 5 }, /sets the end itself/],
  ] as const) {
    const refused = await issue({ ...body, create_subscription: true });
    expect(refused.code).toBe("VALIDATION_FAILED");
    expect(refused.error).toMatch(words);
  }
});
