// How fast usage events are booked over HTTP, against the least statement that could do it.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import {
  BARE_INSERT,
  BARE_TABLES,
  encodeBatch,
  makeBatch,
  OWN_INSERT,
  valuesOf,
} from "./lib/events.mjs";
import { closedLoop, httpCalls } from "./lib/load.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { alternate, ratios } from "./lib/rounds.mjs";
import { describeDatabase, runSql, sqlCalls } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { median, quantile, withSpread } from "./lib/statistics.mjs";
import { addSubjects } from "./lib/subjects.mjs";
import { print, printTable, printVerdict } from "./lib/table.mjs";

const CUSTOMERS = 100;
const SIZE = 1_000;
const SINGLE_CONNECTIONS = 64;

const ABOUT = {
  bare: "bare INSERT … unnest and rollup, 1,000 a statement",
  own: "usage_ingest() by itself, 1,000 a statement",
  http: "POST usage/events, 1,000 a request",
  bareSingle: "bare INSERT … unnest and rollup, one a statement",
  httpSingle: "POST usage/events, one a request",
};

/** @typedef {import("./lib/load.mjs").Measure} Measure */

await runScript(async () => {
  const options = readOptions();
  const { profile } = options;
  const stand = await openStand({ ...(profile && { profile }) });
  const subjects = await step("Customers", () =>
    addSubjects(stand, { count: CUSTOMERS, name: "usage" }),
  );
  await runSql(stand.databaseUrl, BARE_TABLES);
  print([describeMachine(), await describeDatabase(stand.databaseUrl)]);
  const contenders = await makeContenders(stand, subjects, options);
  report(await alternate(contenders, options), options);
  await recount(stand.databaseUrl);
});

function readOptions() {
  const number = (/** @type {string} */ about) =>
    /** @type {const} */ ({ type: "string", value: "number", about });
  const given = readArguments({
    command: "node bench/ingest.mjs",
    about: "Measures POST /api/v1/usage/events. Takes about two minutes.",
    options: {
      rounds: number("default 3"),
      batches: number("of 1,000 in each run; default 80"),
      connections: number("for batches; default 4"),
      profile: {
        type: "string",
        value: "file",
        about: "gets the server\'s CPU profile",
      },
    },
  });
  return {
    rounds: Number(given.rounds ?? 3),
    batches: Number(given.batches ?? 80),
    connections: Number(given.connections ?? 4),
    profile: given.profile,
  };
}

/** @typedef {ReturnType<typeof readOptions>} Options */

/**
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {import("./lib/subjects.mjs").Subject[]} subjects
 * @param {Options} options
 */
async function makeContenders(stand, subjects, { batches, connections }) {
  const { port, token, databaseUrl } = stand;
  const ids = subjects.map(({ customer }) => customer);
  const rows = await runSql(
    databaseUrl,
    "SELECT id FROM customers WHERE email LIKE 'usage-%'",
  );
  const uuids = rows.map(({ id }) => id);
  const batch = { size: SIZE, count: batches, connections };
  const single = {
    size: 1,
    count: batches * 100,
    connections: SINGLE_CONNECTIONS,
  };
  const http = (/** @type {Shape} */ shape) => () =>
    run(
      shape,
      () => encodeBatch(token, makeBatch(ids, shape.size)),
      (next) =>
        httpCalls({
          port,
          ...shape,
          next,
          expects: `"accepted":${shape.size}`,
        }),
    );
  const sql = (/** @type {Shape} */ shape, /** @type {string} */ text) => () =>
    run(
      shape,
      () => valuesOf(makeBatch(uuids, shape.size)),
      (next) => sqlCalls({ databaseUrl, ...shape, text, next }),
    );
  return {
    bare: sql(batch, BARE_INSERT),
    own: sql(batch, OWN_INSERT),
    http: http(batch),
    bareSingle: sql(single, BARE_INSERT),
    httpSingle: http(single),
  };
}

/** @typedef {{ size: number, count: number, connections: number }} Shape events in a call, calls, connections */

/**
 * Makes all requests first, so that only sending them is measured.
 * @template T
 * @param {Shape} shape
 * @param {() => T} make
 * @param {(next: () => T) => Promise<{ calls: import("./lib/load.mjs").Call[], close: () => unknown }>} open
 * @returns {Promise<Measure>} in events a second
 */
async function run({ size, count }, make, open) {
  const requests = Array.from({ length: count }, make);
  const { calls, close } = await open(() => {
    const request = requests.pop();
    if (request === undefined) throw new Error("There are no more requests");
    return request;
  });
  const { perSecond, latencies } = await closedLoop(calls, { most: count });
  await close();
  return { perSecond: perSecond * size, latencies };
}

/**
 * @param {Record<keyof typeof ABOUT, Measure[]>} measures
 * @param {Options} options
 */
function report(measures, { connections }) {
  // Safe: ABOUT's keys are the names that its type lists.
  const names = /** @type {(keyof typeof ABOUT)[]} */ (Object.keys(ABOUT));
  const share = (/** @type {Measure[]} */ of, /** @type {number} */ part) =>
    withSpread(
      of.map(({ latencies }) => quantile(latencies, part)),
      1,
    );
  printTable(
    `Events a second, median of the rounds (least–greatest); ${connections} connections for batches, ${SINGLE_CONNECTIONS} for single events`,
    ["what", "events a second", "p50 ms of a call", "p99 ms of a call"],
    names.map((name) => [
      ABOUT[name],
      withSpread(measures[name].map(({ perSecond }) => perSecond)),
      share(measures[name], 0.5),
      share(measures[name], 0.99),
    ]),
  );
  print([""]);
  const { bare, own, http, bareSingle, httpSingle } = measures;
  const half = { least: 0.5 };
  printVerdict("batches ÷ bare statement", median(ratios(http, bare)), half);
  printVerdict("batches ÷ usage_ingest()", median(ratios(http, own)), half);
  printVerdict("usage_ingest() ÷ bare", median(ratios(own, bare)), half);
  const singles = median(ratios(httpSingle, bareSingle));
  printVerdict("single events ÷ bare, one a statement", singles, half);
}

/**
 * Fails unless the rollups say what a recount of the stored events says.
 * @param {string} databaseUrl
 */
async function recount(databaseUrl) {
  const [row] = await runSql(
    databaseUrl,
    `SELECT (SELECT count(*) FROM usage_events WHERE id LIKE 'call-%')::int AS events,
            (SELECT count(*) FROM usage_events)::int AS all_events,
            (SELECT sum(calls + refused) FROM usage_hourly)::int AS hourly,
            (SELECT sum(calls + refused) FROM usage_totals)::int AS totals`,
  );
  if (row.all_events !== row.hourly || row.hourly !== row.totals)
    throw new Error(
      `The rollups differ from a recount: ${JSON.stringify(row)}`,
    );
  print([
    `\nRecount: ${row.events.toLocaleString("en-US")} events stored, and the rollups say the same.`,
  ]);
}
