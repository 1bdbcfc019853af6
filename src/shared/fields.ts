import * as z from "zod";

const wellFormed = (value: string) =>
  !value.includes("\u0000") && value.isWellFormed();

const broken = { error: "must not contain NUL or broken Unicode characters" };

/** Text as PostgreSQL can keep it: trimmed, 1 to `max` characters, no NUL, no lone surrogate. */
export function text(max: number) {
  return z.string().trim().min(1).max(max).refine(wellFormed, broken);
}

/** The same for what is looked for: nothing typed is fine. */
export function searchText(max: number) {
  return z.string().trim().max(max).refine(wellFormed, broken);
}

/** An e-mail address in the one form that is stored and compared: NFKC, lower case. */
export const Email = z
  .string()
  .overwrite((value) => value.normalize("NFKC").trim().toLowerCase())
  .max(254)
  .regex(z.regexes.email, { error: "must be an email address" })
  .meta({ format: "email", example: "ada@example.com" });

/** An instant, ISO 8601 with a zone; given back in UTC. */
export const Instant = z.iso
  .datetime({
    offset: true,
    error: "must be an ISO 8601 time with a zone, such as 2026-01-31T12:00:00Z",
  })
  .refine(isKept, {
    error: "must be an instant between the years 1900 and 9999",
  })
  .meta({ example: "2026-01-31T12:00:00Z" });

/** A calendar day, `2026-01-31`. */
export const Day = z.iso
  .date()
  .refine(isKept, { error: "must be a day between the years 1900 and 9999" });

/** A count in a query string or a body: a whole number from `min` to `max`. */
export function count(min: number, max: number) {
  return z.number().int().min(min).max(max);
}

/** The same in a query string, where everything is text. */
export function countParam(min: number, max: number) {
  return z.coerce.number<number>().int().min(min).max(max);
}

/**
 * An amount that is finer than money's minor units, as decimal text: so many digits before the
 * point, and after it. Never a float.
 */
export function decimal(whole: number, fraction: number) {
  return z
    .string()
    .regex(new RegExp(`^\\d{1,${whole}}(\\.\\d{1,${fraction}})?$`), {
      error: `must be a decimal such as 0.00125, of at most ${whole} digits before the point and ${fraction} after it`,
    })
    .meta({ example: "0.00125" });
}

/** `true` or `false` in a query string. */
export const FlagParam = z
  .union([z.boolean(), z.enum(["true", "false"])])
  .transform((value) => value === true || value === "true")
  .meta({ type: "boolean" });

/** An exact amount that is finer than minor units: a decimal as text, never a float. */
export const DecimalText = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, {
    error: "must be a decimal as text, such as 0.00125",
  })
  .meta({ description: "decimal text", example: "0.00125" });

/** A name in programs, such as a meter's or a feature's. */
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,63}$/, {
    error:
      "must begin with a letter and have only a-z, 0-9, _ . and -, at most 64",
  })
  .meta({ example: "tokens" });

/** Free key–value pairs of the caller's own: at most 50, values of at most 500 characters. */
export const Metadata = z
  .record(
    text(40),
    z.union([z.string().max(500).refine(wellFormed), z.number(), z.boolean()]),
  )
  .refine((value) => Object.keys(value).length <= 50, {
    error: "must have at most 50 entries",
  });

/** ISO 3166-1 alpha-2 country, upper case. */
export const Country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: "must be a two-letter country code, as KE" });

/** IANA time zone that this runtime knows. */
export const TimeZone = z.string().refine(isTimeZone, {
  error: "must be an IANA time zone, such as Africa/Nairobi",
});

/** BCP 47 language tag. */
export const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
  error: "must be a language tag, such as en or pt-BR",
});

// PostgreSQL has no year 0, and its times end before those of JavaScript do.
function isKept(value: string): boolean {
  const at = Date.parse(value);
  return at >= Date.UTC(1900, 0) && at < Date.UTC(10_000, 0);
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return !/^[+-]/.test(value);
  } catch {
    return false;
  }
}

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

let known: Set<string> | undefined;
function currencies(): Set<string> {
  return (known ??= new Set(Intl.supportedValuesOf("currency")));
}
