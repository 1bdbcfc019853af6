"use client";

import type { CustomerStats } from "@/modules/customers/contract";
import { BarChart } from "@/ui/charts/bar-chart";
import { LineChart } from "@/ui/charts/line-chart";
import { startOf, type ChartPoint } from "@/ui/charts/series";
import { Card } from "@/ui/display/card";
import { countText, percentText } from "@/ui/format/number";
import type { Overview } from "../contract";

/** Calls of the last 30 days: those that went well, those that failed, those turned away. */
export function UsageChart({ usage }: { usage: Overview["usage"] }) {
  const points: ChartPoint[] = usage.daily.map((day) => ({
    at: startOf(day.date),
    values: {
      succeeded: day.calls - day.errors,
      errors: day.errors,
      refused: day.refused,
    },
  }));
  return (
    <Card
      title="Calls"
      description="Last 30 days, per UTC day"
      actions={<CallFigures usage={usage} />}
    >
      <BarChart
        label="Calls per day"
        data={points}
        isStacked
        interval="day"
        incompleteFrom={points.at(-1)?.at}
        series={[
          { key: "succeeded", label: "Succeeded" },
          { key: "errors", label: "Errors" },
          { key: "refused", label: "Refused" },
        ]}
      />
    </Card>
  );
}

function CallFigures({ usage }: { usage: Overview["usage"] }) {
  const { calls, calls_before: before, refused } = usage;
  const change = before > 0 ? calls / before - 1 : null;
  return (
    <p className="text-right text-xs text-ink-faint">
      <strong className="block text-lg font-semibold text-ink">
        {countText(calls)}
      </strong>
      {change === null
        ? "no calls in the 30 days before"
        : `${change > 0 ? "+" : ""}${percentText(change)} on the 30 days before`}
      {refused > 0 ? `, ${countText(refused)} refused` : ""}
      <span className="block">{`${countText(usage.lifetime_calls)} in all`}</span>
    </p>
  );
}

/** How long calls took on each of the last 30 days; null where no event said so. */
export function ResponseChart({ usage }: { usage: Overview["usage"] }) {
  if (usage.daily.every((day) => day.p95_response_time_ms === null))
    return null;
  const points: ChartPoint[] = usage.daily.map((day) => ({
    at: startOf(day.date),
    values: {
      average: day.avg_response_time_ms,
      p95: day.p95_response_time_ms,
    },
  }));
  return (
    <Card
      title="Response time"
      description="Last 30 days, per UTC day, in milliseconds"
    >
      <LineChart
        label="Response time per day"
        data={points}
        interval="day"
        incompleteFrom={points.at(-1)?.at}
        format={(value) => `${countText(Math.round(value))} ms`}
        series={[
          { key: "average", label: "Average" },
          { key: "p95", label: "95th percentile" },
        ]}
        height={200}
      />
    </Card>
  );
}

/** Customers who joined on each of the last 30 days. */
export function NewCustomersChart({ stats }: { stats: CustomerStats }) {
  const points: ChartPoint[] = stats.new_customers_daily.map((day) => ({
    at: startOf(day.date),
    values: { customers: day.customers },
  }));
  return (
    <Card
      title="New customers"
      description="Last 30 days, per UTC day"
      actions={
        <p className="text-right text-xs text-ink-faint">
          <strong className="block text-lg font-semibold text-ink">
            {countText(stats.new_customers_this_month)}
          </strong>
          {`this month, ${countText(stats.new_customers_last_month)} last month`}
        </p>
      }
    >
      <BarChart
        label="New customers per day"
        data={points}
        interval="day"
        incompleteFrom={points.at(-1)?.at}
        series={[{ key: "customers", label: "New customers" }]}
        height={200}
      />
    </Card>
  );
}
