import { taxIdCountry } from "@/shared/tax-id";
import type { TotalsRate } from "./contract/totals";

/** A rate as it is stored, of those that are in force. */
export type RateInForce = {
  id: string;
  name: string;
  country: string | null;
  region: string | null;
  percent: string;
  isInclusive: boolean;
  allowsReverseCharge: boolean;
  from: Date;
};

export type Buyer = {
  country: string | null;
  region: string | null;
  tax_id: string | null;
  is_tax_exempt: boolean;
};

/**
 * The rate of a buyer's place: that of the region before that of the country, before that of
 * everywhere; of equals, the one that began last. Null where there is none, or they are exempt.
 */
export function rateOf(rates: RateInForce[], buyer: Buyer): RateInForce | null {
  if (buyer.is_tax_exempt) return null;
  const fitting = rates.filter(
    ({ country, region }) =>
      (country === null || country === buyer.country) &&
      (region === null || region === buyer.region),
  );
  const [best] = fitting.sort(
    (a, b) => nearness(b) - nearness(a) || b.from.getTime() - a.from.getTime(),
  );
  return best ?? null;
}

/** The rate as it is charged: not to a business of another country, where the rate allows that. */
export function charged(
  rate: RateInForce,
  buyer: Buyer,
  sellerCountry: string | null,
): TotalsRate {
  const buyers = buyer.tax_id && taxIdCountry(buyer.tax_id, buyer.country);
  return {
    id: rate.id,
    percent: rate.percent,
    isInclusive: rate.isInclusive,
    isReverseCharge:
      rate.allowsReverseCharge &&
      Boolean(buyers && sellerCountry && buyers !== sellerCountry),
  };
}

function nearness({ country, region }: RateInForce): number {
  return Number(country !== null) + Number(region !== null);
}
