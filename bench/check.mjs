// How fast access checks are over HTTP, against a constant answer of Next's and against the SQL
// function alone; and what one customer's flood does to another's checks.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import { forEach } from "./lib/api.mjs";
import { encode } from "./lib/connection.mjs";
import { startFlood } from "./lib/flood.mjs";
import { closedLoop, httpCalls, openLoop } from "./lib/load.mjs";
import { describeMachine, waitForQuiet } from "./lib/quiet.mjs";
import { alternate, ratios } from "./lib/rounds.mjs";
import { describeDatabase, runSql, sqlCalls } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { median, quantile, withSpread } from "./lib/statistics.mjs";
import { addSubjects, LOW, picker } from "./lib/subjects.mjs";
import { print, printTable, printVerdict } from "./lib/table.mjs";

const CONNECTIONS = 64;
const GATHERING = 1; // connections of the app's gather
const FLOODED_PER_SECOND = 50;

const CHECK =
  "SELECT * FROM access_check($1::bytea[], $2::uuid[], $3::int[], $4)";

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  spread: "check over HTTP, 500 keys",
  hot: "check over HTTP, one hot key",
  refused: "check over HTTP, one key, refused",
  sql1: "SQL function, one check a statement, 1 connection",
  sql64: "SQL function, one check a statement, 64 connections",
  sqlHot64: "SQL function, one hot key, 64 connections",
  sqlBatches: "SQL function, 64 checks a statement, 1 connection",
};

/** @typedef {import("./lib/load.mjs").Measure} Measure */

await runScript(async () => {
  const { rounds = "3", seconds = "4", profile } = readOptions();
  const stand = await openStand({ ...(profile && { profile }) });
  const subjects = await step("Customers and keys", () => addAll(stand));
  print([describeMachine(), await describeDatabase(stand.databaseUrl)]);
  const options = { rounds: Number(rounds), seconds: Number(seconds) };
  const contenders = await makeContenders(stand, subjects, options);
  const measures = await alternate(contenders, options);
  reportThroughput(measures);
  await compareFloods(stand, subjects, options);
});

function readOptions() {
  return readArguments({
    command: "node bench/check.mjs",
    about: "Measures POST /api/v1/check. Takes about five minutes.",
    options: {
      rounds: { type: "string", value: "number", about: "default 3" },
      seconds: {
        type: "string",
        value: "number",
        about: "of each run; default 4",
      },
      profile: {
        type: "string",
        value: "file",
        about: "gets the server\'s CPU profile",
      },
    },
  });
}

/** @param {import("./lib/stand.mjs").Stand} stand */
async function addAll(stand) {
  const spread = await addSubjects(stand, { count: 500, name: "spread" });
  const [refused] = await addSubjects(stand, {
    count: 1,
    name: "refused",
    limits: LOW,
  });
  const [flooder, other] = await addSubjects(stand, {
    count: 2,
    name: "flood",
  });
  if (!refused || !flooder || !other) throw new Error("Customers are missing");
  const body = { key: refused.key };
  await forEach([1, 2, 3, 4, 5], 1, () => stand.call("POST", "/check", body));
  return { spread, refused, flooder, other };
}

/** @typedef {Awaited<ReturnType<typeof addAll>>} Subjects */

/**
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {Subjects} subjects
 * @param {{ seconds: number }} options
 */
