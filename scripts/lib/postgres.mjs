import path from "node:path";
import { claimDataDir } from "./data-dir.mjs";
import { leaseholders, takeLease } from "./leases.mjs";
import { withLock } from "./lock.mjs";
import { serverAccount } from "./postgres-account.mjs";
import { findBinaries } from "./postgres-binaries.mjs";
import { findCluster, prepareCluster } from "./postgres-cluster.mjs";
import {
  ensureDatabase,
  urlOf,
  waitForAnswer,
} from "./postgres-connection.mjs";
import {
  findServer,
  interrupt,
  launchServer,
  stopServer,
} from "./postgres-server.mjs";
import { describeProblem, Problem } from "./problem.mjs";
import { isRunning } from "./process-identity.mjs";
import { readSecrets } from "./secrets.mjs";
import { beforeExit, isStopping } from "./shutdown.mjs";

const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=100",
  "shared_buffers=256MB",
  "jit=off",
  "timezone=UTC",
  "log_timezone=UTC",
];
const UNSAFE_SETTINGS = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
];
const WATCH_MS = 250;
const RESTARTS_A_MINUTE = 5;

/**
 * @typedef {object} PostgresOptions
 * @property {string} dataDir made when there is none; holds the database, its secrets and its log
 * @property {string} [database] made when there is none
 * @property {boolean} [durable] false: a crash of the machine may lose data; for tests
 * @property {string[]} [flags] further flags of `postgres`, such as "-c", "work_mem=8MB"
 * @property {boolean} [keepAlive] start it again, on the same port, when it dies
 * @property {(line: string) => void} [log]
 */

/**
 * @typedef {object} Postgres
 * @property {string} url postgres://… of the database, for a role that may make databases and roles
 * @property {boolean} adopted whether the server was running already
 * @property {() => Promise<void>} stop stops the server, unless another process of ours uses it too; it is
 *   also stopped when this process ends without that
 */

/**
 * Has the embedded PostgreSQL of a data folder run: one that runs there already is taken over or shared.
 * @param {PostgresOptions} options
 * @returns {Promise<Postgres>}
 * @throws {Problem} naming what is in the way and what to do
 */
export async function startPostgres(options) {
  const dataDir = await claimDataDir(options.dataDir);
  const log = options.log ?? ((line) => process.stderr.write(`${line}\n`));
  const context = { ...options, dataDir, log };
  return inTurn(context, () => start(context));
}

/**
 * Works on a data folder while no other process does.
 * @template T
 * @param {{ dataDir: string, log: (line: string) => void }} context
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn({ dataDir, log }, work) {
  return withLock(path.join(dataDir, "postgres.lock"), work, {
    onWait: (pid) => log(`waiting for process ${pid}, which is at it`),
  });
}

/**
 * @param {PostgresOptions & { log: (line: string) => void }} context
 * @returns {Promise<Postgres>}
 */
async function start(context) {
  const { dataDir, log, durable = true, flags = [] } = context;
  const account = await serverAccount();
  const binaries = await findBinaries(account, log);
  const mayCreate = (await findCluster(dataDir)) === null;
  const { database_password: password } = await readSecrets(dataDir, {
    mayCreate,
  });
  const setting = { dataDir, account, binaries, password, durable, log };
  const cluster = await prepareCluster(setting);
  const settings = durable ? SETTINGS : [...SETTINGS, ...UNSAFE_SETTINGS];
  const launch = {
    cluster,
    postgres: binaries.postgres,
    account,
    flags: [...settings.flatMap((setting) => ["-c", setting]), ...flags],
    logFile: path.join(dataDir, "postgres.log"),
  };
  const home = path.dirname(cluster);
  const running = await findServer(cluster);
  if (running && leaseholders(home).length === 0)
    log(`taking over PostgreSQL (process ${running.pid}), left running before`);
  const giveBack = await takeLease(home);
  try {
    const isOpen = running && (await waitForAnswer(running, password, log));
    const server = isOpen
      ? running
      : await launchAndWait(launch, password, log);
    const session = { context, launch, home, server, giveBack, password };
    return await open(session, isOpen === true);
  } catch (error) {
    giveBack();
    throw error;
  }
}

/**
 * @param {import("./postgres-server.mjs").Launch} launch
 * @param {string} password
 * @param {(line: string) => void} log
 */
async function launchAndWait(launch, password, log) {
  await findServer(launch.cluster); // one that ends just now may have children left
  const server = await launchServer(launch);
  try {
    if (await waitForAnswer(server, password, log)) return server;
  } catch (error) {
    await stopServer(server);
    throw error;
  }
  throw new Problem("PostgreSQL ended right after its start.", {
    advice: `see ${launch.logFile}.`,
  });
}

/**
 * @typedef {object} Session
 * @property {PostgresOptions & { log: (line: string) => void }} context
 * @property {import("./postgres-server.mjs").Launch} launch
 * @property {string} home the folder of the leases
 * @property {import("./postgres-server.mjs").Server} server its process changes when it is started again
 * @property {() => void} giveBack
 * @property {string} password
 */

/**
 * @param {Session} session
 * @param {boolean} adopted
 * @returns {Promise<Postgres>}
 */
async function open(session, adopted) {
  const { context, server, password } = session;
  const { database = "tollkeeper", keepAlive } = context;
  /** @type {Promise<void> | undefined} */
  let stopped;
  const stop = () => (stopped ??= inTurn(context, () => letGo(session)));
  const forget = beforeExit({ stop, force: () => letGoAtOnce(session) });
  await ensureDatabase(server, password, database);
  const unwatch = keepAlive ? watch(session) : () => {};
  return {
    url: urlOf(server, password, database),
    adopted,
    async stop() {
      unwatch();
      await stop();
      forget();
    },
  };
}

/** @param {Session} session */
async function letGo({ launch, home, giveBack }) {
  giveBack();
  if (leaseholders(home).length > 0) return;
  const server = await findServer(launch.cluster);
  if (server) await stopServer(server);
}

/** @param {Session} session */
function letGoAtOnce({ server, home, giveBack }) {
  giveBack();
  if (leaseholders(home).length === 0) interrupt(server);
}

/**
 * Starts the server again when it dies, on its port, so that the app's connections heal.
 * @param {Session} session
 * @returns {() => void} ends the watch
 */
function watch(session) {
  /** @type {number[]} */
  let restarts = [];
  let isBusy = false;
  const timer = setInterval(async () => {
    if (isBusy || isStopping() || isRunning(session.server.pid)) return;
    isBusy = true;
    restarts = [
      ...restarts.filter((at) => Date.now() - at < 60_000),
      Date.now(),
    ];
    if (restarts.length > RESTARTS_A_MINUTE) return giveUp(session, timer);
    await startAgain(session);
    isBusy = false;
  }, WATCH_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** @param {Session} session */
async function startAgain({ context, launch, server }) {
  context.log("PostgreSQL has died: starting it again");
  try {
    const { port } = server;
    await inTurn(context, async () => {
      const other = await findServer(launch.cluster);
      const { pid } = other ?? (await launchServer({ ...launch, port }));
      server.pid = pid;
    });
  } catch (error) {
    context.log(describeProblem(error));
  }
}

/**
 * @param {Session} session
 * @param {NodeJS.Timeout} timer
 */
function giveUp({ context, launch }, timer) {
  clearInterval(timer);
  context.log(
    `PostgreSQL dies again and again; it is not started any more. See ${launch.logFile}.`,
  );
}
