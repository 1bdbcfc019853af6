// How long the figures of usage take at 10⁶, 10⁷ and 10⁸ events: they should not grow.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import {
  addUsage,
  clearUsage,
  describeUsage,
  sumUpDays,
} from "./lib/generated-usage.mjs";
import { measurePath } from "./lib/measure-path.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { describeDatabase } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { quantile } from "./lib/statistics.mjs";
import { print, printTable, printVerdict } from "./lib/table.mjs";

const CUSTOMERS = 1_000;
const DAYS = 30;
const BUDGET_MS = 50;

await runScript(async () => {
  const { sizes, calls } = readOptions();
  const stand = await openStand({ scenario: "heavy-usage", size: CUSTOMERS });
  const { databaseUrl } = stand;
  print([describeMachine(), await describeDatabase(databaseUrl)]);
  const customer = await clearUsage(databaseUrl);
  const cases = casesOf(customer);
  /** @type {Map<string, Float64Array[]>} by case, of each size */
  const found = new Map(Object.keys(cases).map((name) => [name, []]));
  let made = 0;
  for (const size of sizes) {
    await step(`${words(size)} events`, () =>
      addUsage(databaseUrl, size - made),
    );
    made = size;
    const nights = await step("summing up the days that are over", () =>
      sumUpDays(databaseUrl),
    );
    print([await describeUsage(databaseUrl), describeNights(nights)]);
    for (const [name, path] of Object.entries(cases))
      found.get(name)?.push(await measurePath(stand, name, path, calls));
  }
  report(found, sizes);
});

function readOptions() {
  const given = readArguments({
    command: "node bench/dashboards.mjs",
    about:
      "Measures usage figures over growing numbers of events. Making 10⁸ takes about a quarter of an hour.",
    options: {
      most: {
        type: "string",
        value: "number",
        about: "of events; default 100000000",
      },
      least: {
        type: "string",
        value: "number",
        about: "of events; default 1000000",
      },
      calls: { type: "string", value: "number", about: "of each; default 60" },
    },
  });
  const least = Number(given.least ?? 1_000_000);
  const most = Number(given.most ?? 100_000_000);
  return {
    sizes: [1_000_000, 10_000_000, 100_000_000].filter(
      (n) => n >= least && n <= most,
    ),
    calls: Number(given.calls ?? 60),
  };
}

/**
 * @param {string} customer
 * @returns {Record<string, string>} paths under /api/v1, by name
 */
function casesOf(customer) {
  const own = `/customers/${customer}`;
  return {
    "GET health/live": "/health/live",
    "dashboard of the busiest customer": `${own}/dashboard`,
    "usage of the busiest customer": `${own}/usage`,
    "its trends by day": `${own}/usage/trends?interval=day`,
    "its trends by day and model": `${own}/usage/trends?interval=day&group_by=model`,
    "its trends by hour and endpoint": `${own}/usage/trends?interval=hour&group_by=endpoint`,
    "everyone's trends by day": "/usage/trends?interval=day",
    "everyone's trends by day and provider":
      "/usage/trends?interval=day&group_by=provider",
    "everyone's trends by hour and endpoint":
      "/usage/trends?interval=hour&group_by=endpoint",
    "everyone's trends by day and customer":
      "/usage/trends?interval=day&group_by=customer",
    "everyone's trends by day and key":
      "/usage/trends?interval=day&group_by=key",
    overview: "/reports/overview",
  };
}

/**
 * @param {Map<string, Float64Array[]>} found
 * @param {number[]} sizes
 */
function report(found, sizes) {
  printTable(
    "p95 in milliseconds, one call after another",
    ["what", ...sizes.map((size) => `${words(size)} events`)],
    [...found].map(([name, all]) => [
      name,
      ...all.map((latencies) => quantile(latencies, 0.95).toFixed(1)),
    ]),
  );
  print([""]);
  for (const [name, all] of found) {
    const last = all.at(-1);
    if (last)
      printVerdict(name, quantile(last, 0.95), { most: BUDGET_MS }, " ms");
  }
}

/** @param {Float64Array} took */
function describeNights(took) {
  const all = took.reduce((sum, one) => sum + one, 0);
  return `${DAYS} nights' sums took ${(all / 1000).toFixed(1)} s, ${took.length} statements of at most ${Math.max(...took).toFixed(0)} ms`;
}

/** @param {number} size */
function words(size) {
  return size.toLocaleString("en-US");
}
