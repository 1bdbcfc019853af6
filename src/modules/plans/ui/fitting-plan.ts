import { spendMeter } from "@/shared/windows";
import type { PublicPlan } from "../contract";

export type Need = {
  /** A meter's name, or `spend`. */
  meter: string;
  /** What is not enough in a billing period. */
  moreThan: number;
  currency: string;
};

/** The plan with the lowest monthly price that allows more of a meter than this; null without any. */
export function fittingPlan(
  plans: readonly PublicPlan[],
  { meter, moreThan, currency }: Need,
): PublicPlan | null {
  const fitting = plans.flatMap((plan) => {
    const price = plan.prices.find(
      (one) => one.interval === "month" && one.price.currency === currency,
    );
    const allowed = price && allowance(plan, meter);
    return allowed !== undefined && allowed > moreThan
      ? [{ plan, price: price?.price.amount ?? 0 }]
      : [];
  });
  fitting.sort((a, b) => a.price - b.price);
  return fitting[0]?.plan ?? null;
}

/** How much of a meter a plan allows; undefined where it does not have it at all. */
export function allowance(plan: PublicPlan, meter: string): number | undefined {
  if (meter === spendMeter)
    return plan.spend_cap ? Number(plan.spend_cap.amount) : Infinity;
  const feature = plan.features.find(
    (one) => one.kind === "metered" && one.meter === meter,
  );
  if (feature?.kind !== "metered") return undefined;
  return feature.overage ? Infinity : (feature.quota ?? Infinity);
}
