import { constants } from "node:os";

/** @typedef {() => void | Promise<void>} Task */

/** @type {{ stop: Task, force: () => void }[]} */
const tasks = [];
/** @type {Promise<void> | undefined} */
let stopping;
/** @type {number | undefined} */
let signaledAt;

// npm passes on a signal that the terminal has sent to us already: that is not a second Ctrl-C.
const ECHO_MS = 1_000;

/**
 * Has something stopped before the script ends, whichever way it ends: the last registered first.
 * @param {{ stop: Task, force: () => void }} task `stop` in order and in peace; `force` at once, without
 *   waiting, when a second signal comes or the script exits before `stop` is done
 * @returns {() => void} forgets the task, once it has been stopped otherwise
 */
export function beforeExit(task) {
  listen();
  tasks.push(task);
  return () => forget(task);
}

/**
 * Stops everything in order. Safe to call more than once.
 * @returns {Promise<void>}
 */
export function stopAll() {
  stopping ??= stopInOrder();
  return stopping;
}

/** Whether a signal or `stopAll` has begun to stop everything. */
export function isStopping() {
  return stopping !== undefined;
}

let listening = false;

function listen() {
  if (listening) return;
  listening = true;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => void onSignal(signal));
  }
  process.on("exit", () => tasks.toReversed().forEach(({ force }) => force()));
  // A reader that went away (`| head`, a closed terminal) must not keep us from stopping the rest.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => {});
  }
}

/** @param {"SIGINT" | "SIGTERM" | "SIGHUP"} signal */
async function onSignal(signal) {
  const code = 128 + constants.signals[signal];
  if (signaledAt !== undefined) {
    if (Date.now() - signaledAt < ECHO_MS) return;
    process.stderr.write("\nStopping at once.\n");
    process.exit(code); // the exit listener forces what is left
  }
  signaledAt = Date.now();
  process.stderr.write(
    `\n${signal === "SIGINT" ? "Stopping (once more to force)" : `${signal}: stopping`} …\n`,
  );
  await stopAll();
  process.exit(process.exitCode ?? code);
}

async function stopInOrder() {
  for (let task = tasks.at(-1); task; task = tasks.at(-1)) {
    try {
      await task.stop();
    } catch (error) {
      process.stderr.write(
        `${error instanceof Error ? error.message : error}\n`,
      );
    }
    forget(task);
  }
}

/** @param {{ stop: Task, force: () => void }} task */
function forget(task) {
  const index = tasks.indexOf(task);
  if (index >= 0) tasks.splice(index, 1);
}
