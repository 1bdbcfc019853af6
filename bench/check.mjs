// How fast access checks are over HTTP, against a constant answer of Next's and against the SQL
// function alone; and what one customer's flood does to another's checks.
import "../scripts/lib/node-version.mjs";
import path from "node:path";
import { startApp } from "../scripts/lib/app-process.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { choosePort } from "../scripts/lib/ports.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import { forEach } from "./lib/api.mjs";
import { compareFloods } from "./lib/compare-floods.mjs";
import { encode } from "./lib/connection.mjs";
import {
  CONTEST_OPTIONS,
  contestOf,
  httpContenders,
  printContest,
  PROFILE_OPTION,
  runThenClose,
} from "./lib/contest.mjs";
import { alternate, ratios } from "./lib/rounds.mjs";
import { settle } from "./lib/settle.mjs";
import { runSql, sqlCalls } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { median, quantile } from "./lib/statistics.mjs";
import {
  addEverything,
  addSubjects,
  EVERYTHING,
  LOW,
  picker,
} from "./lib/subjects.mjs";
import { print, printVerdict } from "./lib/table.mjs";
import { untilListening } from "./lib/until-listening.mjs";

const CONNECTIONS = 64;
const GATHERING = 1; // connections of the app's gather

const CHECK =
  "SELECT * FROM access_check($1::bytea[], $2::uuid[], $3::int[], $4)";
const CHECK_ALL = `SELECT * FROM access_check($1::bytea[], $2::uuid[], $3::int[], $4,
  meter_names => $5::text[], features => $6::text[])`;
const ROWS = "bench_rows";
const UPDATE = `UPDATE ${ROWS} SET value = value + 1 WHERE id = $1`;

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  spread: "check over HTTP, 500 keys",
  all: "check with everything on, 500 keys",
  allHot: "check with everything on, one hot key",
  hot: "check over HTTP, one hot key",
  refused: "check over HTTP, one key, refused",
  bare: "the least of a server in Node: everything on, 500 keys",
  sql1: "SQL function, one check a statement, 1 connection",
  sql64: "SQL function, one check a statement, 64 connections",
  sqlHot64: "SQL function, one hot key, 64 connections",
  sqlBatches: "SQL function, 64 checks a statement, 1 connection",
  sqlBatchesAll: "the same with everything on",
  update64: "one durable UPDATE by id a statement, 64 connections",
};

/** @typedef {import("./lib/load.mjs").Measure} Measure */
/** @typedef {keyof typeof ABOUT} Contender */

await runScript(async () => {
  const { profile, ...given } = readOptions();
  const options = contestOf(given);
  const stand = await openStand({ ...(profile && { profile }) });
  const subjects = await step("Customers and keys", () => addAll(stand));
  await settle(stand);
  const contenders = await makeContenders(stand, subjects, options);
  const bare = await bareServer(stand, options);
  const measures = await alternate({ ...contenders, ...bare }, options);
  reportThroughput(measures);
  await compareFloods(stand, subjects, {
    ...options,
    connections: CONNECTIONS,
  });
});

function readOptions() {
  return readArguments({
    command: "node bench/check.mjs",
    about: "Measures POST /api/v1/check. Takes about five minutes.",
    options: { ...CONTEST_OPTIONS, ...PROFILE_OPTION },
  });
}

/** @param {import("./lib/stand.mjs").Stand} stand */
async function addAll(stand) {
  const spread = await addSubjects(stand, { count: 500, name: "spread" });
  const full = await addSubjects(stand, { count: 500, name: "full" });
  await addEverything(stand, full);
  await runSql(
    stand.databaseUrl,
    `CREATE TABLE ${ROWS} AS SELECT id, 0 AS value FROM generate_series(1, 500) id`,
  );
  await runSql(stand.databaseUrl, `ALTER TABLE ${ROWS} ADD PRIMARY KEY (id)`);
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
  return { spread, full, refused, flooder, other };
}

/** @typedef {Awaited<ReturnType<typeof addAll>>} Subjects */

/**
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {Subjects} subjects
 * @param {{ seconds: number }} options
 */
