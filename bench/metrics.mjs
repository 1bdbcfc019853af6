// How fast Prometheus reads the metrics, with many series and few, against a constant answer of Next's.
import "../scripts/lib/node-version.mjs";
import { randomBytes } from "node:crypto";
import { runScript } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import { httpContenders, printContest, readContest } from "./lib/contest.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { alternate, ratios } from "./lib/rounds.mjs";
import { openStand } from "./lib/stand.mjs";
import { median } from "./lib/statistics.mjs";
import { print, printVerdict } from "./lib/table.mjs";

const CONNECTIONS = 8;
const TOKEN = randomBytes(16).toString("hex");

// Of each a GET, so that the series of many routes are there.
const ROUTES = [
  ...["customers", "keys", "licenses", "invoices", "payments", "plans"],
  ...["subscriptions", "support", "tenants", "meters", "price-book"],
  ...["coupons", "tax-rates", "audit-log", "alerts", "settings", "segments"],
];

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  metrics: `GET /metrics, ${ROUTES.length} routes called before`,
};

/** @typedef {import("./lib/load.mjs").Measure} Measure */

await runScript(async () => {
  const options = readContest({
    command: "node bench/metrics.mjs",
    about: "Measures GET /metrics. Takes about a minute.",
  });
  process.env.METRICS_TOKEN = TOKEN; // the stand's server has our environment
  const stand = await openStand({});
  for (const route of ROUTES) await stand.call("GET", `/${route}`);
  print([describeMachine(), await describeMetrics(stand.port)]);
  const { seconds } = options;
  const http = httpContenders({
    ...{ port: stand.port, connections: CONNECTIONS, seconds },
  });
  const [live, metrics] = [
    encode({ path: "/api/v1/health/live" }),
    encode({ path: "/metrics", token: TOKEN }),
  ];
  report(
    await alternate(
      {
        live: http(() => live, '"status":"ok"'),
        metrics: http(() => metrics, "tollkeeper_http_requests_total"),
      },
      options,
    ),
  );
});

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
  printContest(
    `Calls a second on ${CONNECTIONS} connections`,
    ABOUT,
    measures,
    { beside: ["live"] },
  );
  print([""]);
  printVerdict(
    `${ABOUT.metrics} ÷ constant JSON`,
    median(ratios(measures.metrics, measures.live)),
    { least: 0.2 },
  );
}
