// Sums of decimal text, exact to twelve places.

const places = 12;
const one = 10n ** BigInt(places);

/** The sum of amounts, as decimal text without zeros at its end. */
export function addDecimals(amounts: string[]): string {
  return textOf(amounts.reduce((total, amount) => total + wholeOf(amount), 0n));
}

/** `a` less `b`. */
export function subtractDecimals(a: string, b: string): string {
  return textOf(wholeOf(a) - wholeOf(b));
}

function wholeOf(amount: string): bigint {
  const [, sign = "", whole = "0", part = ""] =
    /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  const value =
    BigInt(whole) * one + BigInt(part.padEnd(places, "0").slice(0, places));
  return sign === "-" ? -value : value;
}

function textOf(value: bigint): string {
  const size = value < 0n ? -value : value;
  const part = String(size % one)
    .padStart(places, "0")
    .replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${size / one}${part && `.${part}`}`;
}
