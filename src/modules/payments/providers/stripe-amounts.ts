import { divideRounded } from "@/shared/decimal";
import { minorDigits } from "@/shared/money";
import { ProviderError } from "../provider";

// docs.stripe.com/currencies: all others have two digits there, ISK and UGX among them.
const whole = new Set(
  "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" "),
);
const inThousandths = new Set(["BHD", "JOD", "KWD", "OMR", "TND"]);

/** Stripe's count of an amount in our minor units. Throws ProviderError for what it cannot take. */
export function toStripe(minor: bigint, currency: string): number {
  const amount = scaled(minor, digitsThere(currency) - minorDigits(currency));
  if (amount === null)
    throw refusal(`Stripe cannot take so small a part of ${currency}.`);
  if (inThousandths.has(currency) && amount % 10n !== 0n)
    throw refusal(
      `Stripe takes ${currency} in steps of 0.010 only: change the invoice so that it ends in 0.`,
    );
  return Number(amount);
}

/** Our minor units of an amount as Stripe counts it, whose currencies are lower case. */
export function fromStripe(
  amount: number | bigint,
  currency: string,
): { minor: bigint; currency: string } {
  const code = currency.toUpperCase();
  const minor = scaled(BigInt(amount), minorDigits(code) - digitsThere(code));
  if (minor === null)
    throw new Error(
      `Stripe has ${amount} of ${code}, which is no whole number of the smallest unit that is counted here.`,
    );
  return { minor, currency: code };
}

function digitsThere(currency: string): number {
  if (whole.has(currency)) return 0;
  return inThousandths.has(currency) ? 3 : 2;
}

function scaled(amount: bigint, digits: number): bigint | null {
  if (digits >= 0) return amount * 10n ** BigInt(digits);
  const by = 10n ** BigInt(-digits);
  const parts = divideRounded(amount, by);
  return parts * by === amount ? parts : null;
}

const refusal = (message: string) => new ProviderError("stripe", message, true);
