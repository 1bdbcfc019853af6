import type { Alert } from "@/modules/alerts/contract";
import type { PublicPlan } from "@/modules/plans/contract";
import { allowance, fittingPlan } from "@/modules/plans/ui/fitting-plan";
import { countText } from "@/ui/format/number";

/** By the ids of alerts of quotas and caps, the cheapest plan that would do, in words. */
export function planAdvice(
  alerts: readonly Alert[],
  plans: readonly PublicPlan[],
  currency: string,
): Record<string, string> {
  const short = alerts.filter(({ limit, meter }) => limit !== null && meter);
  return Object.fromEntries(
    short.flatMap(({ id, meter, limit, value }) => {
      const name = meter?.name ?? "";
      const moreThan = Math.max(Number(limit), Number(value));
      const plan = fittingPlan(plans, { meter: name, moreThan, currency });
      const allowed = plan && allowance(plan, name);
      return plan && allowed !== null && allowed !== undefined
        ? [[id, `${plan.name} allows ${amountOf(allowed)}.`]]
        : [];
    }),
  );
}

function amountOf(allowed: number): string {
  return allowed === Infinity ? "any amount" : countText(allowed);
}
