/**
 * An error that a person can act on: what failed, what it said, and what to do.
 * Scripts print it without a stack; anything else that is thrown is a defect and keeps its stack.
 */
export class Problem extends Error {
  /**
   * @param {string} message what happened, in one sentence
   * @param {{ command?: string, output?: string, advice?: string, cause?: unknown }} [details]
   */
  constructor(message, { command, output, advice, cause } = {}) {
    super(message, { cause });
    this.name = "Problem";
    this.command = command;
    this.output = output;
    this.advice = advice;
  }
}

/**
 * The lines to show for anything thrown.
 * @param {unknown} error
 * @returns {string}
 */
export function describeProblem(error) {
  if (!(error instanceof Problem)) return describeDefect(error);
  const lines = [error.message];
  if (error.command) lines.push(`  command: ${error.command}`);
  if (error.output) lines.push(indent(excerpt(error.output)));
  if (error.advice) lines.push(`What to do: ${error.advice}`);
  return lines.join("\n");
}

/**
 * @param {unknown} error
 * @returns {string | undefined} the `code` of a system or database error
 */
export function codeOf(error) {
  if (typeof error !== "object" || error === null || !("code" in error)) return;
  return typeof error.code === "string" ? error.code : undefined;
}

/**
 * @param {string} text
 * @param {number} count
 * @returns {string} the last lines that are not empty
 */
export function lastLines(text, count) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}

/**
 * The begin and the end: compilers say the reason last, npm says it first.
 * @param {string} text
 */
function excerpt(text) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length <= 40) return lines.join("\n");
  return [...lines.slice(0, 12), "…", ...lines.slice(-27)].join("\n");
}

/** @param {unknown} error */
function describeDefect(error) {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^/gm, "  | ");
}
