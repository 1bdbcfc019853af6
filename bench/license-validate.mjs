// How fast software learns whether its license is valid, over HTTP, against a constant answer of
// Next's: 500 keys, one hot key, an activated machine, and a key that nobody has.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import { forEach } from "./lib/api.mjs";
import { encode } from "./lib/connection.mjs";
import {
  CONTEST_OPTIONS,
  contestOf,
  httpContenders,
  printContest,
  PROFILE_OPTION,
} from "./lib/contest.mjs";
import { alternate, ratios } from "./lib/rounds.mjs";
import { settle } from "./lib/settle.mjs";
import { openStand } from "./lib/stand.mjs";
import { median } from "./lib/statistics.mjs";
import { picker } from "./lib/subjects.mjs";
import { print, printVerdict } from "./lib/table.mjs";

const CONNECTIONS = 64;
const LICENSES = 500;
const MACHINE = "b7c1f0e2";

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  spread: `validate, ${LICENSES} keys`,
  hot: "validate, one hot key",
  machine: `validate, ${LICENSES} keys, each on its machine`,
  unknown: "validate, a key that nobody has",
};

/** @typedef {import("./lib/load.mjs").Measure} Measure */
/** @typedef {import("./lib/stand.mjs").Stand} Stand */

await runScript(async () => {
  const { profile, ...given } = readOptions();
  const options = contestOf(given);
  const stand = await openStand({ ...(profile && { profile }) });
  await liftLimit(stand);
  const keys = await step("Licenses", () => addLicenses(stand));
  await settle(stand);
  const contenders = makeContenders(stand, keys, options.seconds);
  report(await alternate(contenders, options));
});

function readOptions() {
  return readArguments({
    command: "node bench/license-validate.mjs",
    about: "Measures POST /api/v1/licenses/validate. Takes about two minutes.",
    options: { ...CONTEST_OPTIONS, ...PROFILE_OPTION },
  });
}

/** All calls come from one address, which is held to a limit. @param {Stand} stand */
async function liftLimit({ call }) {
  const { limits } = await call("GET", "/settings");
  await call("PUT", "/settings", {
    limits: { ...limits, licenses_per_minute: 1_000_000 },
  });
}

/** @param {Stand} stand @returns {Promise<string[]>} keys, each activated on the machine */
async function addLicenses({ call }) {
  const { id: customer_id } = await call("POST", "/customers", {
    email: "licenses@bench.example",
    full_name: "Licenses",
  });
  const numbers = Array.from({ length: LICENSES }, (_, i) => i);
  return forEach(numbers, 8, async (i) => {
    const { key } = await call("POST", "/licenses", {
      ...{ customer_id, name: `License ${i}`, interval: "year" },
    });
    const place = { kind: "machine", identifier: MACHINE };
    await call("POST", "/licenses/activations", { key, ...place });
    return key;
  });
}

/** @param {Stand} stand @param {string[]} keys @param {number} seconds */
function makeContenders({ port }, keys, seconds) {
  const asked = (/** @type {object} */ body) =>
    encode({ method: "POST", path: "/api/v1/licenses/validate", body });
  const run = httpContenders({ port, connections: CONNECTIONS, seconds });
  const valid = '"code":"VALID"';
  const live = encode({ path: "/api/v1/health/live" });
  const hot = asked({ key: keys[0] });
  const unknown = asked({ key: "no-such-key" });
  return {
    live: run(() => live, '"status":"ok"'),
    spread: run(picker(keys.map((key) => asked({ key }))), valid),
    hot: run(() => hot, valid),
    machine: run(
      picker(keys.map((key) => asked({ key, machine: MACHINE }))),
      `"identifier":"${MACHINE}"`,
    ),
    unknown: run(() => unknown, '"code":"NOT_FOUND"'),
  };
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
  for (const name of /** @type {const} */ (["spread", "hot", "machine"]))
    printVerdict(
      `${ABOUT[name]} ÷ constant JSON`,
      median(ratios(measures[name], measures.live)),
      { least: 5 },
    );
}
