// What it costs to know who asks: a cheap authenticated GET by session cookie, JWT and service
// token, against a constant answer of Next's.
import "../scripts/lib/node-version.mjs";
import { runScript } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import { httpContenders, printContest, readContest } from "./lib/contest.mjs";
import { alternate } from "./lib/rounds.mjs";
import { settle } from "./lib/settle.mjs";
import { cookieOf, jwtOfOwner } from "./lib/signed-in.mjs";
import { openStand } from "./lib/stand.mjs";

const CONNECTIONS = 16;

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  token: "GET settings, service token",
  cookie: "GET settings, session cookie",
  jwt: "GET settings, JWT",
};

await runScript(async () => {
  const options = readContest({
    command: "node bench/sessions.mjs",
    about: "Measures what authenticating a call costs. Takes a minute or two.",
  });
  const stand = await openStand();
  await settle(stand);
  const contenders = await makeContenders(stand, options.seconds);
  printContest(
    `Calls a second on ${CONNECTIONS} connections`,
    ABOUT,
    await alternate(contenders, options),
    { beside: ["live", "token"], digits: 2 },
  );
});

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
