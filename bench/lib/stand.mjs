import path from "node:path";
import { startApp, waitUntilReady } from "../../scripts/lib/app-process.mjs";
import { ensureBuilt, programOf } from "../../scripts/lib/build.mjs";
import { runNode } from "../../scripts/lib/child-process.mjs";
import { migrate } from "../../scripts/lib/migrate.mjs";
import { choosePort } from "../../scripts/lib/ports.mjs";
import { startPostgres } from "../../scripts/lib/postgres.mjs";
import { note, step } from "../../scripts/lib/report.mjs";
import { appEnvironment } from "../../scripts/lib/settings.mjs";
import { makeTemporaryFolder } from "../../scripts/lib/temporary-folder.mjs";
import { api } from "./api.mjs";

const WANTED_PORT = 4600;

/**
 * @typedef {object} Stand
 * @property {number} port of the app
 * @property {string} databaseUrl
 * @property {string} folder of the database and the logs
 * @property {NodeJS.ProcessEnv} env of the app
 * @property {string} token a service token with every permission
 * @property {{ email: string, password: string }} owner of the staff
 * @property {{ email: string, password: string } | undefined} person of a customer; `demo` has one
 * @property {ReturnType<typeof api>} call
 * @property {() => Promise<void>} stop stops app and database, and keeps the folder
 */

/** @typedef {Pick<Stand, "token" | "owner" | "person">} Seeded */

/**
 * What a measurement stands on: an empty, durable PostgreSQL in a temporary folder, migrated and
 * seeded, and the built server on it. All of it goes when the script ends.
 * @param {object} [options]
 * @param {string} [options.scenario] of the seed
 * @param {number} [options.size] customers of `heavy-usage`
 * @param {string} [options.profile] a file that gets the server's CPU profile when it ends
 * @param {Record<string, string>} [options.settings] more of the server's environment
 * @returns {Promise<Stand>}
 */
export async function openStand({
  scenario = "demo",
  size,
  profile,
  settings,
} = {}) {
  await step("Build", () => ensureBuilt({ log: note }), String);
  const { folder } = await makeTemporaryFolder("bench");
  const database = await startDatabase(folder, []);
  await step("Migrations", () => migrate(database.url));
  const env = await environment(folder, database.url);
  const seeded = await step(`Sample data, ${scenario}`, () =>
    seed(scenario, size, env),
  );
  const profiling = profile && {
    NODE_OPTIONS: `--import=${new URL("./profile.mjs", import.meta.url).href}`,
    PROFILE_FILE: path.resolve(profile),
  };
  const whole = { ...env, ...profiling, ...settings };
  return serve(folder, database, whole, seeded);
}

/**
 * Opens a stand's folder again, with other flags of `postgres`.
 * @param {Stand} stand a stopped one
 * @param {string[]} flags
 * @returns {Promise<Stand>}
 */
export async function reopenStand({ folder, token, owner, person }, flags) {
  const database = await startDatabase(folder, flags);
  const env = await environment(folder, database.url);
  return serve(folder, database, env, { token, owner, person });
}

/** @param {string} folder @param {string[]} flags */
function startDatabase(folder, flags) {
  return step("PostgreSQL", () =>
    startPostgres({ dataDir: folder, log: note, flags }),
  );
}

/** @param {string} folder @param {string} databaseUrl */
async function environment(folder, databaseUrl) {
  const port = await choosePort({
    wanted: WANTED_PORT,
    isNamed: false,
    log: () => {},
  });
  return {
    ...(await appEnvironment({ databaseUrl, dataDir: folder, port })),
    LOG_LEVEL: "warn",
    LIMIT_GENERAL_PER_MINUTE: "1000000",
    LIMIT_LICENSES_PER_MINUTE: "1000000",
    LIMIT_TENANTS_PER_MINUTE: "1000000",
  };
}

/**
 * @param {string} folder
 * @param {import("../../scripts/lib/postgres.mjs").Postgres} database
 * @param {Awaited<ReturnType<typeof environment>>} env
 * @param {Seeded} seeded
 * @returns {Promise<Stand>}
 */
async function serve(folder, database, env, seeded) {
  const app = startApp({
    program: programOf("server"),
    env,
    logFile: path.join(folder, "server.log"),
  });
  await step("Server", () => waitUntilReady(app, env));
  const port = Number(env.PORT);
  return {
    port,
    databaseUrl: database.url,
    folder,
    env,
    ...seeded,
    call: api({ port, token: seeded.token }),
    async stop() {
      await app.stop();
      await database.stop();
    },
  };
}

/**
 * @param {string} scenario
 * @param {number | undefined} size
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Seeded>}
 */
async function seed(scenario, size, env) {
  const sized = size === undefined ? [] : ["--size", String(size)];
  const args = ["seed", "--scenario", scenario, ...sized, "--json"];
  const output = await runNode([programOf("cli"), ...args], {
    name: `npm run cli -- ${args.join(" ")}`,
    advice: "see what it says.",
    env,
  });
  const { service_token, admin, portal } = JSON.parse(
    output.trim().split("\n").at(-1) ?? "",
  );
  return { token: service_token, owner: admin, person: portal };
}
