import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import type { Customer } from "../contract";

/** What a subscription is before it gives anything, and after it has ended. */
const notLive = ["incomplete", "incomplete_expired", "canceled"];

/** Customers that subscribe to a plan now. */
export function subscribing(planId: string) {
  const version = { plan_id: toUuid(planId) };
  return {
    subscriptions: { some: { status: { notIn: notLive }, version } },
  };
}

/** Customers with the name of the plan that they have: of several, the first that gives access. */
export async function withPlans(
  ctx: Ctx,
  customers: Customer[],
): Promise<Customer[]> {
  if (customers.length === 0) return [];
  const ids = customers.map(({ id }) => toUuid(id));
  const rows = await ctx.db.$queryRaw<{ customer_id: string; name: string }[]>`
    SELECT DISTINCT ON (s.customer_id) s.customer_id, p.name
    FROM subscriptions s
      JOIN plan_versions v ON v.id = s.plan_version_id
      JOIN plans p ON p.id = v.plan_id
    WHERE s.customer_id = ANY (${ids}::uuid[]) AND s.status <> ALL (${notLive})
    ORDER BY s.customer_id, s.has_access DESC, s.id`;
  const names = new Map(rows.map((row) => [row.customer_id, row.name]));
  return customers.map((customer) => ({
    ...customer,
    package: names.get(toUuid(customer.id)) ?? null,
  }));
}
