import type { Option } from "@/ui/forms/option-list";
import type { CustomerStatus } from "../contract";

export const statusOptions = [
  { id: "pending", label: "Pending" },
  { id: "active", label: "Active" },
  { id: "suspended", label: "Suspended" },
  { id: "archived", label: "Archived" },
] as const satisfies { id: CustomerStatus; label: string }[];

/** Every ISO 3166-1 country that Intl can name, by name. */
export function countryOptions(): Option[] {
  const names = new Intl.DisplayNames("en", {
    type: "region",
    fallback: "none",
  });
  return letterPairs()
    .filter((code) => !notCountries.has(code) && isCurrentRegion(code))
    .flatMap((code) => {
      const label = names.of(code);
      return label ? [{ id: code, label }] : [];
    })
    .sort(byLabel);
}

/** ISO 4217 currencies by code: "USD – US Dollar". */
export function currencyOptions(): Option[] {
  return codes("currency", Intl.supportedValuesOf("currency"));
}

/** Languages that Intl can name; `known` is added when it is none of the usual ones. */
export function languageOptions(known = "en"): Option[] {
  const names = new Intl.DisplayNames("en", { type: "language" });
  return [...new Set([...languages, known])]
    .map((code) => ({ id: code, label: names.of(code) ?? code }))
    .sort(byLabel);
}

/** IANA time zones. */
export function timeZoneOptions(): Option[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => ({
    id: zone,
    label: zone.replaceAll("_", " "),
  }));
}

// Codes that ISO reserves, and groups of countries.
const notCountries = new Set(
  "AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split(" "),
);

const languages =
  "ar bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt pt-BR ro ru sk sl sr sv sw ta th tr uk ur vi zh".split(
    " ",
  );

function codes(type: "currency", list: readonly string[]): Option[] {
  const names = new Intl.DisplayNames("en", { type });
  return list.map((code) => ({
    id: code,
    label: `${code} – ${names.of(code) ?? code}`,
  }));
}

function letterPairs(): string[] {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters.flatMap((first) => letters.map((second) => first + second));
}

// A withdrawn code, such as DD, is rewritten to the one that took its place.
function isCurrentRegion(code: string): boolean {
  return new Intl.Locale("und", { region: code }).region === code;
}

function byLabel(a: Option, b: Option): number {
  return a.label.localeCompare(b.label, "en");
}
