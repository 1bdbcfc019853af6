/** `$1,204.50`; of less than a dollar as much as is needed to see it. */
export function dollarText(value: number | string): string {
  const amount = Number(value);
  const isSmall = amount !== 0 && Math.abs(amount) < 1;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    ...(isSmall
      ? { maximumSignificantDigits: 3 }
      : { maximumFractionDigits: 2 }),
  }).format(amount);
}
