import type { CurrencyCode } from "@paddle/paddle-node-sdk";
import { divideRounded } from "@/shared/decimal";
import { minorDigits } from "@/shared/money";
import { ProviderError } from "../provider";

const taken = new Set<string>([
  ...["USD", "EUR", "GBP", "JPY", "AUD", "CAD", "CHF", "CLP", "HKD", "SGD"],
  ...["SEK", "ARS", "BRL", "CNY", "COP", "CZK", "DKK", "HUF", "ILS", "INR"],
  ...["KRW", "MXN", "NOK", "NZD", "PEN", "PLN", "RUB", "THB", "TRY", "TWD"],
  ...["UAH", "VND", "ZAR"],
]);
const whole = new Set(["CLP", "JPY", "KRW", "VND"]);

/** Paddle's text of an amount in our minor units. Throws ProviderError for a currency it has not. */
export function toPaddle(
  minor: bigint,
  currency: string,
): { amount: string; currencyCode: CurrencyCode } {
  if (!isTaken(currency))
    throw new ProviderError("paddle", `Paddle takes no ${currency}.`, true);
  const amount = scaled(minor, digitsThere(currency) - minorDigits(currency));
  if (amount === null)
    throw new ProviderError("paddle", `${minor} ${currency} is no sum.`, true);
  return { amount: String(amount), currencyCode: currency };
}

/** Our minor units of an amount as Paddle writes it. */
export function fromPaddle(amount: string, currency: string): bigint {
  const digits = minorDigits(currency) - digitsThere(currency);
  const minor = scaled(BigInt(amount), digits);
  if (minor !== null) return minor;
  throw new Error(
    `Paddle has ${amount} of ${currency}, which is no whole number of the smallest unit that is counted here.`,
  );
}

const isTaken = (currency: string): currency is CurrencyCode =>
  taken.has(currency);

const digitsThere = (currency: string) => (whole.has(currency) ? 0 : 2);

function scaled(amount: bigint, digits: number): bigint | null {
  if (digits >= 0) return amount * 10n ** BigInt(digits);
  const by = 10n ** BigInt(-digits);
  const parts = divideRounded(amount, by);
  return parts * by === amount ? parts : null;
}
