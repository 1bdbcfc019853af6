import type { Ctx } from "@/platform/context";
import { fromUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import type { CustomerStats, CustomerStatus } from "../contract";

/** Customers by status; all reads here are of counters, whose cost does not grow. */
export async function countByStatus(
  ctx: Ctx,
): Promise<Record<CustomerStatus, number>> {
  const rows = await ctx.db.customerCount.groupBy({
    by: ["status"],
    _sum: { customers: true },
  });
  const counts = { pending: 0, active: 0, suspended: 0, archived: 0 };
  for (const row of rows)
    counts[row.status as CustomerStatus] = row._sum.customers ?? 0; // Safe: a CHECK constraint.
  return counts;
}

/** Customers who joined on or after `from` (a UTC day) and before `to`. */
export async function countJoined(
  ctx: Ctx,
  from: Date,
  to?: Date,
): Promise<number> {
  const counts = await ctx.db.customerCount.aggregate({
    where: { day: { gte: from, ...(to && { lt: to }) } },
    _sum: { customers: true },
  });
  return counts._sum.customers ?? 0;
}

/** Customers joined on each UTC day from `from` to `to`, zeros included. */
export async function countJoinedDaily(
  ctx: Ctx,
  from: Date,
  to: Date,
): Promise<CustomerStats["new_customers_daily"]> {
  return ctx.db.$queryRaw<CustomerStats["new_customers_daily"]>`
    SELECT to_char(d, 'YYYY-MM-DD') AS date, coalesce(sum(c.customers), 0)::int AS customers
    FROM generate_series(${from}::date, ${to}::date, '1 day') d
    LEFT JOIN customer_counts c ON c.day = d::date
    GROUP BY d ORDER BY d`;
}

/** Active customers whose access ends after `from`, where it is given, and by `to`; counted to a limit. */
export async function countEnding(
  ctx: Ctx,
  { from, to }: { from?: Date; to: Date },
): Promise<number> {
  return ctx.db.customer.count({
    where: {
      status: "active",
      expires_at: { ...(from && { gt: from }), lte: to },
    },
    // An order of the index, since Prisma's own would sort all of them by id.
    orderBy: [{ expires_at: "asc" }, { id: "asc" }],
    take: countedAtMost,
  });
}

const countedAtMost = 10_000;

export type CurrencySums = CustomerStats["by_currency"][number] & {
  with_licenses: number;
  with_subscriptions: number;
};

/** Money and counts by currency, the currency of most customers first. */
export async function sumByCurrency(ctx: Ctx): Promise<CurrencySums[]> {
  type Sums = {
    currency: string;
    customers: number;
    revenue: bigint;
    average_value: bigint;
    average_balance: bigint;
    with_licenses: number;
    with_subscriptions: number;
  };
  const rows = await ctx.db.$queryRaw<Sums[]>`
    SELECT currency, sum(customers)::int AS customers, sum(revenue_minor)::bigint AS revenue,
           round(sum(revenue_minor) / sum(customers))::bigint AS average_value,
           round(sum(balance_minor) / sum(customers))::bigint AS average_balance,
           sum(with_licenses)::int AS with_licenses,
           sum(with_subscriptions)::int AS with_subscriptions
    FROM customer_sums GROUP BY currency HAVING sum(customers) > 0
    ORDER BY customers DESC, currency`;
  return rows.map((row) => ({
    currency: row.currency,
    customers: row.customers,
    total_revenue: money(row.revenue, row.currency),
    average_customer_value: money(row.average_value, row.currency),
    average_balance: money(row.average_balance, row.currency),
    with_licenses: row.with_licenses,
    with_subscriptions: row.with_subscriptions,
  }));
}

export async function findTopByBalance(
  ctx: Ctx,
  take: number,
): Promise<CustomerStats["top_customers_by_balance"]> {
  const rows = await ctx.db.customer.findMany({
    where: { balance_minor: { gt: 0 } },
    orderBy: [{ balance_minor: "desc" }, { id: "desc" }],
    take,
    select: {
      id: true,
      full_name: true,
      company_name: true,
      balance_minor: true,
      currency: true,
    },
  });
  return rows.map((row) => ({
    id: fromUuid("cus", row.id),
    name: row.company_name ?? row.full_name,
    balance: money(row.balance_minor, row.currency),
  }));
}
