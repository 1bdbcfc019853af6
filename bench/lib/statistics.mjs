/**
 * The value that a share of the sorted ones do not exceed (nearest rank).
 * @param {ArrayLike<number>} sorted ascending, not empty
 * @param {number} share 0 to 1
 * @returns {number}
 */
export function quantile(sorted, share) {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle)
    ? ((sorted[middle - 1] ?? NaN) + upper) / 2
    : upper;
}

/**
 * A median with the least and the greatest value behind it: `12.1 (11.8–12.9)`.
 * @param {number[]} values one a round
 * @param {number} [digits] after the decimal point
 */
export function withSpread(values, digits = 0) {
  const text = (/** @type {number} */ value) =>
    value.toLocaleString("en-US", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const least = text(Math.min(...values));
  const greatest = text(Math.max(...values));
  return `${text(median(values))} (${least}–${greatest})`;
}
