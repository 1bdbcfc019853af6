"use client";

import { ChartLine, Table2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { IconButton } from "../controls/icon-button";
import { ChartSkeleton } from "../display/skeletons";
import { ChartTable } from "./chart-table";
import {
  isBlank,
  seriesLook,
  type ChartSeries,
  type TimeSeriesProps,
} from "./series";

export type ChartFrameProps = TimeSeriesProps & { children: ReactNode };

/** Legend, the switch to a table, and a place of fixed height for the plot. */
export function ChartFrame(props: ChartFrameProps) {
  const { label, data, series, height = 240, isLoading, children } = props;
  const [isTable, setTable] = useState(false);
  return (
    <figure aria-label={label} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 items-center justify-between gap-3">
        <Legend series={series} isOpen={hasOpenBucket(props)} />
        <IconButton
          label={isTable ? "View as chart" : "View as table"}
          icon={isTable ? <ChartLine /> : <Table2 />}
          size="sm"
          placement="left"
          onPress={() => setTable(!isTable)}
        />
      </div>
      <div
        style={{ height }}
        className={`min-w-0 motion-safe:transition-opacity ${isLoading && data.length > 0 ? "opacity-50" : ""}`}
      >
        <Content {...props} isTable={isTable}>
          {children}
        </Content>
      </div>
    </figure>
  );
}

type ContentProps = ChartFrameProps & { isTable: boolean };

function Content(props: ContentProps) {
  const {
    data,
    isLoading,
    height = 240,
    emptyText = "No data in this period",
  } = props;
  if (isLoading && data.length === 0) return <ChartSkeleton height={height} />;
  if (isBlank(data))
    return (
      <p className="flex h-full items-center justify-center rounded-lg border border-dashed text-sm text-ink-faint">
        {emptyText}
      </p>
    );
  return props.isTable ? <ChartTable {...props} /> : props.children;
}

function hasOpenBucket({ data, incompleteFrom }: TimeSeriesProps) {
  const last = data.at(-1);
  return Boolean(incompleteFrom && last && last.at >= incompleteFrom);
}

type LegendProps = { series: readonly ChartSeries[]; isOpen: boolean };

function Legend({ series, isOpen }: LegendProps) {
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
      {series.map((entry, index) => (
        <li key={entry.key} className="flex items-center gap-1.5">
          <Swatch {...seriesLook(series, index)} />
          {entry.label}
        </li>
      ))}
      {isOpen ? (
        <li className="flex items-center gap-1.5 text-ink-faint">
          <Swatch color="var(--ink-faint)" dash="1 4" />
          Still counting
        </li>
      ) : null}
    </ul>
  );
}

/** The line of a series, as in the plot. */
export function Swatch({ color, dash }: { color: string; dash: string }) {
  return (
    <svg aria-hidden width={14} height={8} className="shrink-0">
      <line
        x1={1}
        x2={13}
        y1={4}
        y2={4}
        stroke={color}
        strokeWidth={2}
        strokeDasharray={dash}
        strokeLinecap="round"
      />
    </svg>
  );
}
