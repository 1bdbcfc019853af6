import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import type { Life, Stays } from "../lifetime";

/** What of its life a customer's value is reckoned from; null when there is none of this id. */
export async function findLife(ctx: Ctx, id: string): Promise<Life | null> {
  const row = await ctx.db.customer.findUnique({
    where: { id: toUuid(id) },
    select: {
      currency: true,
      revenue_minor: true,
      joined_at: true,
      archived_at: true,
    },
  });
  if (!row) return null;
  const end = row.archived_at ?? ctx.now();
  const days = (end.getTime() - row.joined_at.getTime()) / 86_400_000;
  return {
    revenue: money(row.revenue_minor, row.currency),
    days: Math.max(0, Math.floor(days)),
    hasLeft: row.archived_at !== null,
  };
}

/** How long customers have stayed, from counters, whose cost does not grow with them. */
export async function sumStays(ctx: Ctx): Promise<Stays> {
  const [row] = await ctx.db.$queryRaw<
    { present: bigint; days: bigint; departed: bigint; stayed: bigint }[]
  >`
    SELECT coalesce(sum(customers), 0)::bigint AS present,
           coalesce(sum(customers * greatest(0, (${ctx.now()}::timestamptz AT TIME ZONE 'UTC')::date - day)), 0)::bigint AS days,
           (SELECT coalesce(sum(customers), 0)::bigint FROM customer_departures) AS departed,
           (SELECT coalesce(sum(days), 0)::bigint FROM customer_departures) AS stayed
    FROM customer_counts WHERE status <> 'archived'`;
  const { present, days, departed, stayed } = row ?? none;
  return { customers: present + departed, days: days + stayed, departed };
}

const none = { present: 0n, days: 0n, departed: 0n, stayed: 0n };
