import { agendaOf, deeds } from "@/modules/subscriptions/agenda";
import { subscriptionStatuses } from "@/modules/subscriptions/contract";
import {
  hasEnded,
  nextStatus,
  subscriptionEvents,
  type SubscriptionEvent,
} from "@/modules/subscriptions/status";
import type { Sub } from "@/modules/subscriptions/subscription";
import { emit } from "@/platform/outbox";
import { transaction } from "@/platform/db/transaction";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { plan } from "../support/things";
import { price, subscriptionsFixture } from "./subscriptions-fixture";

const database = useDatabase();
const s = subscriptionsFixture(database);

const at = (iso: string) => new Date(`${iso}T00:00:00Z`);

const sub = (more: Partial<Sub>): Sub => ({
  ...{ id: "sub_x", customerId: "cus_x", planVersionId: "plv_x" },
  ...{ status: "active", hasAccess: true, quantity: 1, currency: "USD" },
  ...{ interval: "month", unitMinor: 1_000n, provider: "manual" },
  ...{ providerSubscriptionId: null, couponId: null, couponUntil: null },
  ...{ anchorAt: at("2026-01-01"), timeZone: "UTC", periodNumber: 0 },
  ...{ periodStart: at("2026-01-01"), periodEnd: at("2026-02-01") },
  ...{ trialEnd: null, cancelAt: null, cancelReason: null },
  ...{ cancelComment: null, canceledAt: null, endedAt: null },
  lateUntil: null,
  ...{ pausedAt: null, resumesAt: null, paymentDueAt: null },
  ...{ pastDueAt: null, graceUntil: null, dunningStep: 0, toldOf: null },
  ...{ metadata: {}, createdAt: at("2026-01-01"), updatedAt: at("2026-01-01") },
  ...more,
});
const plainAgenda = (more: Partial<Sub>) =>
  agendaOf(sub(more), { trial: 3, renewal: 7 }).map(
    ({ deed, at: when }) => `${when.toISOString().slice(0, 10)} ${deed}`,
  );

// Written down by hand: what is not here must be refused.
const moves: [string, SubscriptionEvent, string][] = [
  ["incomplete", "payment_succeeded", "active"],
  ["incomplete", "payment_failed", "incomplete"],
  ["incomplete", "payment_window_ended", "incomplete_expired"],
  ["incomplete", "canceled", "canceled"],
  ["trialing", "trial_ended", "active"],
  ["trialing", "payment_succeeded", "trialing"],
  ["trialing", "payment_failed", "trialing"],
  ["trialing", "canceled", "canceled"],
  ["trialing", "paused", "paused"],
  ["active", "period_ended", "active"],
  ["active", "payment_succeeded", "active"],
  ["active", "payment_failed", "past_due"],
  ["active", "canceled", "canceled"],
  ["active", "paused", "paused"],
  ["past_due", "period_ended", "past_due"],
  ["past_due", "payment_succeeded", "active"],
  ["past_due", "payment_failed", "past_due"],
  ["past_due", "dunning_ended_unpaid", "unpaid"],
  ["past_due", "dunning_ended_canceled", "canceled"],
  ["past_due", "canceled", "canceled"],
  ["paused", "payment_succeeded", "paused"],
  ["paused", "payment_failed", "paused"],
  ["paused", "unpaused", "active"],
  ["paused", "canceled", "canceled"],
  ["unpaid", "period_ended", "unpaid"],
  ["unpaid", "payment_succeeded", "active"],
  ["unpaid", "payment_failed", "unpaid"],
  ["unpaid", "canceled", "canceled"],
  ["canceled", "payment_succeeded", "canceled"],
  ["canceled", "payment_failed", "canceled"],
  ["incomplete_expired", "payment_succeeded", "incomplete_expired"],
  ["incomplete_expired", "payment_failed", "incomplete_expired"],
];

test("the table of states has these moves, and no other", () => {
  const found = subscriptionStatuses.flatMap((from) =>
    subscriptionEvents.flatMap((event) => {
      const to = nextStatus(from, event);
      return to ? [`${from} ${event} ${to}`] : [];
    }),
  );
  expect(found.sort()).toEqual(moves.map((move) => move.join(" ")).sort());
  expect(subscriptionStatuses.filter(hasEnded)).toEqual([
    "canceled",
    "incomplete_expired",
  ]);
});

test("the clock has to do, in each state, what is due in it and nothing else", () => {
  expect(plainAgenda({})).toEqual(["2026-01-25 tell", "2026-02-01 renew"]);
  expect(plainAgenda({ paymentDueAt: at("2026-01-15") })[0]).toBe(
    "2026-01-15 lapse",
  );
  // An end and a renewal at the same instant: it ends.
  expect(plainAgenda({ cancelAt: at("2026-02-01") })).toEqual([
    "2026-02-01 cancel",
    "2026-02-01 renew",
  ]);
  const trialEnd = at("2026-02-01");
  expect(plainAgenda({ status: "trialing", trialEnd })).toEqual([
    "2026-01-29 tell",
    "2026-02-01 end_trial",
  ]);
  const late = { status: "past_due", pastDueAt: at("2026-01-10") } as const;
  const graceUntil = at("2026-01-17");
  expect(plainAgenda({ ...late, graceUntil })).toEqual([
    "2026-01-12 dun",
    "2026-01-17 end_access",
    "2026-02-01 renew",
  ]);
  expect(plainAgenda({ ...late, hasAccess: false, dunningStep: 4 })).toEqual([
    "2026-02-01 end_dunning",
  ]);
  expect(
    plainAgenda({ status: "paused", resumesAt: at("2026-03-01") }),
  ).toEqual(["2026-03-01 unpause"]);
  for (const status of ["canceled", "incomplete_expired", "unpaid"] as const)
    expect(plainAgenda({ status })).toEqual([]);
  expect(plainAgenda({ providerSubscriptionId: "sub_1" })).toEqual([]);
  expect(new Set(deeds).size).toBe(deeds.length);
});