async function makeContenders(stand, { spread, refused }, { seconds }) {
  const { port, token, databaseUrl } = stand;
  const asked = (/** @type {string} */ key) =>
    encode({ method: "POST", path: "/api/v1/check", token, body: { key } });
  const http = (
    /** @type {() => Buffer} */ next,
    /** @type {string} */ expects,
  ) =>
    runThenClose(
      () => httpCalls({ port, connections: CONNECTIONS, next, expects }),
      seconds,
    );
  const hashes = await runSql(
    databaseUrl,
    `SELECT k.hash FROM api_keys k JOIN customers c ON c.id = k.customer_id
     WHERE c.email LIKE 'spread-%'`,
  );
  const pick = picker(hashes.map(({ hash }) => hash));
  const sql = (/** @type {number} */ connections, size = 1, hash = pick) =>
    runThenClose(
      () =>
        sqlCalls({
          databaseUrl,
          connections,
          text: CHECK,
          next: () => questions(size, hash),
          expects: (rows) => rows.every(({ code }) => code === "VALID"),
        }),
      seconds,
      size,
    );
  const live = encode({ path: "/api/v1/health/live" });
  const hot = asked(spread[0]?.key ?? "");
  const none = asked(refused.key);
  return {
    live: http(() => live, '"status":"ok"'),
    spread: http(picker(spread.map(({ key }) => asked(key))), '"code":"VALID"'),
    hot: http(() => hot, '"code":"VALID"'),
    refused: http(() => none, '"code":"RATE_LIMITED"'),
    sql1: sql(GATHERING),
    sql64: sql(CONNECTIONS),
    sqlHot64: sql(CONNECTIONS, 1, () => hashes[0]?.hash),
    sqlBatches: sql(GATHERING, CONNECTIONS / GATHERING),
  };
}

/** @param {number} size @param {() => Buffer} pick */
function questions(size, pick) {
  const all = Array.from({ length: size });
  return [all.map(pick), all.map(() => null), all.map(() => 1), true];
}

/**
 * @param {() => Promise<{ calls: import("./lib/load.mjs").Call[], close: () => unknown }>} open
 * @param {number} seconds
 * @param {number} [size] checks in a call
 * @returns {() => Promise<Measure>}
 */
function runThenClose(open, seconds, size = 1) {
  return async () => {
    const { calls, close } = await open();
    const { perSecond, latencies } = await closedLoop(calls, { seconds });
    await close();
    return { perSecond: perSecond * size, latencies };
  };
}

/** @param {Record<keyof typeof ABOUT, Measure[]>} measures */
function reportThroughput(measures) {
  // Safe: ABOUT's keys are the names that its type lists.
  const names = /** @type {(keyof typeof ABOUT)[]} */ (Object.keys(ABOUT));
  printTable(
    "Calls a second, median of the rounds (least–greatest)",
    ["what", "a second", "p50 ms", "p99 ms", "÷ live"],
    names.map((name) => [
      ABOUT[name],
      withSpread(measures[name].map(({ perSecond }) => perSecond)),
      ...[0.5, 0.99].map((share) => latency(measures[name], share)),
      withSpread(ratios(measures[name], measures.live), 1),
    ]),
  );
  print([""]);
  const { live, spread, hot, refused, sql1, sql64, sqlHot64 } = measures;
  const ratio = (/** @type {Measure[]} */ a, /** @type {Measure[]} */ b) =>
    median(ratios(a, b));
  printVerdict("check ÷ constant JSON", ratio(spread, live), { least: 5 });
  printVerdict("hot key ÷ constant JSON", ratio(hot, live), { least: 5 });
  printVerdict("refused ÷ constant JSON", ratio(refused, live), { least: 5 });
  const half = { least: 0.5 };
  printVerdict("check ÷ SQL, 1 connection", ratio(spread, sql1), half);
  printVerdict("check ÷ SQL, 64 connections", ratio(spread, sql64), half);
  printVerdict("hot key ÷ SQL hot key, 64", ratio(hot, sqlHot64), half);
}

/** @param {Measure[]} measures @param {number} share */
function latency(measures, share) {
  return withSpread(
    measures.map(({ latencies }) => quantile(latencies, share)),
    1,
  );
}

/**
 * The other customer's checks, at a steady 50 a second: alone, beside a flood that is admitted,
 * and beside one that is refused.
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {Subjects} subjects
 * @param {{ rounds: number, seconds: number }} options
 */
async function compareFloods({ port, token }, subjects, { rounds, seconds }) {
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
          connections: CONNECTIONS,
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
