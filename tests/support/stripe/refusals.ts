import { textOf, type Field, type Fields } from "./form";

/** An answer that is no success, as Stripe words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error: {
      type: string;
      message: string;
      code?: string;
      param?: string;
      payment_intent?: unknown;
    },
  ) {
    super(error.message);
  }
}

export const wrong = (message: string, code?: string, param?: string) =>
  new Refusal(400, {
    type: "invalid_request_error",
    message,
    ...(code && { code }),
    ...(param && { param }),
  });

export const missing = (what: string, id: string, status = 404) =>
  new Refusal(status, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${what}: '${id}'`,
  });

/** Refuse what the endpoint does not know: a misspelled parameter is no parameter. */
export function allow(given: Fields, names: string[]): void {
  for (const name of Object.keys(given))
    if (!names.includes(name))
      throw wrong(
        `Received unknown parameter: ${name}`,
        "parameter_unknown",
        name,
      );
}

const threeDigits = new Set(["bhd", "jod", "kwd", "omr", "tnd"]);
const wholeInTwo = new Set(["isk", "ugx"]);

/** An amount and its currency, as Stripe takes them. */
export function amountOf(
  amount: Field | undefined,
  given: Field | undefined,
): { amount: number; currency: string } {
  const currency = textOf(given) ?? "";
  if (!/^[a-z]{3}$/.test(currency))
    throw wrong(`Invalid currency: ${currency}.`, undefined, "currency");
  if (!Intl.supportedValuesOf("currency").includes(currency.toUpperCase()))
    throw wrong(`Invalid currency: ${currency}.`, undefined, "currency");
  const text = textOf(amount) ?? "";
  if (!/^-?\d+$/.test(text))
    throw wrong(`Invalid integer: ${text}`, "parameter_invalid_integer");
  const count = Number(text);
  if (count < 1)
    throw wrong("This value must be greater than or equal to 1.", "amount");
  if (count > 99_999_999)
    throw wrong("Amount must be no more than 99999999", "amount_too_large");
  const step = threeDigits.has(currency) ? 10 : 100;
  const isStepped = threeDigits.has(currency) || wholeInTwo.has(currency);
  if (isStepped && count % step !== 0)
    throw wrong(`${currency} amounts must be divisible by ${step}.`, "amount");
  return { amount: count, currency };
}
