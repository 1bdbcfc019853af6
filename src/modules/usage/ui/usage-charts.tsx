import { BarChart } from "@/ui/charts/bar-chart";
import { LineChart } from "@/ui/charts/line-chart";
import { startOf, type ChartPoint } from "@/ui/charts/series";
import { Card } from "@/ui/display/card";
import { countText } from "@/ui/format/number";
import type { UsageSummary } from "../contract";

export type UsageChartsProps = {
  daily: UsageSummary["daily"];
  /** The days of the period before, to compare with. */
  before: UsageSummary["daily"] | undefined;
  /** The UTC day that still counts, `2026-01-31`. */
  today: string;
  isLoading: boolean;
};

/** Calls of each UTC day: those that went well, those that failed, those turned away. */
export function CallsChart(props: UsageChartsProps) {
  const { daily, before, today, isLoading } = props;
  const data: ChartPoint[] = daily.map((day, index) => ({
    at: startOf(day.date),
    values: {
      succeeded: day.calls - day.errors,
      errors: day.errors,
      refused: day.refused,
      ...(before && { before: allCalls(before[index]) }),
    },
  }));
  return (
    <Card title="Calls" description="Per UTC day">
      <BarChart
        label="Calls per day"
        data={data}
        isStacked
        interval="day"
        incompleteFrom={startOf(today)}
        isLoading={isLoading}
        series={[
          { key: "succeeded", label: "Succeeded" },
          { key: "errors", label: "Errors" },
          { key: "refused", label: "Refused" },
          ...(before
            ? [{ key: "before", label: "Period before", isComparison: true }]
            : []),
        ]}
      />
    </Card>
  );
}

/** How long calls took, as far as events said; a day without any is a gap. */
export function ResponseTimeChart(props: UsageChartsProps) {
  const { daily, today, isLoading } = props;
  const data: ChartPoint[] = daily.map((day) => ({
    at: startOf(day.date),
    values: {
      average: day.avg_response_time_ms,
      p95: day.p95_response_time_ms,
    },
  }));
  return (
    <Card title="Response time" description="Per UTC day, in milliseconds">
      <LineChart
        label="Response time per day"
        data={data}
        interval="day"
        incompleteFrom={startOf(today)}
        isLoading={isLoading}
        format={millisecondsText}
        emptyText="No event of this period said how long it took"
        series={[
          { key: "average", label: "Average" },
          { key: "p95", label: "95th percentile" },
        ]}
      />
    </Card>
  );
}

/** `1,204 ms`; below ten with a decimal. */
export function millisecondsText(value: number): string {
  const rounded = value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return `${countText(rounded)} ms`;
}

function allCalls(day: UsageSummary["daily"][number] | undefined) {
  return day ? day.calls + day.refused : null;
}
