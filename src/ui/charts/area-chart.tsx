"use client";

import { ChartFrame } from "./chart-frame";
import { LazyPlot } from "./lazy-plot";
import type { TimeSeriesProps } from "./series";

export type AreaChartProps = TimeSeriesProps & {
  /** The series are parts of a whole, one on another. */
  isStacked?: boolean;
};

/** An amount over time, or the parts of one. */
export function AreaChart(props: AreaChartProps) {
  return (
    <ChartFrame {...props}>
      <LazyPlot {...props} kind="area" />
    </ChartFrame>
  );
}
