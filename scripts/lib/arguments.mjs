import util from "node:util";
import { Problem } from "./problem.mjs";

/**
 * @typedef {object} Option
 * @property {"string" | "boolean"} type
 * @property {string} about
 * @property {string} [value] what stands for its value in the help
 * @property {string[]} [choices]
 */

/**
 * Reads a script's arguments. `--help` prints what there is and ends the script.
 * @template {Record<string, Option>} T
 * @param {{ command: string, about: string, options: T }} script
 * @returns {{ [Name in keyof T]?: T[Name]["type"] extends "boolean" ? boolean : string }}
 * @throws {Problem} naming an argument that is unknown or not right
 */
export function readArguments({ command, about, options }) {
  const help = describe({ command, about, options });
  const values = parse(options, command);
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  for (const [name, { choices }] of Object.entries(options)) {
    const value = values[name];
    if (!choices || typeof value !== "string" || choices.includes(value))
      continue;
    throw new Problem(
      `--${name} ${value} is not one of ${choices.join(", ")}.`,
    );
  }
  // Safe: parseArgs gives each option the type that `options` says.
  return /** @type {{ [Name in keyof T]?: T[Name]["type"] extends "boolean" ? boolean : string }} */ (
    values
  );
}

/**
 * @param {string | undefined} text
 * @param {string} name
 * @returns {number | undefined}
 */
export function readPort(text, name) {
  if (text === undefined || text === "") return;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Problem(`${name} ${text} is not a port: 1 to 65535.`);
}

/**
 * @param {Record<string, Option>} options
 * @param {string} command
 * @returns {Record<string, string | boolean | undefined>}
 */
function parse(options, command) {
  const known = Object.entries({
    ...options,
    help: /** @type {const} */ ({ type: "boolean" }),
  }).map(([name, { type }]) => [name, { type }]);
  try {
    // A second `--` comes from `npm run x -- -- --port 1`.
    const args = process.argv.slice(2).filter((argument) => argument !== "--");
    const { values } = util.parseArgs({
      args,
      options: Object.fromEntries(known),
    });
    // Safe: no option is declared as one that may come several times.
    return /** @type {Record<string, string | boolean | undefined>} */ (values);
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), {
      advice: `see ${command} --help`,
    });
  }
}

/** @param {{ command: string, about: string, options: Record<string, Option> }} script */
function describe({ command, about, options }) {
  const lines = Object.entries(options).map(([name, option]) => {
    const left = `--${name}${option.value ? ` <${option.value}>` : ""}`;
    const choices = option.choices ? `: ${option.choices.join(", ")}` : "";
    return `  ${left.padEnd(22)} ${option.about}${choices}`;
  });
  return [
    `Usage: ${command} [options]`,
    "",
    about,
    "",
    ...lines,
    `  ${"--help".padEnd(22)} this`,
    "",
  ].join("\n");
}
