import type { ReactNode } from "react";
import { BarChart } from "@/ui/charts/bar-chart";
import { startOf } from "@/ui/charts/series";
import { Card } from "@/ui/display/card";
import { compactText, countText } from "@/ui/format/number";
import { timeText } from "@/ui/format/time";
import type { UsageSummary } from "../contract";
import type { ProjectedAmount } from "../contract/quotas";
import { dollarText } from "./dollars";
import type { UsageChartsProps } from "./usage-charts";

type SpendChartProps = UsageChartsProps & {
  projection: UsageSummary["projection"];
};

/** What calls cost on each UTC day, and where the billing period is heading. */
export function CostChart({ projection, ...props }: SpendChartProps) {
  return (
    <DayChart
      {...props}
      title="Cost"
      amountOf={({ cost }) => Number(cost)}
      format={dollarText}
      formatAxis={dollarText}
      heading={
        <Heading
          amount={projection.cost}
          end={projection.period.end}
          format={dollarText}
        />
      }
    />
  );
}

/** Tokens of each UTC day, and where the billing period is heading. */
export function TokensChart({ projection, ...props }: SpendChartProps) {
  return (
    <DayChart
      {...props}
      title="Tokens"
      amountOf={({ tokens }) => tokens}
      format={countText}
      formatAxis={compactText}
      heading={
        <Heading
          amount={projection.tokens}
          end={projection.period.end}
          format={compactText}
        />
      }
    />
  );
}

type DayChartProps = UsageChartsProps & {
  title: string;
  amountOf: (day: UsageSummary["daily"][number]) => number;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
  heading: ReactNode;
};

function DayChart(props: DayChartProps) {
  const { title, daily, before, today, isLoading, amountOf, heading } = props;
  const data = daily.map((day, index) => {
    const earlier = before?.[index];
    return {
      at: startOf(day.date),
      values: {
        value: amountOf(day),
        ...(before && { before: earlier ? amountOf(earlier) : null }),
      },
    };
  });
  return (
    <Card title={title} description="Per UTC day" actions={heading}>
      <BarChart
        label={`${title} per day`}
        data={data}
        interval="day"
        incompleteFrom={startOf(today)}
        isLoading={isLoading}
        format={props.format}
        formatAxis={props.formatAxis}
        series={[
          { key: "value", label: title },
          ...(before
            ? [{ key: "before", label: "Period before", isComparison: true }]
            : []),
        ]}
      />
    </Card>
  );
}

type HeadingProps = {
  amount: ProjectedAmount;
  /** Of the billing period. */
  end: string;
  format: (value: number) => string;
};

/** The projection in words, with the range that holds it four times in five. */
function Heading({ amount, end, format }: HeadingProps) {
  if (!amount) return null;
  return (
    <p
      className="text-right text-xs text-ink-faint"
      title="Four times in five it ends within this range"
    >
      Heading for{" "}
      <strong className="text-ink">{format(amount.expected)}</strong>
      {` by ${timeText(new Date(end), "date", "UTC")}`}
      <span className="block">{`${format(amount.low)} to ${format(amount.high)}`}</span>
    </p>
  );
}
