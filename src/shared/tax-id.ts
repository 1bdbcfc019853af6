// The forms of VAT ids of the EU, by country, after the prefix (European Commission, VIES, "VAT
// identification number structure"), and of neighbours that sell to it. Whether an id was given
// out is not known offline.
const forms: Record<string, RegExp> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  GB: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
  XI: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
};

/** A tax id as it is stored: upper case, without spaces, dots and dashes. */
export function plainTaxId(typed: string): string {
  return typed.toUpperCase().replace(/[\s.\-/]/g, "");
}

/** What is wrong with a tax id of a country, or null: ids of countries with no known form pass. */
export function taxIdProblem(
  taxId: string,
  country: string | null,
): string | null {
  const prefix = vatPrefix(country);
  const plain = plainTaxId(taxId);
  if (prefix && forms[prefix] && !plain.startsWith(prefix))
    return `must begin with ${prefix}, as tax ids of ${country} do`;
  const form = forms[plain.slice(0, 2)];
  if (!form || form.test(plain.slice(2))) return null;
  return `is no tax id of ${plain.slice(0, 2)}: check its digits`;
}

/** The country (ISO 3166-1) that a tax id is of: its prefix, or else the owner's. */
export function taxIdCountry(
  taxId: string,
  country: string | null,
): string | null {
  const prefix = plainTaxId(taxId).slice(0, 2);
  if (!forms[prefix]) return country;
  if (prefix === "EL") return "GR";
  return prefix === "XI" ? "GB" : prefix;
}

function vatPrefix(country: string | null): string | null {
  return country === "GR" ? "EL" : country;
}
