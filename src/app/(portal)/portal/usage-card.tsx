"use client";

import type { UsageSummary } from "@/modules/usage/contract";
import { BarChart } from "@/ui/charts/bar-chart";
import type { ChartPoint } from "@/ui/charts/series";
import { Card } from "@/ui/display/card";
import { countText } from "@/ui/format/number";

/** Calls per day of the last 30 days. */
export function UsageCard({ usage }: { usage: UsageSummary }) {
  const points: ChartPoint[] = usage.daily.map((day) => ({
    at: `${day.date}T00:00:00.000Z`,
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
      actions={
        <p className="text-right text-xs text-ink-faint">
          <strong className="block text-lg font-semibold text-ink">
            {countText(usage.total_calls)}
          </strong>
          {`${countText(usage.total_errors)} failed, ${countText(usage.total_refused)} refused`}
        </p>
      }
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
