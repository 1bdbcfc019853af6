import { createTranslator } from "next-intl";
import en from "@/messages/en.json";

type Catalog = typeof en;

/** Every language's messages; English is complete, and speaks for what has no other. */
const catalogs: Record<string, Catalog> = { en };

/** A message of the catalog by its key, filled in (ICU). Throws on a key that there is not. */
export type Words = (
  key: string,
  values?: Record<string, string | number>,
) => string;

/** The words of a namespace ("mail") in a language (BCP 47), or in the nearest that there is. */
export function wordsFor(language: string, namespace: keyof Catalog): Words {
  const locale = nearestLocale(language);
  const translate = createTranslator({
    locale,
    messages: catalogs[locale] ?? en,
    namespace,
    onError: (error) => {
      throw error;
    },
  });
  // Safe: a key that is not there throws, and the types of ICU arguments are not followed.
  return translate as Words;
}

/** An instant in words, in UTC: a mail does not know its reader's zone. */
export function instantIn(language: string, at: Date): string {
  const format = new Intl.DateTimeFormat(nearestLocale(language), {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return `${format.format(at)} UTC`;
}

/** A day in words, in UTC. */
export function dayIn(language: string, at: Date): string {
  const format = new Intl.DateTimeFormat(nearestLocale(language), {
    dateStyle: "long",
    timeZone: "UTC",
  });
  return format.format(at);
}

function nearestLocale(language: string): string {
  const [base = "en"] = language.split("-");
  return [language, base].find((name) => name in catalogs) ?? "en";
}
