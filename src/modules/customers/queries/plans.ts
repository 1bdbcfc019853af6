import type { Ctx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import type { Customer, ServicePlan } from "../contract";

/** What a subscription is before it gives anything, and after it has ended. */
const notLive = ["incomplete", "incomplete_expired", "canceled"];

/**
 * Customers that subscribe to a plan now. Its versions are named, since PostgreSQL knows how many
 * subscriptions each of them has, and so where to begin.
 */
export async function subscribing(ctx: Ctx, planId: string) {
  const versions = await ctx.db.planVersion.findMany({
    where: { plan_id: toUuid(planId) },
    select: { id: true },
  });
  const plan_version_id = { in: versions.map(({ id }) => id) };
  return {
    subscriptions: { some: { status: { notIn: notLive }, plan_version_id } },
  };
}

type PlanRow = {
  customer_id: string;
  plan_id: string;
  name: string;
  speed: string | null;
  amount_minor: bigint;
  currency: string;
  interval: "month" | "year";
};

/** Customers with the plan that they have: of several, the first that gives access. */
export async function withPlans(
  ctx: Ctx,
  customers: Customer[],
): Promise<Customer[]> {
  if (customers.length === 0) return [];
  const ids = customers.map(({ id }) => toUuid(id));
  const rows = await ctx.db.$queryRaw<PlanRow[]>`
    SELECT DISTINCT ON (s.customer_id) s.customer_id, p.id AS plan_id, p.name,
      s.amount_minor, s.currency, s.interval, f.value #>> '{}' AS speed
    FROM subscriptions s
      JOIN plan_versions v ON v.id = s.plan_version_id
      JOIN plans p ON p.id = v.plan_id
      LEFT JOIN plan_features f ON f.plan_version_id = v.id AND f.feature = 'speed'
    WHERE s.customer_id = ANY (${ids}::uuid[]) AND s.status <> ALL (${notLive})
    ORDER BY s.customer_id, s.has_access DESC, s.id`;
  const plans = new Map(rows.map((row) => [row.customer_id, toPlan(row)]));
  return customers.map((customer) => {
    const plan = plans.get(toUuid(customer.id)) ?? null;
    return {
      ...customer,
      package: plan && plan.name,
      service_plan_id: plan && plan.id,
      service_plan: plan,
    };
  });
}

function toPlan(row: PlanRow): ServicePlan {
  const { name, speed, interval } = row;
  const price = money(row.amount_minor, row.currency);
  return { id: fromUuid("pln", row.plan_id), name, speed, price, interval };
}