async function makeContenders(stand, { spread, full, refused }, { seconds }) {
  const { port, token, databaseUrl } = stand;
  const asked = (/** @type {string} */ key, more = {}) =>
    encode({
      method: "POST",
      path: "/api/v1/check",
      token,
      body: { key, ...more },
    });
  const askedAll = full.map(({ key }) => asked(key, EVERYTHING));
  const http = httpContenders({ port, connections: CONNECTIONS, seconds });
  const hashes = await hashesOf(databaseUrl, "spread");
  const pick = picker(hashes);
  const pickFull = picker(await hashesOf(databaseUrl, "full"));
  const pickRow = picker(Array.from({ length: 500 }, (_, i) => i + 1));
  const statements = (
    /** @type {number} */ connections,
    /** @type {Omit<Parameters<typeof sqlCalls>[0], "databaseUrl" | "connections">} */ what,
    size = 1,
  ) =>
    runThenClose(() => sqlCalls({ databaseUrl, connections, ...what }), {
      seconds,
      size,
    });
  const areValid = (/** @type {any[]} */ rows) =>
    rows.every(({ code }) => code === "VALID");
  const sql = (/** @type {number} */ connections, size = 1, hash = pick) =>
    statements(
      connections,
      { text: CHECK, next: () => questions(size, hash), expects: areValid },
      size,
    );
  const live = encode({ path: "/api/v1/health/live" });
  const hot = asked(spread[0]?.key ?? "");
  const none = asked(refused.key);
  return {
    live: http(() => live, '"status":"ok"'),
    spread: http(picker(spread.map(({ key }) => asked(key))), '"code":"VALID"'),
    all: http(picker(askedAll), '"code":"VALID"'),
    allHot: http(() => askedAll[0] ?? hot, '"code":"VALID"'),
    hot: http(() => hot, '"code":"VALID"'),
    refused: http(() => none, '"code":"RATE_LIMITED"'),
    sql1: sql(GATHERING),
    sql64: sql(CONNECTIONS),
    sqlHot64: sql(CONNECTIONS, 1, () => hashes[0] ?? Buffer.alloc(0)),
    sqlBatches: sql(GATHERING, CONNECTIONS / GATHERING),
    sqlBatchesAll: statements(
      GATHERING,
      {
        text: CHECK_ALL,
        next: () => everyQuestion(CONNECTIONS, pickFull),
        expects: areValid,
      },
      CONNECTIONS,
    ),
    update64: statements(CONNECTIONS, {
      text: UPDATE,
      next: () => [pickRow()],
    }),
  };
}

/**
 * The same checks by a server that does nothing but ask them: see lib/bare-checks.mjs.
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {{ seconds: number }} options
 */
async function bareServer({ databaseUrl, folder }, { seconds }) {
  const port = await choosePort({
    ...{ wanted: 4800, isNamed: false, log: () => {} },
  });
  startApp({
    program: path.join(import.meta.dirname, "lib/bare-checks.mjs"),
    env: {
      ...{ PORT: String(port), DATABASE_URL: databaseUrl },
      STATEMENT: CHECK_ALL,
    },
    logFile: path.join(folder, "bare.log"),
  });
  await untilListening(port);
  const http = httpContenders({ port, connections: CONNECTIONS, seconds });
  const asked = (await hashesOf(databaseUrl, "full")).map((hash) =>
    encode({
      ...{ method: "POST", path: "/" },
      body: { hash: hash.toString("base64"), ...EVERYTHING },
    }),
  );
  return { bare: http(picker(asked), '"code":"VALID"') };
}

/** @param {string} databaseUrl @param {string} name @returns {Promise<Buffer[]>} */
async function hashesOf(databaseUrl, name) {
  const rows = await runSql(
    databaseUrl,
    `SELECT k.hash FROM api_keys k JOIN customers c ON c.id = k.customer_id
     WHERE c.email LIKE $1`,
    [`${name}-%`],
  );
  return rows.map(({ hash }) => hash);
}

/** @param {number} size @param {() => Buffer} pick */
function questions(size, pick) {
  const all = Array.from({ length: size });
  return [all.map(pick), all.map(() => null), all.map(() => 1), true];
}

/** @param {number} size @param {() => Buffer} pick */
function everyQuestion(size, pick) {
  const { meter, feature } = EVERYTHING;
  const fill = (/** @type {string} */ text) => Array(size).fill(text);
  return [...questions(size, pick), fill(meter), fill(feature)];
}

/** @param {Record<Contender, Measure[]>} measures */
function reportThroughput(measures) {
  printContest("Calls a second", ABOUT, measures, { beside: ["live"] });
  print([""]);
  const ratio = (/** @type {Contender} */ a, /** @type {Contender} */ b) =>
    median(ratios(measures[a], measures[b]));
  printVerdict("check ÷ constant JSON", ratio("spread", "live"), { least: 5 });
  printVerdict("hot key ÷ constant JSON", ratio("hot", "live"), { least: 5 });
  printVerdict("refused ÷ constant JSON", ratio("refused", "live"), {
    least: 5,
  });
  printVerdict("everything on ÷ constant JSON", ratio("all", "live"), {
    least: 8,
  });
  printVerdict("everything on ÷ the least in Node", ratio("all", "bare"), {
    least: 0.5,
  });
  printVerdict("everything on ÷ UPDATE by id, 64", ratio("all", "update64"), {
    least: 0.6,
  });
  printVerdict("everything on, hot ÷ spread", ratio("allHot", "all"), {
    least: 0.7,
  });
  const p99 = median(
    measures.all.map(({ latencies }) => quantile(latencies, 0.99)),
  );
  printVerdict("everything on, p99", p99, { most: 10 }, " ms");
  const half = { least: 0.5 };
  printVerdict("check ÷ SQL, 1 connection", ratio("spread", "sql1"), half);
  printVerdict("check ÷ SQL, 64 connections", ratio("spread", "sql64"), half);
  printVerdict("hot key ÷ SQL hot key, 64", ratio("hot", "sqlHot64"), half);
}
