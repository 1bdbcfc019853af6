"use client";

import { useId } from "react";
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { PlotTooltip } from "./plot-tooltip";
import {
  axisText,
  gridLines,
  isWhole,
  seriesLook,
  tickText,
  toRows,
  type ChartSeries,
  type SeriesLook,
  type TimeSeriesProps,
} from "./series";

export type PlotProps = TimeSeriesProps & {
  kind: "line" | "area" | "bar";
  isStacked?: boolean;
};

const tick = { fill: "var(--ink-faint)", fontSize: 12 };

/** The drawing itself. Loaded only in the browser, by next/dynamic. */
export default function Plot(props: PlotProps) {
  const { kind, label, data, series, interval, timeZone } = props;
  const { height = 240 } = props;
  const formatAxis = props.formatAxis ?? axisText;
  const hatchPrefix = useId().replaceAll(/\W/g, "");
  const rows = toRows(props, kind !== "bar");
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart
        data={rows}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        role="application"
        aria-label={`${label}. Arrow keys read the values.`}
        className="[&_.recharts-surface]:rounded-md"
      >
        <Hatches series={series} prefix={hatchPrefix} />
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          tickFormatter={(at: string) => tickText(at, interval, timeZone)}
          minTickGap={32}
          height={24}
        />
        <YAxis
          tick={tick}
          tickLine={false}
          axisLine={false}
          width="auto"
          tickCount={gridLines(props, props.isStacked ?? false)}
          allowDecimals={!isWhole(data)}
          tickFormatter={(value: number) => formatAxis(value)}
        />
        <Tooltip
          isAnimationActive={false}
          filterNull={false}
          cursor={
            kind === "bar"
              ? { fill: "var(--muted)", opacity: 0.6 }
              : { stroke: "var(--line-strong)" }
          }
          content={({ active, label: at }) =>
            active && typeof at === "string" ? (
              <PlotTooltip {...props} at={at} />
            ) : null
          }
        />
        {series.map((entry, index) => {
          const look = seriesLook(series, index);
          const draw = entry.isComparison ? drawComparison : drawings[kind];
          return draw(entry.key, look, {
            isStacked: props.isStacked ?? false,
            hatch: `${hatchPrefix}-${index}`,
          });
        })}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

type Options = { isStacked: boolean; hatch: string };

const still = { isAnimationActive: false, dot: false } as const;

function drawLine(key: string, { color, dash }: SeriesLook) {
  const line = {
    ...still,
    type: "linear",
    stroke: color,
    strokeWidth: 1.75,
  } as const;
  return [
    <Line key={key} {...line} dataKey={key} strokeDasharray={dash} />,
    <Line
      key={`${key}:now`}
      {...line}
      dataKey={`${key}:now`}
      strokeDasharray="1 4"
      strokeLinecap="round"
    />,
  ];
}

function drawComparison(key: string, { color }: SeriesLook) {
  return (
    <Line
      key={key}
      {...still}
      type="linear"
      dataKey={key}
      stroke={color}
      strokeWidth={1}
    />
  );
}

function drawArea(
  key: string,
  { color, dash }: SeriesLook,
  { isStacked }: Options,
) {
  const area = {
    ...still,
    type: "linear",
    stroke: color,
    strokeWidth: 1.75,
    fill: color,
  } as const;
  const stack = (part: string) => (isStacked ? { stackId: part } : {});
  return [
    <Area
      key={key}
      {...area}
      {...stack("over")}
      dataKey={key}
      fillOpacity={isStacked ? 0.3 : 0.1}
      strokeDasharray={isStacked ? "0" : dash}
    />,
    <Area
      key={`${key}:now`}
      {...area}
      {...stack("now")}
      dataKey={`${key}:now`}
      fillOpacity={0.04}
      strokeDasharray="1 4"
      strokeLinecap="round"
    />,
  ];
}

function drawBar(key: string, { color }: SeriesLook, options: Options) {
  const bar = {
    isAnimationActive: false,
    maxBarSize: 28,
    stackId: options.isStacked ? "all" : key,
  } as const;
  return [
    <Bar
      key={key}
      {...bar}
      dataKey={key}
      fill={color}
      radius={options.isStacked ? 0 : 2}
    />,
    <Bar
      key={`${key}:now`}
      {...bar}
      dataKey={`${key}:now`}
      fill={`url(#${options.hatch})`}
      stroke={color}
      strokeWidth={1}
    />,
  ];
}

const drawings = { line: drawLine, area: drawArea, bar: drawBar } as const;

type HatchesProps = { series: readonly ChartSeries[]; prefix: string };

/** Slanted lines in each series' colour, for the bucket that still counts. */
function Hatches({ series, prefix }: HatchesProps) {
  return (
    <defs>
      {series.map(({ key }, index) => (
        <pattern
          key={key}
          id={`${prefix}-${index}`}
          width={5}
          height={5}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect
            width={2}
            height={5}
            fill={seriesLook(series, index).color}
            fillOpacity={0.55}
          />
        </pattern>
      ))}
    </defs>
  );
}
