import { say } from "../../scripts/lib/report.mjs";
import { encode, openConnection } from "./connection.mjs";
import { closedLoop } from "./load.mjs";
import { waitForQuiet } from "./quiet.mjs";
import { quantile } from "./statistics.mjs";

const WARM_UP_CALLS = 5;
const CASE_SECONDS = 30;

/**
 * The latencies of a path of the API in ms, ascending: asked again as soon as it was answered.
 * @param {import("./stand.mjs").Stand} stand
 * @param {string} name
 * @param {string} path
 * @param {number} calls
 */
export async function measurePath(stand, name, path, calls) {
  await ask(stand, path, WARM_UP_CALLS);
  const isQuiet = await waitForQuiet();
  const latencies = await ask(stand, path, calls);
  const p95 = quantile(latencies, 0.95).toFixed(1);
  say(`    ${name}: p95 ${p95} ms${isQuiet ? "" : "  (the machine was busy)"}`);
  return latencies;
}

/**
 * @param {import("./stand.mjs").Stand} stand
 * @param {string} path
 * @param {number} most
 */
async function ask({ port, token }, path, most) {
  const { exchange, close } = await openConnection(port);
  const request = encode({ path: `/api/v1${path}`, token });
  const call = async () => {
    const { status, body } = await exchange(request);
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
  };
  const { latencies } = await closedLoop([call], {
    most,
    seconds: CASE_SECONDS,
  });
  close();
  return latencies;
}
