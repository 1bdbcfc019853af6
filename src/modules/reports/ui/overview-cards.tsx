import type { CustomerStats } from "@/modules/customers/contract";
import { formatMoney } from "@/shared/money";
import { countText, percentText } from "@/ui/format/number";
import { StatCard } from "@/ui/display/stat-card";

/** The four figures of the dashboard; `withMoney` leaves out what billing roles see. */
export function OverviewCards({
  stats,
  withMoney = true,
}: {
  stats: CustomerStats;
  withMoney?: boolean;
}) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <Customers stats={stats} />
      <Active stats={stats} />
      {withMoney ? <Revenue stats={stats} /> : null}
      <Subscriptions stats={stats} />
    </div>
  );
}

type Props = { stats: CustomerStats };

function Customers({ stats }: Props) {
  const { total_customers: total, new_customers_this_month: added } = stats;
  const before = total - added;
  return (
    <StatCard
      label="Customers"
      value={countText(total)}
      href="/customers"
      change={{
        ratio: before > 0 ? added / before : null,
        label: `this month, ${countText(added)} new`,
      }}
      sparkline={addedUp(stats.new_customers_daily)}
      definition="All customers, archived ones too. The growth compares those who joined this month with those there were before. The line adds up who joined in the last 30 days."
    />
  );
}

function addedUp(daily: CustomerStats["new_customers_daily"]): number[] {
  let sum = 0;
  return daily.map((day) => (sum += day.customers));
}

function Active({ stats }: Props) {
  const {
    total_customers: total,
    active_customers: active,
    expired_customers: expired,
  } = stats;
  return (
    <StatCard
      label="Active"
      value={total > 0 ? percentText(active / total) : "–"}
      detail={[
        `${countText(active)} of ${countText(total)}`,
        ...(expired > 0 ? [`${countText(expired)} expired`] : []),
      ].join(", ")}
      href="/customers?status=active"
      definition="Customers with the status active. Calls of all others are refused, and of those whose access has expired."
    />
  );
}

function Revenue({ stats }: Props) {
  const { total_revenue, average_customer_value, by_currency } = stats;
  const others = by_currency.length - 1;
  return (
    <StatCard
      label="Revenue"
      value={formatMoney(total_revenue)}
      detail={`${formatMoney(average_customer_value)} on average`}
      href="/customers?sort_by=revenue&sort_order=desc"
      definition={`Everything that customers billed in ${total_revenue.currency} have paid, and the average of such a customer.${others > 0 ? ` Customers in ${countText(others)} other ${others === 1 ? "currency" : "currencies"} are not in it.` : ""}`}
    />
  );
}

function Subscriptions({ stats }: Props) {
  return (
    <StatCard
      label="Subscriptions"
      value={countText(stats.customers_with_subscriptions)}
      detail={`${countText(stats.customers_with_licenses)} with licenses`}
      definition="Customers that have a live subscription, and customers that have an active license."
    />
  );
}
