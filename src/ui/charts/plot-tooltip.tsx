"use client";

import { countText } from "../format/number";
import { Swatch } from "./chart-frame";
import { bucketText, seriesLook, type TimeSeriesProps } from "./series";

export type PlotTooltipProps = TimeSeriesProps & { at: string };

/** The values of one bucket, while the pointer or the arrow keys are on it. */
export function PlotTooltip({
  at,
  data,
  series,
  interval,
  timeZone,
  incompleteFrom,
  format = countText,
}: PlotTooltipProps) {
  const point = data.find((entry) => entry.at === at);
  if (!point) return null;
  return (
    <div className="rounded-lg bg-overlay px-3 py-2 text-xs text-ink shadow-overlay">
      <p className="font-medium">
        {bucketText(at, interval, timeZone)}
        {incompleteFrom && at >= incompleteFrom ? (
          <span className="font-normal text-ink-faint"> · still counting</span>
        ) : null}
      </p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {series.map(({ key, label }, index) => {
          const value = point.values[key];
          return (
            <li key={key} className="flex items-center gap-1.5">
              <Swatch {...seriesLook(series, index)} />
              <span className="text-ink-muted">{label}</span>
              <span className="ml-auto pl-4 font-medium">
                {value === null || value === undefined
                  ? "No data"
                  : format(value)}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
