import { decimalText, scaled } from "@/shared/decimal";
import type { PlanVersion } from "./contract";
import type { Charge } from "./contract/charge";
import type { Interval, PlanCharge } from "./contract/terms";

/**
 * The base fee of a version in minor units, for a currency and an interval; null when it is not
 * sold so.
 */
export function priceOf(
  { prices }: Pick<PlanVersion, "prices">,
  currency: string,
  interval: Interval,
): bigint | null {
  const found = prices.find(
    (one) => one.interval === interval && one.price.currency === currency,
  );
  return found ? BigInt(found.price.amount) : null;
}

/** What use of a meter costs: `charge` for what goes beyond `included`, decimal text in its unit. */
export type MeterCharge = Pick<
  PlanCharge,
  "meter" | "meter_id" | "meter_title" | "unit"
> & { included: string; charge: Charge };

/** The charges of a version in a currency; "0" is included of a meter that no feature grants. */
export function chargesOf(
  { charges, features }: Pick<PlanVersion, "charges" | "features">,
  currency: string,
): MeterCharge[] {
  return charges.flatMap(({ currency: own, ...charge }) => {
    if (own !== currency) return [];
    const feature = features.find(
      (one) => one.kind === "metered" && one.meter_id === charge.meter_id,
    );
    const quota = feature?.kind === "metered" ? feature.quota : 0;
    // Nothing lies beyond an unlimited quota.
    return quota === null
      ? []
      : [{ ...charge, included: decimalText(scaled(quota.toFixed(12))) }];
  });
}
