import { callRoute } from "../support/app";

let codes = 0;
const freshCode = () => `plan_${(codes += 1)}`;

/** A price of so many minor units a month, or of what is no price. */
export const monthly = (amount: unknown, currency = "USD") => ({
  interval: "month",
  price: { amount, currency },
});

/** A feature of 1,000 calls. */
export const calls = (more: object = {}) => ({
  ...{ feature: "calls", title: "Calls", kind: "metered", meter: "calls" },
  ...{ quota: 1_000, overage: false },
  ...more,
});

/** A charge for each call. */
export const perCall = (unit_price: string, currency = "USD") => ({
  ...{ meter: "calls", currency },
  charge: { model: "per_unit", unit_price },
});

type Version = { id: string; plan_id: string };

/** The calls that the tests of plans make, with the headers that hold when they are made. */
export function planCalls(headers: () => Record<string, string>) {
  const create = (terms?: object, more: object = {}) =>
    callRoute("plans.create", {
      headers: headers(),
      body: {
        ...{ code: freshCode(), name: "Pro" },
        ...(terms && { terms }),
        ...more,
      },
    });
  const onPlan = (call: string, plan_id: string, body?: object) =>
    callRoute(call, {
      headers: headers(),
      params: { plan_id },
      ...(body && { body }),
    });
  const on = (call: string, { id, plan_id }: Version, body?: object) =>
    callRoute(call, {
      headers: headers(),
      params: { plan_id, version_id: id },
      ...(body && { body }),
    });

  /** A plan with these terms, and its draft. */
  async function drafted(terms: object, more: object = {}) {
    const { status, body } = await create(terms, more);
    expect([status, body.error]).toEqual([201, undefined]);
    return { plan: body, draft: body.draft_version as Version };
  }

  /** A plan with these terms, published. */
  async function published(terms: object, more: object = {}) {
    const { plan, draft } = await drafted(terms, more);
    const { status, body } = await on("planVersions.publish", draft);
    expect([status, body.error]).toEqual([200, undefined]);
    return { plan, version: body };
  }

  return { create, onPlan, on, drafted, published };
}
