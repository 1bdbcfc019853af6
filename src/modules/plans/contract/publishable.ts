// Without the schemas: the editor of plans loads it.

type Sold = {
  prices: readonly { price: { currency: string } }[];
  features: readonly (
    | { kind: "boolean" | "static" }
    | { kind: "metered"; meter: string; quota: number | null; overage: boolean }
  )[];
  charges: readonly { meter: string; currency: string }[];
};

/** What keeps terms from being published, by the field to mend: `charges.0.currency`. */
export function problemsOf({
  prices,
  features,
  charges,
}: Sold): { field: string; message: string }[] {
  const problems: { field: string; message: string }[] = [];
  const sold = [...new Set(prices.map(({ price }) => price.currency))];
  if (sold.length === 0)
    problems.push({
      field: "prices",
      message: "must have at least one price; 0 is free",
    });
  for (const [at, feature] of features.entries()) {
    if (feature.kind !== "metered" || !feature.overage) continue;
    const without = sold.filter(
      (currency) => !charges.some((charge) => isOf(charge, feature, currency)),
    );
    if (without.length > 0)
      problems.push({
        field: `features.${at}.overage`,
        message: `needs a charge for ${feature.meter} in ${without.join(", ")}`,
      });
  }
  for (const [at, { meter, currency }] of charges.entries()) {
    if (!sold.includes(currency))
      problems.push({
        field: `charges.${at}.currency`,
        message: `must be a currency of the prices: there is none in ${currency}`,
      });
    const feature = features.find(
      (one) => one.kind === "metered" && one.meter === meter,
    );
    if (feature?.kind === "metered" && !feature.overage)
      problems.push({
        field: `charges.${at}.meter`,
        message: `would never be charged: the feature of ${meter} allows no overage`,
      });
  }
  return problems;
}

function isOf(
  charge: { meter: string; currency: string },
  { meter }: { meter: string },
  currency: string,
): boolean {
  return charge.meter === meter && charge.currency === currency;
}
