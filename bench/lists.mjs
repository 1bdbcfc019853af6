// How long lists, searches and summaries take at a million customers, and why.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript, say } from "../scripts/lib/report.mjs";
import { encode, openConnection } from "./lib/connection.mjs";
import { listCases } from "./lib/list-cases.mjs";
import { closedLoop } from "./lib/load.mjs";
import { planFlags, plansOf } from "./lib/plans.mjs";
import { describeMachine, waitForQuiet } from "./lib/quiet.mjs";
import { describeDatabase, runSql } from "./lib/sql-calls.mjs";
import { openStand, reopenStand } from "./lib/stand.mjs";
import { quantile } from "./lib/statistics.mjs";
import { print, printTable, printVerdict } from "./lib/table.mjs";

const BASELINE = "GET health/live";
const BUDGET_MS = 100;
const SLOW_MS = 50;
const WARM_UP_CALLS = 5;
const CASE_SECONDS = 30;

await runScript(async () => {
  const { size, calls, only } = readOptions();
  const stand = await openStand({ scenario: "heavy-usage", size });
  const { databaseUrl } = stand;
  print([describeMachine(), await describeDatabase(databaseUrl)]);
  print([await describeSize(databaseUrl)]);
  const { items } = await stand.call(
    "GET",
    "/customers?search=ada@analytical-engines.example",
  );
  const cases = {
    [BASELINE]: "/health/live",
    ...listCases({ customer: items[0].id, customers: size }),
  };
  const chosen = Object.entries(cases).filter(
    ([name]) => name === BASELINE || !only || new RegExp(only).test(name),
  );
  /** @type {Map<string, Float64Array>} */
  const found = new Map();
  for (const [name, path] of chosen)
    found.set(name, await measure(stand, name, path, calls));
  report(found);
  await explain(stand, cases, found);
});

function readOptions() {
  const given = readArguments({
    command: "node bench/lists.mjs",
    about:
      "Measures lists, searches and summaries, one call after another. Making a million customers takes minutes.",
    options: {
      size: { type: "string", value: "number", about: "default 1000000" },
      calls: { type: "string", value: "number", about: "of each; default 60" },
      only: { type: "string", value: "pattern", about: "of the names" },
    },
  });
  return {
    size: Number(given.size ?? 1_000_000),
    calls: Number(given.calls ?? 60),
    only: given.only,
  };
}

/**
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {string} name
 * @param {string} path
 * @param {number} calls
 */
async function measure({ port, token }, name, path, calls) {
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

/** @param {Map<string, Float64Array>} found */
function report(found) {
  const base = quantile(found.get(BASELINE) ?? [], 0.5);
  printTable(
    "Milliseconds, one call after another",
    ["what", "p50", "p95", "greatest", "p50 ÷ health/live"],
    [...found].map(([name, latencies]) => [
      name,
      ...[0.5, 0.95, 1].map((share) => quantile(latencies, share).toFixed(1)),
      (quantile(latencies, 0.5) / base).toFixed(1),
    ]),
  );
  print([""]);
  for (const [name, latencies] of found)
    printVerdict(name, quantile(latencies, 0.95), { most: BUDGET_MS }, " ms");
}

/**
 * Prints the plans of the statements of slow answers, from a second start of the database, since
 * measuring each step of a plan takes time of its own.
 * @param {import("./lib/stand.mjs").Stand} measured
 * @param {Record<string, string>} cases
 * @param {Map<string, Float64Array>} found
 */
async function explain(measured, cases, found) {
  const slow = [...found]
    .filter(([, latencies]) => quantile(latencies, 0.95) >= SLOW_MS)
    .map(([name]) => name);
  if (slow.length === 0) return;
  await measured.stop();
  const stand = await reopenStand(measured, planFlags(SLOW_MS / 2));
  for (const name of slow) {
    const call = () => stand.call("GET", cases[name] ?? "");
    await call(); // fills the caches
    const plans = await plansOf(stand.folder, call);
    print([`\n### ${name}\n`, "```", ...plans, "```"]);
  }
}

/** @param {string} databaseUrl */
async function describeSize(databaseUrl) {
  const [row] = await runSql(
    databaseUrl,
    `SELECT pg_size_pretty(pg_database_size(current_database())) AS size,
            (SELECT count(*) FROM customers)::int AS customers,
            (SELECT count(*) FROM usage_daily)::int AS days,
            (SELECT count(*) FROM usage_hourly)::int AS hours`,
  );
  const text = (/** @type {number} */ n) => n.toLocaleString("en-US");
  return `${text(row.customers)} customers, ${text(row.days)} daily and ${text(row.hours)} hourly rollups, ${row.size}`;
}
