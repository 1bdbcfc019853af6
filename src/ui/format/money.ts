export type MoneyValue = {
  /** Whole minor units: cents of USD, yen of JPY, fils of KWD. */
  amount: number;
  /** ISO 4217, as "USD". */
  currency: string;
};

/**
 * The amount as people read it: `$79.00`, `¥79`, `KWD 0.079`. Exact at any size: the digits
 * are placed in text, with no division. Kept apart from shared/money.ts so that pages which
 * only show money do not load its schema.
 */
export function moneyText(
  { amount, currency }: MoneyValue,
  locale = "en-US",
): string {
  const format = formatter(locale, currency);
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(Math.abs(amount)).padStart(decimals + 1, "0");
  const split = digits.length - decimals;
  const sign = amount < 0 ? "-" : "";
  const decimal = `${sign}${digits.slice(0, split)}.${digits.slice(split) || "0"}`;
  // Intl reads decimal strings exactly; only the type of its argument is narrower.
  return format.format(decimal as `${number}`);
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, currency: string) {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { style: "currency", currency });
  formatters.set(key, made);
  return made;
}
