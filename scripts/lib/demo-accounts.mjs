import path from "node:path";
import { programOf } from "./build.mjs";
import { runNode } from "./child-process.mjs";
import { Problem } from "./problem.mjs";
import { step } from "./report.mjs";
import { readPrivateJson, writePrivateJson } from "./secrets.mjs";

/** What an empty database may be filled with. */
export const SCENARIOS = ["demo", "empty", "isp", "llm", "heavy-usage"];

/** @typedef {{ email: string, password: string }} SignIn */

/** @typedef {{ admin: SignIn, portal: SignIn, service_token: string, api_key: string }} Accounts */

/**
 * What a database was filled with, and the secrets of it, which the database itself cannot tell any more.
 * @typedef {{ scenario: string, accounts: Accounts | null, is_unfinished?: true }} Filling
 */

/** @typedef {{ dataDir: string, database: string }} Place `database`: its name; each has its own filling */

/**
 * @param {Place} place
 * @returns {Promise<Filling | null>} null when we have not filled it
 */
export async function findFilling(place) {
  const fillings = await readFillings(place);
  return fillings[place.database] ?? null;
}

/**
 * The scenario to use: the one asked for, else the one that is there, else `demo`.
 * @param {string | undefined} asked
 * @param {Filling | null} filling
 * @param {string} dataDir
 * @throws {Problem} when another is there
 */
export function chooseScenario(asked, filling, dataDir) {
  if (filling === null || asked === undefined || asked === filling.scenario)
    return filling?.scenario ?? asked ?? "demo";
  throw new Problem(
    `${dataDir} was filled with the scenario "${filling.scenario}", not "${asked}".`,
    {
      advice: `leave out --scenario to go on with "${filling.scenario}"; or keep "${asked}" apart with --data-dir .data-${asked}; or begin anew with --reset (this deletes the data).`,
    },
  );
}

/**
 * Fills a database that is empty, as a step.
 * @param {{ place: Place, scenario: string, env: NodeJS.ProcessEnv }} options `env` of the app
 * @returns {Promise<Accounts | null>} null when somebody else has set it up, and only they know their password
 */
export function fillDatabase({ place, scenario, env }) {
  return step(
    `Sample data, ${scenario}`,
    () =>
      scenario === "empty" ? fillNothing(place) : fill(place, scenario, env),
    (accounts) =>
      accounts || scenario === "empty" ? "" : "left out, there is an owner",
  );
}

/**
 * A new one-time link for the first owner, in place of any older one: the server also makes one when it starts.
 * @param {NodeJS.ProcessEnv} env of the app
 * @returns {Promise<string | null>} null when there is an owner
 */
export async function makeSetupLink(env) {
  const result = await seed("empty", env);
  return typeof result.setup_url === "string" ? result.setup_url : null;
}

/**
 * @param {Place} place
 * @returns {Promise<null>}
 */
async function fillNothing(place) {
  await keepFilling(place, { scenario: "empty", accounts: null });
  return null;
}

/**
 * @param {Place} place
 * @param {string} scenario
 * @param {NodeJS.ProcessEnv} env
 */
async function fill(place, scenario, env) {
  if ((await makeSetupLink(env)) === null) return null;
  // A seed that is cut off leaves a part of its data in a database without an owner, and this mark.
  const mark = /** @type {const} */ ({ accounts: null, is_unfinished: true });
  await keepFilling(place, { scenario, ...mark });
  const accounts = accountsOf(await seed(scenario, env));
  await keepFilling(place, { scenario, accounts });
  return accounts;
}

/**
 * @param {string} scenario
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Record<string, unknown>>}
 */
async function seed(scenario, env) {
  const args = ["seed", "--scenario", scenario, "--json"];
  const output = await runNode(
    ["--enable-source-maps", programOf("cli"), ...args],
    {
      name: `npm run cli -- ${args.join(" ")}`,
      advice:
        "see what it says; a database that was only half filled is emptied with --reset.",
      env: { LOG_LEVEL: "error", ...env },
    },
  );
  try {
    return JSON.parse(output.trim().split("\n").at(-1) ?? "");
  } catch (cause) {
    throw new Problem("The seed did not print its sign-ins.", {
      output,
      cause,
    });
  }
}

/**
 * @param {Place} place
 * @returns {Promise<Record<string, Filling>>}
 */
async function readFillings(place) {
  const found = await readPrivateJson(fileOf(place));
  // Safe: only fillDatabase writes this file.
  return found === null ? {} : /** @type {Record<string, Filling>} */ (found);
}

/**
 * @param {Place} place
 * @param {Filling} filling
 */
async function keepFilling(place, filling) {
  const fillings = await readFillings(place);
  await writePrivateJson(fileOf(place), {
    ...fillings,
    [place.database]: filling,
  });
}

/** @param {Place} place */
function fileOf({ dataDir }) {
  return path.join(dataDir, "demo.json");
}

/**
 * @param {Record<string, unknown>} result of a seed
 * @returns {Accounts | null}
 */
function accountsOf({ admin, portal, service_token, api_key }) {
  if (!admin || !portal || !service_token || !api_key) return null;
  const found = { admin, portal, service_token, api_key };
  // Safe: the seed prints these, or none of them.
  return /** @type {Accounts} */ (found);
}
