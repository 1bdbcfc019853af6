// What it costs to know who asks: a cheap authenticated GET by session cookie, JWT and service
// token, against a constant answer of Next's.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import { closedLoop, httpCalls } from "./lib/load.mjs";
import { jobsDone } from "./lib/jobs-done.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { alternate, ratios } from "./lib/rounds.mjs";
import { cookieOfOwner, jwtOfOwner } from "./lib/signed-in.mjs";
import { describeDatabase } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { quantile, withSpread } from "./lib/statistics.mjs";
import { print, printTable } from "./lib/table.mjs";

const CONNECTIONS = 16;

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  token: "GET settings, service token",
  cookie: "GET settings, session cookie",
  jwt: "GET settings, JWT",
};

/** @typedef {import("./lib/load.mjs").Measure} Measure */

await runScript(async () => {
  const { rounds = "3", seconds = "4" } = readOptions();
  const stand = await openStand();
  await jobsDone(stand);
  print([describeMachine(), await describeDatabase(stand.databaseUrl)]);
  const contenders = await makeContenders(stand, Number(seconds));
  report(await alternate(contenders, { rounds: Number(rounds) }));
});

function readOptions() {
  return readArguments({
    command: "node bench/sessions.mjs",
    about: "Measures what authenticating a call costs. Takes a minute or two.",
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

/**
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {number} seconds
 */
async function makeContenders(stand, seconds) {
  const path = "/api/v1/settings";
  const [cookie, jwt] = [await cookieOfOwner(stand), await jwtOfOwner(stand)];
  const run = (
    /** @type {Buffer} */ request,
    /** @type {string} */ expects,
  ) => {
    const next = () => request;
    return async () => {
      const { calls, close } = await httpCalls({
        ...{ port: stand.port, connections: CONNECTIONS, next, expects },
      });
      const measure = await closedLoop(calls, { seconds });
      close();
      return measure;
    };
  };
  return {
    live: run(encode({ path: "/api/v1/health/live" }), '"status":"ok"'),
    token: run(encode({ path, token: stand.token }), '"company"'),
    cookie: run(encode({ path, cookie }), '"company"'),
    jwt: run(encode({ path, token: jwt }), '"company"'),
  };
}

/** @param {Record<keyof typeof ABOUT, Measure[]>} measures */
function report(measures) {
  // Safe: ABOUT's keys are the names that its type lists.
  const names = /** @type {(keyof typeof ABOUT)[]} */ (Object.keys(ABOUT));
  printTable(
    `Calls a second on ${CONNECTIONS} connections, median of the rounds (least–greatest)`,
    ["what", "a second", "p50 ms", "p99 ms", "÷ live", "÷ token"],
    names.map((name) => [
      ABOUT[name],
      withSpread(measures[name].map(({ perSecond }) => perSecond)),
      ...[0.5, 0.99].map((share) =>
        withSpread(
          measures[name].map(({ latencies }) => quantile(latencies, share)),
          1,
        ),
      ),
      withSpread(ratios(measures[name], measures.live), 2),
      withSpread(ratios(measures[name], measures.token), 2),
    ]),
  );
}
