// What it costs to know who asks: a cheap authenticated GET by session cookie, JWT and service
// token, against a constant answer of Next's.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import {
  CONTEST_OPTIONS,
  contestOf,
  httpContenders,
  printContest,
} from "./lib/contest.mjs";
import { jobsDone } from "./lib/jobs-done.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { alternate } from "./lib/rounds.mjs";
import { cookieOf, jwtOfOwner } from "./lib/signed-in.mjs";
import { describeDatabase } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { print } from "./lib/table.mjs";

const CONNECTIONS = 16;

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  token: "GET settings, service token",
  cookie: "GET settings, session cookie",
  jwt: "GET settings, JWT",
};

await runScript(async () => {
  const options = readOptions();
  const stand = await openStand();
  await jobsDone(stand);
  print([describeMachine(), await describeDatabase(stand.databaseUrl)]);
  const contenders = await makeContenders(stand, options.seconds);
  printContest(
    `Calls a second on ${CONNECTIONS} connections`,
    ABOUT,
    await alternate(contenders, options),
    { beside: ["live", "token"], digits: 2 },
  );
});

function readOptions() {
  return contestOf(
    readArguments({
      command: "node bench/sessions.mjs",
      about:
        "Measures what authenticating a call costs. Takes a minute or two.",
      options: CONTEST_OPTIONS,
    }),
  );
}

/**
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {number} seconds
 */
async function makeContenders(stand, seconds) {
  const path = "/api/v1/settings";
  const cookie = await cookieOf(stand, stand.owner);
  const jwt = await jwtOfOwner(stand);
  const http = httpContenders({
    ...{ port: stand.port, connections: CONNECTIONS, seconds },
  });
  const run = (/** @type {Buffer} */ request, /** @type {string} */ expects) =>
    http(() => request, expects);
  return {
    live: run(encode({ path: "/api/v1/health/live" }), '"status":"ok"'),
    token: run(encode({ path, token: stand.token }), '"company"'),
    cookie: run(encode({ path, cookie }), '"company"'),
    jwt: run(encode({ path, token: jwt }), '"company"'),
  };
}
