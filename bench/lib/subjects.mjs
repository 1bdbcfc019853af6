import { forEach } from "./api.mjs";

/** @typedef {import("./stand.mjs").Stand} Stand */

/** @typedef {{ customer: string, key: string }} Subject a customer's id, and the secret of its key */

const HIGH = {
  per_second: 1_000_000,
  per_minute: 50_000_000,
  per_hour: 1_000_000_000,
  per_day: 2_000_000_000,
  per_month: 50_000_000_000,
};

/** Limits that five calls an hour exhaust. */
export const LOW = { ...HIGH, per_hour: 5 };

/**
 * Makes customers with a key each, through the API.
 * @param {Stand} stand
 * @param {{ count: number, name: string, limits?: typeof HIGH }} options `name`: of no other
 *   customers
 * @returns {Promise<Subject[]>}
 */
export function addSubjects({ call }, { count, name, limits = HIGH }) {
  const numbers = Array.from({ length: count }, (_, i) => i);
  return forEach(numbers, 8, async (i) => {
    const { id: customer } = await call("POST", "/customers", {
      email: `${name}-${i}@bench.example`,
      full_name: `${name} ${i}`,
    });
    await call("PUT", `/customers/${customer}/limits`, limits);
    const { key } = await call("POST", "/keys", {
      customer_id: customer,
      name: "Benchmark",
    });
    return { customer, key };
  });
}

/** What a check asks for when it asks for everything. */
export const EVERYTHING = { meter: "bench_calls", feature: "bench" };

/**
 * Gives each customer all that a check can decide: a quota of a meter, a spend cap and a feature,
 * beside the five windows that it has.
 * @param {Stand} stand
 * @param {Subject[]} subjects
 */
export async function addEverything({ call }, subjects) {
  const { meter, feature } = EVERYTHING;
  await call("POST", "/meters", {
    name: meter,
    title: "Benchmark calls",
    unit: "call",
    aggregation: "count",
    event_meter: meter,
  });
  await forEach(subjects, 8, async ({ customer }) => {
    await call("PUT", `/customers/${customer}/quotas`, {
      quotas: [{ meter, limit: 1_000_000_000, overage: false }],
      spend_cap: { amount: "1000000.00", currency: "USD" },
    });
    await call("PUT", `/customers/${customer}/features`, {
      features: [{ feature, kind: "boolean", value: true }],
    });
  });
}

/**
 * Endless picks of a list, in an order that is no order but the same in every run.
 * @template T
 * @param {T[]} list
 * @returns {() => T}
 */
export function picker(list) {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    // Safe: the index is below the length.
    return /** @type {T} */ (list[(state >>> 8) % list.length]);
  };
}
