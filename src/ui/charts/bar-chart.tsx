"use client";

import { ChartFrame } from "./chart-frame";
import { LazyPlot } from "./lazy-plot";
import type { TimeSeriesProps } from "./series";

export type BarChartProps = TimeSeriesProps & {
  /** The series are parts of a whole, one on another. */
  isStacked?: boolean;
};

/** Counts per bucket. The bucket that still counts is hatched. */
export function BarChart(props: BarChartProps) {
  return (
    <ChartFrame {...props}>
      <LazyPlot {...props} kind="bar" />
    </ChartFrame>
  );
}
