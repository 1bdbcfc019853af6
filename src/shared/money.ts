import type { Money } from "./fields";

// Without the schemas, so that pages which only show money do not load them.

export type { Money } from "./fields";

/** Money from a database's bigint. Throws RangeError beyond ±2⁵³−1, where numbers lose units. */
export function money(minor: bigint, currency: string): Money {
  const amount = Number(minor);
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`Amount ${minor} ${currency} is too large to show`);
  return { amount, currency };
}

/** Digits after the point: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217 by Intl). */
export function minorDigits(currency: string): number {
  return (
    formatter("en-US", currency).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** `-79.00`: the amount as a decimal, exact at any size: the digits are placed in text. */
export function moneyDecimal({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const units = String(Math.abs(amount)).padStart(digits + 1, "0");
  const whole = units.slice(0, units.length - digits);
  const fraction = digits > 0 ? `.${units.slice(-digits)}` : "";
  return `${amount < 0 ? "-" : ""}${whole}${fraction}`;
}

/** `$79.00`, `¥79`, `KWD 0.079`: the amount as people read it, exact at any size. */
export function formatMoney(value: Money, locale = "en-US"): string {
  // Intl formats a decimal string exactly; TypeScript's lib has it since ES2023.
  const decimal = moneyDecimal(value) as `${number}`;
  return formatter(locale, value.currency).format(decimal);
}

/** Minor units from what a person typed ("79", "79.5"); null when it is no exact amount. */
export function parseMoney(typed: string, currency: string): Money | null {
  const digits = minorDigits(currency);
  const match = /^(-?)(\d{1,16})(?:\.(\d*))?$/.exec(typed.trim());
  const fraction = match?.[3] ?? "";
  if (!match || fraction.length > digits) return null;
  const units = `${match[1]}${match[2]}${fraction.padEnd(digits, "0")}`;
  const amount = Number(units);
  return Number.isSafeInteger(amount) ? { amount, currency } : null;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { style: "currency", currency });
  formatters.set(key, made);
  return made;
}
