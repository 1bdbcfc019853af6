import "server-only";
import type { Alert } from "@/modules/alerts/contract";
import { getVisibleCustomer } from "@/modules/customers";
import { listOwnPlans } from "@/modules/plans";
import { allowance, fittingPlan } from "@/modules/plans/ui/fitting-plan";
import { may, type Ctx } from "@/platform/context";
import { countText } from "@/ui/format/number";

/** By the ids of alerts of quotas and caps, the cheapest plan that would do, in words. */
export async function planAdvice(
  ctx: Ctx & { actor: { customerId: string } },
  alerts: readonly Alert[],
): Promise<Record<string, string>> {
  const short = alerts.filter(({ limit, meter }) => limit !== null && meter);
  if (short.length === 0 || !may(ctx.actor, "billing:read")) return {};
  const [{ currency }, { items: plans }] = await Promise.all([
    getVisibleCustomer(ctx, ctx.actor.customerId),
    listOwnPlans(ctx),
  ]);
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
