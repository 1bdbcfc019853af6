// Rate windows decided by 1, 2 and 4 processes, on PostgreSQL and on Redis: by the app's checks,
// and by rate-limiter-flexible on the same stores, each over HTTP on loopback.
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import "../scripts/lib/node-version.mjs";
import { startApp, waitUntilReady } from "../scripts/lib/app-process.mjs";
import { programOf } from "../scripts/lib/build.mjs";
import { choosePort } from "../scripts/lib/ports.mjs";
import { runScript, say, step } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import { readContest } from "./lib/contest.mjs";
import { closedLoop, httpCalls } from "./lib/load.mjs";
import { waitForQuiet } from "./lib/quiet.mjs";
import { startRedis } from "./lib/redis-server.mjs";
import { settle } from "./lib/settle.mjs";
import { runSql } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { median, quantile } from "./lib/statistics.mjs";
import { addSubjects, picker } from "./lib/subjects.mjs";
import { printTable } from "./lib/table.mjs";
import { untilListening } from "./lib/until-listening.mjs";

const CONNECTIONS = 64;
const PROCESSES = [1, 2, 4];
const KEYS = 500;
const PER_SECOND = 50; // the window whose exactness is looked at
const HIGH = [1e6, 5e7, 1e9, 2e9, 2e9];
const TIGHT = [PER_SECOND, 5e7, 1e9, 2e9, 2e9];

/** @typedef {import("./lib/stand.mjs").Stand} Stand */
/** @typedef {import("./lib/subjects.mjs").Subject} Subject */

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} store
 * @property {string} logFile
 * @property {(port: number, limits: number[]) => { program: string, env: NodeJS.ProcessEnv }} process
 * @property {(subject: Subject) => Buffer} request
 */

await runScript(async () => {
  const options = readContest({
    command: "node bench/limiters.mjs",
    about:
      "Measures rate windows on PostgreSQL and Redis, beside rate-limiter-flexible. Takes about eight minutes.",
  });
  const stand = await openStand();
  const subjects = await step("Customers and keys", () =>
    addSubjects(stand, { count: KEYS, name: "spread" }),
  );
  const [tight] = await addSubjects(stand, {
    count: 1,
    name: "tight",
    limits: {
      per_second: PER_SECOND,
      per_minute: 50_000_000,
      per_hour: 1_000_000_000,
      per_day: 2_000_000_000,
      per_month: 50_000_000_000,
    },
  });
  if (!tight) throw new Error("A customer is missing");
  await settle(stand);
  const contenders = await makeContenders(stand);
  /** @type {string[][]} */
  const rows = [];
  for (const contender of contenders)
    for (const count of PROCESSES)
      rows.push(
        await measure(contender, count, { subjects, tight, ...options }),
      );
  printTable(
    `Decisions on five windows, ${CONNECTIONS} connections; the last columns: one key, ${PER_SECOND} a second`,
    [
      "what",
      "store",
      "processes",
      "a second",
      "p99 ms",
      "most in any second",
      "÷ what may be admitted",
    ],
    rows,
  );
});

/** @param {Stand} stand @returns {Promise<Contender[]>} */
async function makeContenders({ databaseUrl, folder, token, env }) {
  const redisPort = await choosePort({
    wanted: 6400,
    isNamed: false,
    log: () => {},
  });
  const redisUrl = await startRedis(redisPort, folder);
  await runSql(
    databaseUrl,
    "CREATE TABLE flexible_limits (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)",
  );
  const logFile = path.join(folder, "limiters.log");
  const ours = (/** @type {string} */ store, more = {}) => ({
    name: "POST check",
    store,
    logFile,
    process: (/** @type {number} */ port) => ({
      program: programOf("server"),
      env: { ...env, ...more, PORT: String(port) },
    }),
    request: (/** @type {Subject} */ { key }) =>
      encode({ method: "POST", path: "/api/v1/check", token, body: { key } }),
  });
  const theirs = (/** @type {string} */ store, more = {}) => ({
    name: "rate-limiter-flexible",
    store,
    logFile,
    process: (/** @type {number} */ port, /** @type {number[]} */ limits) => ({
      program: path.join(import.meta.dirname, "lib/flexible-limiter.mjs"),
      env: { PORT: String(port), LIMITS: JSON.stringify(limits), ...more },
    }),
    request: (/** @type {Subject} */ { key }) =>
      encode({ method: "POST", path: `/${key}`, body: {} }),
  });
  return [
    ours("PostgreSQL"),
    theirs("PostgreSQL", { DATABASE_URL: databaseUrl }),
    ours("Redis", { REDIS_URL: redisUrl }),
    theirs("Redis", { REDIS_URL: redisUrl }),
  ];
}

