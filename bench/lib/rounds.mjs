import { say } from "../../scripts/lib/report.mjs";
import { quantile, withSpread } from "./statistics.mjs";
import { isStillQuiet, waitForQuiet } from "./quiet.mjs";

const ATTEMPTS = 3;

/** @typedef {import("./load.mjs").Measure} Measure */

/**
 * Runs contenders in turn, round after round, so that what changes on the machine meanwhile
 * changes for all of them. One unmeasured round goes before.
 * @template {string} Name
 * @param {Record<Name, () => Promise<Measure>>} contenders
 * @param {{ rounds: number }} options
 * @returns {Promise<Record<Name, Measure[]>>} one measure for each round
 */
export async function alternate(contenders, { rounds }) {
  // Safe: an object's own keys are the names that its type lists.
  const names = /** @type {Name[]} */ (Object.keys(contenders));
  const entries = names.map((name) => [name, []]);
  /** @type {Record<Name, Measure[]>} */
  const measures = Object.fromEntries(entries);
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const { measure, remark } =
        round === 0
          ? { measure: await contenders[name](), remark: "" }
          : await measureInQuiet(contenders[name]);
      if (round > 0) measures[name].push(measure);
      const what = round === 0 ? "warm-up" : `round ${round}/${rounds}`;
      say(`    ${what}  ${name}: ${Math.round(measure.perSecond)}/s${remark}`);
    }
  }
  return measures;
}

/**
 * A measure between two quiet moments, if there are such.
 * @param {() => Promise<Measure>} contender
 */
async function measureInQuiet(contender) {
  for (let attempt = 1; ; attempt += 1) {
    const wasQuiet = await waitForQuiet();
    const measure = await contender();
    if (wasQuiet && (await isStillQuiet())) return { measure, remark: "" };
    if (!wasQuiet || attempt === ATTEMPTS)
      return { measure, remark: "  (the machine was busy with other things)" };
  }
}

/**
 * Subject ÷ baseline, for each round.
 * @param {Measure[]} subject
 * @param {Measure[]} baseline
 */
export function ratios(subject, baseline) {
  return subject.map(
    ({ perSecond }, round) => perSecond / (baseline[round]?.perSecond ?? NaN),
  );
}

/**
 * A quantile of the latencies, in ms, as its median over the rounds and their spread.
 * @param {Measure[]} measures
 * @param {number} share
 */
export function latency(measures, share) {
  return withSpread(
    measures.map(({ latencies }) => quantile(latencies, share)),
    1,
  );
}
