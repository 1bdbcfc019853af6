import type { ReactNode } from "react";
import { Link } from "@/ui/controls/link";
import { formatMoney } from "@/shared/money";
import { countText, percentText } from "@/ui/format/number";
import type { CustomerStats } from "../contract";

export type CustomerFiguresProps = { stats: CustomerStats; withMoney: boolean };

/** Four figures over the list; those that count customers lead to them. */
export function CustomerFigures({ stats, withMoney }: CustomerFiguresProps) {
  const { total_customers: total, active_customers: active } = stats;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line lg:grid-cols-4">
      <Figure
        label="Customers"
        value={countText(total)}
        detail={`${countText(stats.new_customers_this_month)} new this month`}
      />
      <Figure
        label="Active"
        value={countText(active)}
        detail={
          total > 0 ? `${percentText(active / total)} of all` : "none yet"
        }
        href="/customers?status=active"
      />
      <Figure
        label="Suspended"
        value={countText(stats.suspended_customers)}
        detail={`${countText(stats.pending_customers)} pending`}
        href="/customers?status=suspended"
      />
      {withMoney ? (
        <Figure
          label="Revenue"
          value={formatMoney(stats.total_revenue)}
          detail={`${formatMoney(stats.average_customer_value)} a customer, ${formatMoney(stats.average_lifetime_value)} expected`}
        />
      ) : (
        <Figure
          label="With licenses"
          value={countText(stats.customers_with_licenses)}
          detail={`${countText(stats.customers_with_subscriptions)} with subscriptions`}
          href="/customers?has_licenses=true"
        />
      )}
    </dl>
  );
}

type FigureProps = {
  label: string;
  value: string;
  detail: string;
  href?: string;
};

function Figure({ label, value, detail, href }: FigureProps) {
  const name: ReactNode = href ? (
    <Link href={href} tone="muted" className="after:absolute after:inset-0">
      {label}
    </Link>
  ) : (
    label
  );
  return (
    <div className="relative min-w-0 bg-canvas px-4 py-2.5 has-[a:hover]:bg-subtle">
      <dt className="text-xs text-ink-muted">{name}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-lg font-semibold">{value}</span>
        <span className="text-xs text-ink-faint">{detail}</span>
      </dd>
    </div>
  );
}
