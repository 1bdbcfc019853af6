// Exact decimals as whole numbers of 10⁻¹²: finer than any price or quantity that is stored.

/** Decimals of a scaled number. */
export const decimals = 12;
const one = 10n ** BigInt(decimals);

/** `"0.00125"` as 1250000000n. Throws on more than 12 decimals, or on what is no decimal. */
export function scaled(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,12})0*)?$/.exec(text);
  if (!match) throw new RangeError(`${text} is no decimal of 12 places`);
  const [, sign, whole = "", fraction = ""] = match;
  const units = BigInt(whole + fraction.padEnd(decimals, "0"));
  return sign ? -units : units;
}

/** The shortest text of a scaled number. */
export function decimalText(value: bigint): string {
  const sign = value < 0n ? "-" : "";
  const digits = String(value < 0n ? -value : value).padStart(
    decimals + 1,
    "0",
  );
  const whole = digits.slice(0, -decimals);
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return `${sign}${whole}${fraction && `.${fraction}`}`;
}

/** The product of two scaled numbers, scaled, rounded half away from zero. */
export function times(a: bigint, b: bigint): bigint {
  return divideRounded(a * b, one);
}

/** Minor units of a scaled amount in major units, rounded half away from zero. */
export function toMinor(amount: bigint, minorDigits: number): bigint {
  return divideRounded(amount * 10n ** BigInt(minorDigits), one);
}

/** The scaled amount in major units of minor units. */
export function fromMinor(minor: bigint, minorDigits: number): bigint {
  return (minor * one) / 10n ** BigInt(minorDigits);
}

/** a ÷ b rounded half away from zero; b is positive. */
export function divideRounded(a: bigint, b: bigint): bigint {
  const magnitude = a < 0n ? -a : a;
  const rounded = (2n * magnitude + b) / (2n * b);
  return a < 0n ? -rounded : rounded;
}

/**
 * Split a whole amount by weights so that the parts sum to it: each is rounded down, and what is
 * left goes to those with the largest remainders, the first of equals. All weights zero: all of it
 * goes to the first part.
 */
export function apportion(amount: bigint, weights: bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights.map((_, i) => (i === 0 ? amount : 0n));
  const negative = amount < 0n;
  const magnitude = negative ? -amount : amount;
  const parts = weights.map((weight) => (magnitude * weight) / total);
  const left = magnitude - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = weights
    .map((weight, i) => ({ i, remainder: (magnitude * weight) % total }))
    .sort((a, b) =>
      a.remainder === b.remainder
        ? a.i - b.i
        : a.remainder < b.remainder
          ? 1
          : -1,
    );
  for (const { i } of byRemainder.slice(0, Number(left)))
    parts[i] = (parts[i] ?? 0n) + 1n;
  return negative ? parts.map((part) => -part) : parts;
}