/**
 * One line of the table.
 * @param {Contender} contender
 * @param {number} count of processes
 * @param {{ subjects: Subject[], tight: Subject, rounds: number, seconds: number }} options
 */
async function measure(contender, count, options) {
  const { subjects, tight, rounds, seconds } = options;
  const pick = picker(subjects.map(contender.request));
  const rates = [];
  const p99s = [];
  await withProcesses(contender, count, HIGH, async (ports) => {
    for (let round = 0; round <= rounds; round += 1) {
      if (round > 0) await waitForQuiet();
      const { calls, close } = await connect(ports, pick, "VALID");
      const { perSecond, latencies } = await closedLoop(calls, { seconds });
      close();
      if (round === 0) continue;
      rates.push(perSecond);
      p99s.push(quantile(latencies, 0.99));
    }
  });
  const exact = await withProcesses(contender, count, TIGHT, (ports) =>
    admissions(ports, contender.request(tight), Math.max(seconds, 5)),
  );
  const row = [
    contender.name,
    contender.store,
    String(count),
    Math.round(median(rates)).toLocaleString("en-US"),
    median(p99s).toFixed(1),
    String(exact.most),
    exact.share.toFixed(2),
  ];
  say(`    ${row.join("  ")}`);
  return row;
}

/**
 * @template T
 * @param {Contender} contender
 * @param {number} count
 * @param {number[]} limits
 * @param {(ports: number[]) => Promise<T>} use
 */
async function withProcesses(contender, count, limits, use) {
  const apps = [];
  const ports = [];
  for (let i = 0; i < count; i += 1) {
    const port = await choosePort({
      wanted: 4700 + i,
      isNamed: false,
      log: () => {},
    });
    const { program, env } = contender.process(port, limits);
    const app = startApp({ program, env, logFile: contender.logFile });
    apps.push(app);
    ports.push(port);
    if (program === programOf("server"))
      await waitUntilReady(app, { HOST: "127.0.0.1", PORT: String(port) });
    else await untilListening(port);
  }
  const result = await use(ports);
  await Promise.all(apps.map((app) => app.stop()));
  return result;
}

/** @param {number[]} ports @param {() => Buffer} next @param {string} expects */
async function connect(ports, next, expects) {
  const opened = await Promise.all(
    ports.map((port) =>
      httpCalls({
        port,
        connections: CONNECTIONS / ports.length,
        next,
        expects,
      }),
    ),
  );
  return {
    calls: opened.flatMap(({ calls }) => calls),
    close: () => opened.forEach(({ close }) => close()),
  };
}

/**
 * How many calls of one key were admitted in the worst second, and of all that its limit would let
 * through in the time. A call counts when its answer came.
 * @param {number[]} ports
 * @param {Buffer} request
 * @param {number} seconds
 */
async function admissions(ports, request, seconds) {
  await sleep(1_100); // the window is empty
  /** @type {number[]} */
  const times = [];
  const { calls, close } = await connect(ports, () => request, "code");
  const seen = calls.map((call) => async () => {
    const body = /** @type {string} */ (await call());
    if (body.includes('"VALID"')) times.push(performance.now());
  });
  await closedLoop(seen, { seconds });
  close();
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return { most, share: times.length / (PER_SECOND * (seconds + 1)) };
}
