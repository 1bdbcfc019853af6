// How long lists, searches and summaries take at a million customers, and why.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript } from "../scripts/lib/report.mjs";
import { listCases } from "./lib/list-cases.mjs";
import { measurePath } from "./lib/measure-path.mjs";
import { planFlags, plansOf } from "./lib/plans.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { describeDatabase, runSql } from "./lib/sql-calls.mjs";
import { openStand, reopenStand } from "./lib/stand.mjs";
import { quantile } from "./lib/statistics.mjs";
import { print, printTable, printVerdict } from "./lib/table.mjs";

const BASELINE = "GET health/live";
const BUDGET_MS = 100;
const SLOW_MS = 50;

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
  const sold = await stand.call("GET", "/plans");
  const plans = new Map(
    sold.items.map(({ code, id }) => /** @type {const} */ ([code, id])),
  );
  const cases = {
    [BASELINE]: "/health/live",
    ...listCases({ customer: items[0].id, customers: size, plans }),
  };
  const chosen = Object.entries(cases).filter(
    ([name]) => name === BASELINE || !only || new RegExp(only).test(name),
  );
  /** @type {Map<string, Float64Array>} */
  const found = new Map();
  for (const [name, path] of chosen)
    found.set(name, await measurePath(stand, name, path, calls));
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
