import { encode } from "./connection.mjs";
import { startFlood } from "./flood.mjs";
import { httpCalls, openLoop } from "./load.mjs";
import { waitForQuiet } from "./quiet.mjs";
import { latency } from "./rounds.mjs";
import { withSpread } from "./statistics.mjs";
import { printTable } from "./table.mjs";

const FLOODED_PER_SECOND = 50;

/** @typedef {import("./load.mjs").Measure} Measure */
/** @typedef {import("./subjects.mjs").Subject} Subject */

/**
 * The other customer's checks, at a steady 50 a second: alone, beside a flood that is admitted,
 * and beside one that is refused.
 * @param {import("./stand.mjs").Stand} stand
 * @param {{ refused: Subject, flooder: Subject, other: Subject }} subjects
 * @param {{ rounds: number, seconds: number, connections: number }} options `connections` of the flood
 */
export async function compareFloods({ port, token }, subjects, options) {
  const { rounds, seconds, connections } = options;
  const asked = (/** @type {string} */ key) =>
    encode({ method: "POST", path: "/api/v1/check", token, body: { key } });
  const floods = {
    alone: null,
    "beside a flood that is admitted": [subjects.flooder.key, "VALID"],
    "beside a flood that is refused": [subjects.refused.key, "RATE_LIMITED"],
  };
  /** @type {Map<string, { measures: Measure[], floods: number[] }>} */
  const found = new Map();
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, flood] of Object.entries(floods)) {
      await waitForQuiet();
      const [key = "", code] = flood ?? [];
      const stop =
        flood &&
        (await startFlood({
          port,
          connections,
          request: asked(key),
          expects: `"code":"${code}"`,
        }));
      // Opened each time: the server closes connections that wait for long.
      const { calls, close } = await httpCalls({
        port,
        connections: 16,
        next: () => asked(subjects.other.key),
        expects: '"code":"VALID"',
      });
      const measure = await openLoop(calls, {
        perSecond: FLOODED_PER_SECOND,
        seconds: seconds * 2,
      });
      close();
      const perSecond = stop ? await stop() : 0;
      if (round === 0) continue;
      const kept = found.get(name) ?? { measures: [], floods: [] };
      kept.measures.push(measure);
      kept.floods.push(perSecond);
      found.set(name, kept);
    }
  printTable(
    `One customer's ${FLOODED_PER_SECOND} checks a second, on 16 connections`,
    ["", "p50 ms", "p95 ms", "p99 ms", "the flood, a second"],
    [...found].map(([name, { measures, floods: rates }]) => [
      name,
      ...[0.5, 0.95, 0.99].map((share) => latency(measures, share)),
      withSpread(rates),
    ]),
  );
}