describe("a subscription that a provider bills", () => {
  const word = (more: object) => ({
    ...{ provider: "stripe", provider_subscription_id: "sub_1Abc" },
    ...{ customer_id: null, subscription_id: null, plan_version_id: null },
    ...{ plan_code: null, interval: "month", quantity: 1, currency: "USD" },
    ...{ amount_minor: 7_900, status: "active" },
    current_period_start: "2026-01-01T00:00:00.000Z",
    current_period_end: "2026-02-01T00:00:00.000Z",
    ...{ trial_end: null, cancel_at: null, canceled_at: null, ended_at: null },
    read_at: "2026-01-01T00:00:00.000Z",
    ...more,
  });
  const say = async (payload: object) => {
    const { ctx } = s.world();
    await transaction(ctx, (tx) =>
      emit(tx, {
        name: "provider.subscription_changed",
        payload: payload as never, // Safe: flat, as payments emits it.
      }),
    );
    await runJobs(database);
  };
  const listed = async (customer_id: string) =>
    (await s.send("subscriptions.listOfCustomer", { customer_id })).body.items;

  test("is followed by its last reading, in whatever order events come, and makes no invoices", async () => {
    const { id: customer_id } = await s.world().customer();
    const { code } = await plan(s.world().ctx);
    const first = word({ customer_id, plan_code: code });
    const late = {
      ...first,
      status: "past_due",
      read_at: "2026-01-03T00:00:00.000Z",
    };
    await say(late);
    await say(first);
    await say(late);
    const [only, ...others] = await listed(customer_id);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      ...{ status: "past_due", is_billed_by_provider: true, has_access: true },
      amount: { amount: 7_900, currency: "USD" },
    });
    expect(await s.refused("change", only, { quantity: 2 })).toContain(
      "billed by stripe",
    );
    await say({
      ...late,
      ...{ status: "canceled", ended_at: "2026-01-05T00:00:00.000Z" },
      read_at: "2026-01-05T00:00:00.000Z",
    });
    const [over] = await listed(customer_id);
    expect(over).toMatchObject({ status: "canceled", has_access: false });
    expect(await s.bills(customer_id)).toEqual([]);
  });

  test("adopts the one that was opened here", async () => {
    const { id: customer_id } = await s.world().customer();
    const version = await s.sold([price(0)]);
    const ours = await s.open({ customer_id, plan_version_id: version.id });
    await say(
      word({
        ...{ customer_id, subscription_id: ours.id },
        provider_subscription_id: "sub_2Abc",
      }),
    );
    const [only, ...others] = await listed(customer_id);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ id: ours.id, provider: "stripe" });
  });
});

describe("a customer's own", () => {
  const own = async () => {
    const { customerId, cookie } = await s.world().person("billing");
    const headers = { cookie, origin: s.world().origin };
    const send = (call: string, body?: object, params = {}) =>
      callRoute(call, { headers, params, ...(body && { body }) });
    return { customerId, send };
  };

  test("subscribes to what is offered, pays, and has one at a time", async () => {
    const { customerId, send } = await own();
    const version = await s.sold([price(2_900)]);
    const body = { plan_version_id: version.id };
    const shown = await send("ownSubscriptions.preview", body);
    expect(shown.body).toMatchObject({
      status: "incomplete",
      now: { due: { amount: 2_900, currency: "USD" } },
    });
    const { status, body: sub } = await send(
      "ownSubscriptions.subscribe",
      body,
    );
    expect([status, sub.status, sub.has_access]).toEqual([
      201,
      "incomplete",
      false,
    ]);
    expect((await send("ownSubscriptions.subscribe", body)).status).toBe(409);
    await s.payAll(s.world().ctx, customerId);
    await runJobs(database);
    const [mine] = (await send("ownSubscriptions.list")).body.items;
    expect(mine).toMatchObject({ id: sub.id, status: "active" });
    const params = { subscription_id: sub.id };
    const credit = { when: "now", credit_unused: true };
    const refused = await send("ownSubscriptions.cancel", credit, params);
    expect(refused.status).toBe(403);
    const ended = await send("ownSubscriptions.cancel", {}, params);
    expect(ended.body.cancel_at).toBe(ended.body.current_period_end);
  });

  test("knows nothing of hidden plans and old versions, and names no price", async () => {
    const { send } = await own();
    const hidden = await plan(s.world().ctx);
    await callRoute("plans.update", {
      headers: s.headers(),
      params: { plan_id: hidden.id },
      body: { is_public: false },
    });
    const body = { plan_version_id: hidden.version.id };
    expect((await send("ownSubscriptions.subscribe", body)).status).toBe(404);
    const priced = { ...body, unit_amount: { amount: 1, currency: "USD" } };
    expect((await send("ownSubscriptions.subscribe", priced)).status).toBe(400);
  });
});
