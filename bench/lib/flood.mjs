// A thread that calls the app as fast as it answers, until it is told to stop: apart from the
// thread that measures, so that it does not keep that one waiting.
import { once } from "node:events";
import {
  isMainThread,
  parentPort,
  Worker,
  workerData,
} from "node:worker_threads";
import { closedLoop, httpCalls } from "./load.mjs";

/**
 * @typedef {object} Flood
 * @property {number} port
 * @property {number} connections
 * @property {Uint8Array} request its bytes
 * @property {string} expects what each answer holds
 */

/**
 * Starts a flood.
 * @param {Flood} flood
 * @returns {Promise<() => Promise<number>>} stops it; answers how many calls a second there were
 */
export async function startFlood(flood) {
  const worker = new Worker(new URL(import.meta.url), { workerData: flood });
  await once(worker, "message");
  return async () => {
    worker.postMessage("stop");
    const [perSecond] = await once(worker, "message");
    await worker.terminate();
    return perSecond;
  };
}

if (!isMainThread && parentPort) await runFlood(workerData, parentPort);

/**
 * @param {Flood} flood
 * @param {import("node:worker_threads").MessagePort} port
 */
async function runFlood({ request, ...flood }, port) {
  const bytes = Buffer.from(request);
  const { calls, close } = await httpCalls({ ...flood, next: () => bytes });
  let stopped = false;
  port.once("message", () => (stopped = true));
  port.postMessage("begun");
  const { perSecond } = await closedLoop(calls, { until: () => stopped });
  port.postMessage(perSecond);
  close();
}
