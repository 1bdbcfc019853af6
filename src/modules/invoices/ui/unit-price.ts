/** A unit price, which may be finer than its currency is paid in: `$99.90`, `$0.0004`. */
export function unitPriceText(price: string, currency: string): string {
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    maximumFractionDigits: 12,
  });
  // Intl reads decimal strings exactly; only the type of its argument is narrower.
  return format.format(price as `${number}`);
}
