import { readFile, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Flags of `postgres` that have it log the plans of slow statements, as they went.
 * @param {number} slowMs
 */
export function planFlags(slowMs) {
  return [
    "shared_preload_libraries=auto_explain",
    `auto_explain.log_min_duration=${slowMs}`,
    "auto_explain.log_analyze=on",
    "auto_explain.log_buffers=on",
  ].flatMap((setting) => ["-c", setting]);
}

/**
 * The plans that a piece of work leaves in the log of a stand with those flags.
 * @param {string} folder of the stand
 * @param {() => Promise<unknown>} work
 * @returns {Promise<string[]>} each with its text, its parameters and its plan
 */
export async function plansOf(folder, work) {
  const file = path.join(folder, "postgres.log");
  const { size } = await stat(file);
  await work();
  const text = (await readFile(file)).subarray(size).toString();
  return text
    .split(/^(?=\S+ \S+ UTC \[)/m)
    .filter((entry) => entry.includes("duration:") && entry.includes("plan:"));
}
