import { getVisibleCustomer } from "@/modules/customers";
import { authorize, type Ctx } from "@/platform/context";
import { utcDay } from "@/shared/time";
import type { UsageDashboard } from "../contract/dashboard";
import { breakDownUsage, sumUsage } from "../queries/rollups";
import { standingOf, type Standing } from "./quotas";

/**
 * A customer's billing period at a glance. `unread` is given by who knows of alerts. Needs
 * usage:read; throws NOT_FOUND.
 */
export async function usageDashboard(
  ctx: Ctx,
  customerId: string,
  countUnread: (ctx: Ctx, customerId: string) => Promise<number>,
): Promise<UsageDashboard> {
  authorize(ctx, "usage:read");
  await getVisibleCustomer(ctx, customerId);
  const standing = await standingOf(ctx, customerId);
  const { period } = standing.projection;
  const days = { from: utcDay(new Date(period.start)), to: utcDay(ctx.now()) };
  const [sums, by, unread_alerts] = await Promise.all([
    sumUsage(ctx, customerId, days),
    breakDownUsage(ctx, customerId, days),
    countUnread(ctx, customerId),
  ]);
  const percentages = percentagesOf(standing);
  const usage_status = statusOf(percentages);
  const named = by.provider.filter(({ name }) => name !== "");
  return {
    current_usage: {
      billing_period: period.start.slice(0, 7),
      total_calls: sums.calls,
      total_tokens: sums.tokens,
      total_cost: sums.cost,
      usage_status,
      usage_percentages: percentages,
      provider_breakdown: Object.fromEntries(
        named.map(({ name, calls, cost, tokens }) => [
          name,
          { calls, cost, tokens },
        ]),
      ),
    },
    limits: { plan_name: standing.plan, limits: limitsOf(standing) },
    projections: projectionsOf(standing),
    summary: {
      total_api_calls_this_month: sums.calls,
      total_cost_this_month: sums.cost,
      usage_status,
      unread_alerts,
    },
  };
}

function percentagesOf({ quotas, spend_cap: cap }: Standing) {
  const shares = quotas.flatMap(({ meter, percentage }) =>
    percentage === null ? [] : [[meter, percentage] as const],
  );
  if (cap && cap.percentage !== null) shares.push(["cost", cap.percentage]);
  return Object.fromEntries(shares);
}

function statusOf(percentages: Record<string, number>) {
  const greatest = Math.max(0, ...Object.values(percentages));
  if (greatest >= 100) return "limit_reached";
  return greatest >= 80 ? "warning" : "active";
}

function limitsOf({ quotas, spend_cap: cap }: Standing) {
  const limits: UsageDashboard["limits"]["limits"] = Object.fromEntries(
    quotas.map(({ meter, limit }) => [meter, limit]),
  );
  if (cap) limits["monthly_cost"] = cap.limit;
  return limits;
}

function projectionsOf({ quotas, spend_cap: cap, projection }: Standing) {
  const all = [...quotas, ...(cap ? [cap] : [])].flatMap(
    (quota) => quota.projection?.percentage ?? [],
  );
  const { cost } = projection;
  return {
    projected_monthly_cost: cost && decimal(cost.expected),
    projected_usage_percentage: all.length > 0 ? Math.max(...all) : null,
  };
}

function decimal(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, "");
}
