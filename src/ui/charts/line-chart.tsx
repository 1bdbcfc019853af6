"use client";

import { ChartFrame } from "./chart-frame";
import { LazyPlot } from "./lazy-plot";
import type { TimeSeriesProps } from "./series";

/** Several courses over time. A gap is a gap; the bucket that still counts is dashed. */
export function LineChart(props: TimeSeriesProps) {
  return (
    <ChartFrame {...props}>
      <LazyPlot {...props} kind="line" />
    </ChartFrame>
  );
}
