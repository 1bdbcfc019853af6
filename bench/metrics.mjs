// How fast Prometheus reads the metrics, with many series and few, against a constant answer of Next's.
import "../scripts/lib/node-version.mjs";
import { randomBytes } from "node:crypto";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import { closedLoop, httpCalls } from "./lib/load.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { alternate, ratios } from "./lib/rounds.mjs";
import { openStand } from "./lib/stand.mjs";
import { median, quantile, withSpread } from "./lib/statistics.mjs";
import { print, printTable, printVerdict } from "./lib/table.mjs";

const CONNECTIONS = 8;
const TOKEN = randomBytes(16).toString("hex");

// Of each a GET, so that the series of many routes are there.
const ROUTES = [
  ...["customers", "keys", "licenses", "invoices", "payments", "plans"],
  ...["subscriptions", "support", "tenants", "meters", "price-book", "staff"],
  ...["coupons", "tax-rates", "audit-log", "alerts", "settings", "segments"],
];

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  metrics: `GET /metrics, ${ROUTES.length} routes called before`,
};

/** @typedef {import("./lib/load.mjs").Measure} Measure */

await runScript(async () => {
  const { rounds = "3", seconds = "4" } = readOptions();
  process.env.METRICS_TOKEN = TOKEN; // the stand's server has our environment
  const stand = await openStand({});
  for (const route of ROUTES) await stand.call("GET", `/${route}`);
  print([describeMachine(), await describeMetrics(stand.port)]);
  const run =
    (/** @type {Buffer} */ bytes, /** @type {string} */ expects) =>
    async () => {
      const { calls, close } = await httpCalls({
        ...{ port: stand.port, connections: CONNECTIONS, expects },
        next: () => bytes,
      });
      const measure = await closedLoop(calls, { seconds: Number(seconds) });
      close();
      return measure;
    };
  const contenders = {
    live: run(encode({ path: "/api/v1/health/live" }), '"status":"ok"'),
    metrics: run(
      encode({ path: "/metrics", token: TOKEN }),
      "tollkeeper_http_requests_total",
    ),
  };
  report(await alternate(contenders, { rounds: Number(rounds) }));
});

function readOptions() {
  return readArguments({
    command: "node bench/metrics.mjs",
    about: "Measures GET /metrics. Takes about a minute.",
    options: {
      rounds: { type: "string", value: "number", about: "default 3" },
      seconds: {
        type: "string",
        value: "number",
        about: "of each run; default 4",
      },
    },
  });
}

/** @param {number} port */
async function describeMetrics(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const text = await answer.text();
  const series = text.split("\n").filter((line) => /^\w/.test(line)).length;
  return `${series} series, ${Math.round(text.length / 1_000)} kB`;
}

/** @param {Record<keyof typeof ABOUT, Measure[]>} measures */
function report(measures) {
  // Safe: ABOUT's keys are the names that its type lists.
  const names = /** @type {(keyof typeof ABOUT)[]} */ (Object.keys(ABOUT));
  printTable(
    `Calls a second on ${CONNECTIONS} connections, median of the rounds (least–greatest)`,
    ["what", "a second", "p50 ms", "p99 ms", "÷ live"],
    names.map((name) => [
      ABOUT[name],
      withSpread(measures[name].map(({ perSecond }) => perSecond)),
      ...[0.5, 0.99].map((share) =>
        withSpread(
          measures[name].map(({ latencies }) => quantile(latencies, share)),
          1,
        ),
      ),
      withSpread(ratios(measures[name], measures.live), 1),
    ]),
  );
  print([""]);
  printVerdict(
    `${ABOUT.metrics} ÷ constant JSON`,
    median(ratios(measures.metrics, measures.live)),
    { least: 0.2 },
  );
}
