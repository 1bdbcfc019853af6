"use client";

import { countText } from "../format/number";
import { bucketText, type TimeSeriesProps } from "./series";

/** The chart's numbers, newest first; a gap says so and is not a zero. */
export function ChartTable({
  label,
  data,
  series,
  interval,
  timeZone,
  incompleteFrom,
  format = countText,
}: TimeSeriesProps) {
  const rows = [...data].reverse();
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={`${label} as a table`}
      className="h-full overflow-auto rounded-lg border"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th scope="col" className={`${head} text-left`}>
              Period
            </th>
            {series.map(({ key, label: name }) => (
              <th key={key} scope="col" className={`${head} text-right`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, values }) => (
            <tr key={at}>
              <th
                scope="row"
                className="border-b px-3 py-1.5 text-left font-normal"
              >
                {bucketText(at, interval, timeZone)}
                {incompleteFrom && at >= incompleteFrom ? (
                  <span className="text-ink-faint"> (still counting)</span>
                ) : null}
              </th>
              {series.map(({ key }) => (
                <td key={key} className="border-b px-3 py-1.5 text-right">
                  {valueText(values[key], format)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const head =
  "sticky top-0 border-b bg-subtle px-3 py-1.5 text-xs font-medium text-ink-muted";

function valueText(
  value: number | null | undefined,
  format: (value: number) => string,
) {
  if (value === null || value === undefined)
    return <span className="text-ink-faint">No data</span>;
  return format(value);
}
