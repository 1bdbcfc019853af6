import { scaled, times, toMinor } from "@/shared/decimal";
import type { Charge } from "./charge";

// Without the schemas: the editor of plans loads it.

type Tier = Extract<Charge, { model: "graduated" }>["tiers"][number];

/**
 * What a quantity costs, in minor units: the exact sum, rounded once, half away from zero.
 * flat: once when anything was used. per_unit: each. graduated: each unit by the tier it lies in.
 * volume: all units by the tier that the quantity reaches. package: each begun package. A tier's
 * flat price is added once when the tier is reached. Nothing used costs nothing.
 */
export function chargeFor(
  charge: Charge,
  quantity: string,
  minorDigits: number,
): bigint {
  const used = scaled(quantity);
  return used <= 0n ? 0n : toMinor(exact(charge, used), minorDigits);
}

function exact(charge: Charge, used: bigint): bigint {
  switch (charge.model) {
    case "flat":
      return scaled(charge.price);
    case "per_unit":
      return times(used, scaled(charge.unit_price));
    case "graduated":
      return graduated(charge.tiers, used);
    case "volume": {
      const tier = charge.tiers.find(
        ({ up_to }) => up_to === null || used <= scaled(up_to),
      );
      return tier ? tierPrice(tier, used) : 0n;
    }
    case "package": {
      const size = scaled(charge.package_size);
      const packages = (used + size - 1n) / size;
      return packages * scaled(charge.package_price);
    }
    default:
      return charge satisfies never;
  }
}

function graduated(tiers: Tier[], used: bigint): bigint {
  let from = 0n;
  let sum = 0n;
  for (const tier of tiers) {
    const to = tier.up_to === null ? used : scaled(tier.up_to);
    const within = (used < to ? used : to) - from;
    if (within <= 0n) break;
    sum += tierPrice(tier, within);
    from = to;
  }
  return sum;
}

function tierPrice(tier: Tier, units: bigint): bigint {
  return times(units, scaled(tier.unit_price)) + scaled(tier.flat_price ?? "0");
}
