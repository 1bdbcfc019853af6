/**
 * Prints a table in Markdown, so that it can be taken into docs/performance.md as it is.
 * @param {string} title
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function printTable(title, head, rows) {
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  print([`\n${title}\n`, line(head), line(rule), ...rows.map(line)]);
}

/**
 * A figure's target, and whether it is met, in one line.
 * @param {string} name
 * @param {number} value
 * @param {{ least: number } | { most: number }} target
 * @param {string} [unit]
 */
export function printVerdict(name, value, target, unit = "") {
  const isMet =
    "least" in target ? value >= target.least : value <= target.most;
  const wanted = "least" in target ? `≥ ${target.least}` : `≤ ${target.most}`;
  const shown = `${value.toFixed(2)}${unit}`;
  print([
    `${isMet ? "met   " : "MISSED"}  ${name}: ${shown} (target ${wanted}${unit})`,
  ]);
}

/** @param {string[]} lines */
export function print(lines) {
  process.stdout.write(`${lines.join("\n")}\n`);
}
