import type { PlanVersion } from "@/modules/plans/contract";
import type { License } from "./contract";

const greatest = 2_000_000_000;

/**
 * What a plan's terms are as allowances of a license: its whole numbers, by feature, and the quotas
 * of its meters, by meter; null is unlimited. What no license can say is left out.
 */
export function planQuotas(
  features: PlanVersion["features"],
): License["quotas"] {
  const found = features.flatMap((feature): [string, number | null][] => {
    if (feature.kind === "metered") {
      const { meter, quota } = feature;
      return quota === null || isAllowance(quota) ? [[meter, quota]] : [];
    }
    const { feature: name, value } = feature;
    return isAllowance(value) ? [[name, value]] : [];
  });
  return Object.fromEntries(found.slice(0, 50));
}

function isAllowance(value: unknown): value is number {
  return (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= 0 &&
    value <= greatest
  );
}
