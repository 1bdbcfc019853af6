import { describeProblem } from "./problem.mjs";
import { isStopping, stopAll } from "./shutdown.mjs";

const TELL_AFTER_MS = 1_500;

/**
 * Does one step of a script and says on stderr how long it took. Steps may overlap.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} [detail] what to say of the result
 * @returns {Promise<T>}
 */
export async function step(name, work, detail = () => "") {
  const begun = performance.now();
  const timer = setTimeout(() => say(`  … ${name}`), TELL_AFTER_MS);
  const took = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  try {
    const result = await work();
    const text = [name, detail(result)].filter(Boolean).join(": ");
    say(`  ✓ ${text.padEnd(60)} ${took()}`);
    return result;
  } catch (error) {
    if (!isStopping()) say(`  ✗ ${name} failed after ${took()}`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Says something to the person who started the script; stdout is for results only.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * A remark of a part of a step.
 * @param {string} line
 */
export function note(line) {
  say(`    ${line}`);
}

/**
 * Runs a script's main function to its end: everything that it started is stopped, a problem is told and makes the
 * exit code 1.
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    if (!isStopping()) {
      process.exitCode = 1;
      say(`\n${describeProblem(error)}`);
    }
  }
  // After a signal, its listener stops everything and ends the script.
  if (isStopping()) return;
  await stopAll();
  process.exit();
}
