/** `1,204`. */
export function countText(value: number, locale = "en-US"): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** `1.2M`, for axes and cards; below 10,000 the whole number. */
export function compactText(value: number, locale = "en-US"): string {
  if (Math.abs(value) < 10_000)
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(
      value,
    );
  return new Intl.NumberFormat(locale, {
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(value);
}

/** `12.5%` of a ratio such as 0.125. */
export function percentText(ratio: number, locale = "en-US"): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: Math.abs(ratio) < 0.1 ? 1 : 0,
  }).format(ratio);
}

/** `1.2 MB`, by thousands. */
export function bytesText(bytes: number, locale = "en-US"): string {
  const power = Math.min(
    Math.floor(Math.log10(Math.max(bytes, 1)) / 3),
    byteUnits.length - 1,
  );
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: byteUnits[power] ?? "byte",
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: 1,
  }).format(bytes / 1_000 ** power);
}

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
