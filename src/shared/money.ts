import * as z from "zod";

/** ISO 4217 code of a currency that Intl knows. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: "must be a three-letter currency, as USD" })
  .refine((code) => currencies().has(code), {
    error: "must be an ISO 4217 currency",
  });

/** Money: whole minor units (cents of USD, yen of JPY) and their currency. Never a float. */
export const Money = z
  .strictObject({ amount: z.number().int(), currency: Currency })
  .meta({ id: "Money", example: { amount: 7900, currency: "USD" } });
export type Money = z.output<typeof Money>;

/** Money from a database's bigint. Throws RangeError beyond ±2⁵³−1, where numbers lose units. */
export function money(minor: bigint, currency: string): Money {
  const amount = Number(minor);
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`Amount ${minor} ${currency} is too large to show`);
  return { amount, currency };
}

/** Digits after the point: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217 by Intl). */
export function minorDigits(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** `-79.00`: the amount as a decimal, exact at any size. */
export function moneyDecimal({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const units = String(Math.abs(amount)).padStart(digits + 1, "0");
  const whole = units.slice(0, units.length - digits);
  const fraction = digits > 0 ? `.${units.slice(-digits)}` : "";
  return `${amount < 0 ? "-" : ""}${whole}${fraction}`;
}

/** `$79.00`: the amount as people read it, exact at any size. */
export function formatMoney(money: Money, locale = "en") {
  const { currency } = money;
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  // Intl formats a decimal string exactly; TypeScript's lib has it since ES2023.
  return format.format(moneyDecimal(money) as `${number}`);
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

let known: Set<string> | undefined;
function currencies(): Set<string> {
  return (known ??= new Set(Intl.supportedValuesOf("currency")));
}
