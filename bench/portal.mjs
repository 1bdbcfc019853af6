// How long a customer waits: for the portal's Home from the server, and for a tenant to be ready.
import "../scripts/lib/node-version.mjs";
import { setTimeout as sleep } from "node:timers/promises";
import { runScript, step } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import { httpContenders, printContest, readContest } from "./lib/contest.mjs";
import { waitForQuiet } from "./lib/quiet.mjs";
import { alternate } from "./lib/rounds.mjs";
import { settle } from "./lib/settle.mjs";
import { cookieOf } from "./lib/signed-in.mjs";
import { openStand } from "./lib/stand.mjs";
import { median } from "./lib/statistics.mjs";
import { print } from "./lib/table.mjs";

const TENANTS = 10;
const PATIENCE_MS = 60_000;

const ABOUT = {
  live: "GET health/live: Next route handler, constant JSON",
  home: "GET /portal: Home, with its session",
  usage: "GET /portal/usage",
};

await runScript(async () => {
  const options = readContest({
    command: "node bench/portal.mjs",
    about: "Measures the portal's Home and a tenant's start. Takes a minute.",
  });
  const stand = await openStand();
  await settle(stand);
  const contenders = await makeContenders(stand, options.seconds);
  printContest(
    "Pages, one after another on one connection",
    ABOUT,
    await alternate(contenders, options),
    { beside: ["live"], digits: 2 },
  );
  await provision(stand);
});

/**
 * @param {import("./lib/stand.mjs").Stand} stand
 * @param {number} seconds
 */
async function makeContenders(stand, seconds) {
  if (!stand.person) throw new Error("The sample data have nobody to sign in");
  const cookie = await cookieOf(stand, stand.person);
  const http = httpContenders({ port: stand.port, connections: 1, seconds });
  const page = (/** @type {string} */ path) => {
    const request = encode({ path, cookie });
    return http(() => request, "</html>");
  };
  const live = encode({ path: "/api/v1/health/live" });
  return {
    live: http(() => live, '"status":"ok"'),
    home: page("/portal"),
    usage: page("/portal/usage"),
  };
}

/**
 * Tenants one after another, each from the order of the driver `sandbox` to the answer that it is active.
 * @param {import("./lib/stand.mjs").Stand} stand
 */
async function provision({ call }) {
  /** @type {number[]} */
  const took = [];
  await step(`${TENANTS} tenants`, async () => {
    for (let i = 0; i < TENANTS; i += 1) {
      const { id: customer_id } = await call("POST", "/customers", {
        email: `tenant-${i}@bench.example`,
        full_name: `Tenant ${i}`,
      });
      await waitForQuiet();
      const begun = performance.now();
      const { id } = await call("POST", "/tenants", {
        customer_id,
        subdomain: `bench-${i}`,
      });
      while ((await call("GET", `/tenants/${id}`)).status !== "active") {
        if (performance.now() - begun > PATIENCE_MS)
          throw new Error(`Tenant ${id} is not ready`);
        await sleep(20);
      }
      took.push((performance.now() - begun) / 1000);
    }
  });
  const seconds = (/** @type {number} */ n) => `${n.toFixed(2)} s`;
  print([
    "",
    `A sandbox tenant from order to ready: ${seconds(median(took))} (${seconds(Math.min(...took))}–${seconds(Math.max(...took))})`,
  ]);
}
