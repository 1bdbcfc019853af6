import { readArguments } from "../../scripts/lib/arguments.mjs";
import { closedLoop, httpCalls } from "./load.mjs";
import { latency, ratios } from "./rounds.mjs";
import { withSpread } from "./statistics.mjs";
import { printTable } from "./table.mjs";

/** @typedef {import("./load.mjs").Measure} Measure */

/** The options of every contest: how many rounds, and how long each contender runs in one. */
export const CONTEST_OPTIONS = /** @type {const} */ ({
  rounds: { type: "string", value: "number", about: "default 3" },
  seconds: {
    type: "string",
    value: "number",
    about: "of each run; default 4",
  },
});

/** The option of those whose server can be profiled. */
export const PROFILE_OPTION = /** @type {const} */ ({
  profile: {
    type: "string",
    value: "file",
    about: "gets the server's CPU profile",
  },
});

/**
 * The same as numbers.
 * @param {{ rounds?: string, seconds?: string }} given
 */
export function contestOf({ rounds = "3", seconds = "4" }) {
  return { rounds: Number(rounds), seconds: Number(seconds) };
}

/**
 * What a contest without other options was called with.
 * @param {{ command: string, about: string }} what
 */
export function readContest(what) {
  return contestOf(readArguments({ ...what, options: CONTEST_OPTIONS }));
}

/**
 * Makes contenders of requests to one port, each on connections of its own.
 * @param {{ port: number, connections: number, seconds: number }} options
 * @returns {(next: () => Buffer, expects: string) => () => Promise<Measure>} of the next call's
 *   request, and of what each answer must hold
 */
export function httpContenders({ port, connections, seconds }) {
  return (next, expects) =>
    runThenClose(() => httpCalls({ port, connections, next, expects }), {
      seconds,
    });
}

/**
 * A contender of calls that are opened before each run and closed after it.
 * @param {() => Promise<{ calls: import("./load.mjs").Call[], close: () => unknown }>} open
 * @param {{ seconds: number, size?: number }} options `size`: what is counted in a call
 * @returns {() => Promise<Measure>}
 */
export function runThenClose(open, { seconds, size = 1 }) {
  return async () => {
    const { calls, close } = await open();
    const { perSecond, latencies } = await closedLoop(calls, { seconds });
    await close();
    return { perSecond: perSecond * size, latencies };
  };
}

/**
 * Prints what each contender did, and what that is beside others.
 * @template {string} Name
 * @param {string} title
 * @param {Record<Name, string>} about each contender in words
 * @param {Record<Name, Measure[]>} measures
 * @param {{ beside: NoInfer<Name>[], digits?: number }} options `digits` of the ratios
 */
export function printContest(title, about, measures, { beside, digits = 1 }) {
  // Safe: an object's own keys are the names that its type lists.
  const names = /** @type {Name[]} */ (Object.keys(about));
  printTable(
    `${title}, median of the rounds (least–greatest)`,
    ["what", "a second", "p50 ms", "p99 ms", ...beside.map((by) => `÷ ${by}`)],
    names.map((name) => [
      about[name],
      withSpread(measures[name].map(({ perSecond }) => perSecond)),
      ...[0.5, 0.99].map((share) => latency(measures[name], share)),
      ...beside.map((by) =>
        withSpread(ratios(measures[name], measures[by]), digits),
      ),
    ]),
  );
}
