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
export async function measurePath({ port, token }, name, path, calls) {
  const { exchange, close } = await openConnection(port);
  const request = encode({ path: `/api/v1${path}`, token });
  const call = async () => {
    const { status, body } = await exchange(request);
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
  };
  await closedLoop([call], { most: WARM_UP_CALLS, seconds: CASE_SECONDS });
  const isQuiet = await waitForQuiet();
  const { latencies } = await closedLoop([call], {
    most: calls,
    seconds: CASE_SECONDS,
  });
  close();
  const p95 = quantile(latencies, 0.95).toFixed(1);
  say(`    ${name}: p95 ${p95} ms${isQuiet ? "" : "  (the machine was busy)"}`);
  return latencies;
}
