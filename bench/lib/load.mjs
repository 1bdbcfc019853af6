import { setTimeout as sleep } from "node:timers/promises";
import { openConnection } from "./connection.mjs";

/** @typedef {() => Promise<unknown>} Call makes one call, and throws when its answer is wrong; HTTP calls answer the body */

/**
 * @typedef {object} Measure
 * @property {number} perSecond calls
 * @property {Float64Array} latencies ms, ascending
 */

/**
 * A closed loop: each of `calls` is made again as soon as it was answered.
 * @param {Call[]} calls one for each connection
 * @param {{ seconds?: number, most?: number, until?: () => boolean }} limit it ends after this
 *   time, when so many calls were begun, or when `until` says so
 * @returns {Promise<Measure>}
 */
export async function closedLoop(calls, limit) {
  const { seconds = 600, most = Infinity, until = () => false } = limit;
  const latencies = new Latencies();
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let made = 0;
  await Promise.all(
    calls.map(async (call) => {
      for (let now = performance.now(); now < end && made < most && !until();) {
        made += 1;
        await call();
        const after = performance.now();
        latencies.add(after - now);
        now = after;
      }
    }),
  );
  const took = (performance.now() - begun) / 1000;
  return { perSecond: made / took, latencies: latencies.sorted() };
}

/**
 * An open loop: calls are due at a steady rate, whether or not earlier ones were answered, and
 * a latency counts from when the call was due.
 * @param {Call[]} calls one for each connection, in turn
 * @param {{ perSecond: number, seconds: number }} rate
 * @returns {Promise<Measure>}
 */
export async function openLoop(calls, { perSecond, seconds }) {
  const latencies = new Latencies();
  const begun = performance.now();
  const total = Math.round(perSecond * seconds);
  await Promise.all(
    calls.map(async (call, first) => {
      for (let i = first; i < total; i += calls.length) {
        const due = begun + (i * 1000) / perSecond;
        const wait = due - performance.now();
        if (wait > 0) await sleep(wait);
        // A timer's own lateness is the client's, not the server's.
        const asked = wait > 0 ? performance.now() : due;
        await call();
        latencies.add(performance.now() - asked);
      }
    }),
  );
  const took = (performance.now() - begun) / 1000;
  return { perSecond: total / took, latencies: latencies.sorted() };
}

/**
 * Calls over HTTP, each on a connection of its own.
 * @param {object} options
 * @param {number} options.port
 * @param {number} options.connections
 * @param {() => Buffer} options.next the bytes of the next request
 * @param {string} options.expects each answer is a 200 that holds this text
 * @returns {Promise<{ calls: Call[], close: () => void }>}
 */
export async function httpCalls({ port, connections, next, expects }) {
  const open = await Promise.all(
    Array.from({ length: connections }, () => openConnection(port)),
  );
  const calls = open.map(({ exchange }) => async () => {
    const { status, body } = await exchange(next());
    if (status !== 200 || !body.includes(expects))
      throw new Error(
        `Expected a 200 with ${expects}; got ${status} ${body.slice(0, 300)}`,
      );
    return body;
  });
  return { calls, close: () => open.forEach(({ close }) => close()) };
}

class Latencies {
  #values = new Float64Array(1 << 16);
  #count = 0;

  /** @param {number} value */
  add(value) {
    if (this.#count === this.#values.length) {
      const wider = new Float64Array(this.#count * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  sorted() {
    return this.#values.slice(0, this.#count).sort();
  }
}
