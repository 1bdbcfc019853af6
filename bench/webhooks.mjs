// How fast an event of Stripe is taken: signature checked, kept and committed with the job that
// processes it, then answered; and how long until it is processed, beside a stand-in for the API.
import "../scripts/lib/node-version.mjs";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import { httpCalls, openLoop } from "./lib/load.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { alternate } from "./lib/rounds.mjs";
import { describeDatabase, runSql } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { median, quantile, withSpread } from "./lib/statistics.mjs";
import { print, printTable, printVerdict } from "./lib/table.mjs";

const CONNECTIONS = 16;
const SECRET = "whsec_bench";

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  fresh: "a new event: kept with its job",
  again: "an event that was kept before",
  ignored: "a new event of a type that nothing depends on",
};

/** @typedef {import("./lib/load.mjs").Measure} Measure */

await runScript(async () => {
  const { rounds = "3", seconds = "10", rate = "10" } = readOptions();
  const api = await startApi();
  try {
    const stand = await openStand({
      settings: {
        STRIPE_SECRET_KEY: "sk_test_bench",
        STRIPE_WEBHOOK_SECRET: SECRET,
        STRIPE_API_BASE: api.url,
      },
    });
    print([describeMachine(), await describeDatabase(stand.databaseUrl)]);
    const load = { perSecond: Number(rate), seconds: Number(seconds) };
    const contenders = makeContenders(stand.port, load);
    report(await alternate(contenders, { rounds: Number(rounds) }), load);
    await reportProcessing(stand.databaseUrl);
  } finally {
    api.close();
  }
});

function readOptions() {
  const number = (/** @type {string} */ about) =>
    /** @type {const} */ ({ type: "string", value: "number", about });
  return readArguments({
    command: "node bench/webhooks.mjs",
    about: "Measures POST /api/v1/webhooks/stripe. Takes about three minutes.",
    options: {
      rounds: number("default 3"),
      seconds: number("of each run; default 10"),
      rate: number("events a second; default 10"),
    },
  });
}

/** Stripe's API, of which nothing exists any more: each event is read, and comes to nothing. */
async function startApi() {
  const error = { type: "invalid_request_error", code: "resource_missing" };
  const body = JSON.stringify({
    error: { ...error, message: "No such thing" },
  });
  const server = createServer((_request, response) => {
    response.writeHead(404, { "content-type": "application/json" });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The stand-in listens on no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {string} id @param {string} type */
function signedEvent(id, type) {
  const created = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({
    ...{ id, object: "event", type, created, livemode: false },
    data: { object: { id: `pi_${id}`, object: "payment_intent" } },
  });
  const mac = createHmac("sha256", SECRET).update(`${created}.${body}`);
  return encode({
    method: "POST",
    path: "/api/v1/webhooks/stripe",
    headers: [`stripe-signature: t=${created},v1=${mac.digest("hex")}`],
    body,
  });
}

/** @param {number} port @param {{ perSecond: number, seconds: number }} load */
function makeContenders(port, load) {
  const run =
    (/** @type {() => Buffer} */ next, /** @type {string} */ expects) =>
    async () => {
      const { calls, close } = await httpCalls({
        ...{ port, connections: CONNECTIONS, next, expects },
      });
      const measure = await openLoop(calls, load);
      close();
      return measure;
    };
  const live = encode({ path: "/api/v1/health/live" });
  const id = () => `evt_${randomUUID().replaceAll("-", "")}`;
  const one = id();
  const received = '"received":true';
  return {
    live: run(() => live, '"status":"ok"'),
    fresh: run(() => signedEvent(id(), "payment_intent.succeeded"), received),
    again: run(() => signedEvent(one, "payment_intent.succeeded"), received),
    ignored: run(() => signedEvent(id(), "weather.changed"), received),
  };
}

/**
 * @param {Record<keyof typeof ABOUT, Measure[]>} measures
 * @param {{ perSecond: number }} load
 */
function report(measures, { perSecond }) {
  // Safe: ABOUT's keys are the names that its type lists.
  const names = /** @type {(keyof typeof ABOUT)[]} */ (Object.keys(ABOUT));
  const at = (
    /** @type {keyof typeof ABOUT} */ name,
    /** @type {number} */ share,
  ) => measures[name].map(({ latencies }) => quantile(latencies, share));
  printTable(
    `Receipt to commit at ${perSecond} a second, in ms; median of the rounds (least–greatest)`,
    ["what", "p50", "p95", "p99"],
    names.map((name) => [
      ABOUT[name],
      ...[0.5, 0.95, 0.99].map((share) => withSpread(at(name, share), 1)),
    ]),
  );
  print([""]);
  printVerdict(
    `p95 of ${ABOUT.fresh}`,
    median(at("fresh", 0.95)),
    { most: 100 },
    " ms",
  );
}

/** @param {string} databaseUrl */
async function reportProcessing(databaseUrl) {
  const [row] = await runSql(
    databaseUrl,
    `SELECT count(*)::int AS events,
       round(1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM processed_at - received_at)))::int AS p50,
       round(1000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM processed_at - received_at)))::int AS p95,
       count(*) FILTER (WHERE processed_at IS NULL)::int AS waiting
     FROM inbound_webhooks WHERE type = 'payment_intent.succeeded'`,
  );
  print([
    "",
    `Receipt to processed, of ${row?.events} events: p50 ${row?.p50} ms, p95 ${row?.p95} ms; ${row?.waiting} still wait`,
  ]);
}
