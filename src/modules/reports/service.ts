import { countUnreadAlerts } from "@/modules/alerts";
import { customerStats, listCustomers } from "@/modules/customers";
import { outstanding } from "@/modules/invoices";
import { countExpiringKeys } from "@/modules/keys";
import { lifetimeCalls, usageTotals } from "@/modules/usage";
import { authorize, type Ctx } from "@/platform/context";
import { addSeconds } from "@/shared/time";
import type { Overview } from "./contract";

const week = 7 * 24 * 60 * 60;
const newest = {
  per_page: 5,
  sort_by: "created_at",
  sort_order: "desc",
} as const;

/** The figures of the dashboard, from counters and rollups. Needs reports:read. */
export async function overview(ctx: Ctx): Promise<Overview> {
  authorize(ctx, "reports:read");
  // reports:read grants these figures; a token need not hold what each of them comes from.
  const reader: Ctx = { ...ctx, actor: { kind: "system", name: "overview" } };
  const now = ctx.now();
  const soon = addSeconds(now, week);
  const [customers, usage, ever, recent, keys, alerts, unpaid] =
    await Promise.all([
      customerStats(reader),
      usageTotals(reader, 60),
      lifetimeCalls(reader),
      listCustomers(reader, newest),
      countExpiringKeys(reader, now, soon),
      countUnreadAlerts(reader),
      outstanding(reader),
    ]);
  const overdue = unpaid.reduce((sum, one) => sum + one.overdue_count, 0);
  const daily = usage.slice(-30);
  const sum = (days: typeof usage, field: "calls" | "errors" | "refused") =>
    days.reduce((total, day) => total + day[field], 0);
  return {
    customers,
    usage: {
      lifetime_calls: ever,
      calls: sum(daily, "calls"),
      calls_before: sum(usage.slice(0, -30), "calls"),
      errors: sum(daily, "errors"),
      refused: sum(daily, "refused"),
      daily,
    },
    recent_customers: recent.items.map(
      ({ id, name, status, expires_at, joined_at }) => ({
        ...{ id, name, status, expires_at, joined_at },
      }),
    ),
    attention: attention({
      overdue,
      alerts,
      expired: customers.expired_customers,
      expiring: customers.expiring_customers,
      suspended: customers.suspended_customers,
      keys,
    }),
  };
}

function attention(counts: {
  overdue: number;
  alerts: number;
  expired: number;
  expiring: number;
  suspended: number;
  keys: number;
}): Overview["attention"] {
  const { overdue, alerts, expired, expiring, suspended, keys } = counts;
  const items: Overview["attention"] = [
    {
      kind: "invoices_overdue",
      count: overdue,
      message: `${plural(overdue, "invoice")} overdue`,
      href: "/invoices?overdue=true",
    },
    {
      kind: "alerts_unread",
      count: alerts,
      message: `${plural(alerts, "alert")} not read`,
      href: "/alerts",
    },
    {
      kind: "customers_expired",
      count: expired,
      message: `${plural(expired, "customer")} expired: calls are refused`,
      href: "/customers?expires=expired&sort_by=expires_at&sort_order=desc",
    },
    {
      kind: "customers_expiring",
      count: expiring,
      message: `${plural(expiring, "customer")} will expire within 7 days`,
      href: "/customers?expires=soon&sort_by=expires_at&sort_order=asc",
    },
    {
      kind: "customers_suspended",
      count: suspended,
      message: `${plural(suspended, "customer")} suspended: calls are refused`,
      href: "/customers?status=suspended",
    },
    {
      kind: "keys_expiring",
      count: keys,
      message: `${plural(keys, "API key")} will expire within 7 days`,
      href: "/keys",
    },
  ];
  return items.filter(({ count }) => count > 0);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
