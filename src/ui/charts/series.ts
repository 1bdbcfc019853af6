import { compactText } from "../format/number";

export type ChartPoint = {
  /** The bucket's first instant, ISO 8601. */
  at: string;
  /** Series key → value; null or missing is a gap, 0 is zero. */
  values: Readonly<Record<string, number | null | undefined>>;
};

/** The first instant of a UTC day, such as `2026-01-31`, as a point has it. */
export function startOf(day: string): string {
  return `${day}T00:00:00.000Z`;
}

export type ChartSeries = {
  key: string;
  label: string;
  /** An earlier period to compare with: drawn thin, grey and dashed. */
  isComparison?: boolean;
};

export type ChartInterval = "hour" | "day" | "week" | "month";

export type TimeSeriesProps = {
  /** What is shown: "Revenue". Names the chart for screen readers and heads its table. */
  label: string;
  data: readonly ChartPoint[];
  series: readonly ChartSeries[];
  interval: ChartInterval;
  /** The zone the buckets were cut in; UTC unless the report says otherwise. */
  timeZone?: string;
  /** The first bucket that is not over yet: it is hatched or dashed. */
  incompleteFrom?: string;
  /** Writes a value in the tooltip and the table; the default is 1,204. */
  format?: (value: number) => string;
  /** Writes a value on the axis; the default is 1.2K. */
  formatAxis?: (value: number) => string;
  /** Of the plot, in pixels; the place is kept while the chart loads. */
  height?: number;
  isLoading?: boolean;
  /** What stands in place of a chart without a single value. */
  emptyText?: string;
};

/** Six colours that colour-blind eyes tell apart, all at 3 : 1 or more on the canvas. */
const palette = [1, 2, 3, 4, 5, 6].map((n) => `var(--chart-${n})`);

const dashes = ["0", "6 3", "2 3", "8 3 2 3", "4 4", "1 3"];

export type SeriesLook = { color: string; dash: string };

/** Colour and line of the series at `index`; lone series take the seller's accent. */
export function seriesLook(
  series: readonly ChartSeries[],
  index: number,
): SeriesLook {
  const own = series.filter((entry) => !entry.isComparison);
  const entry = series[index];
  if (entry?.isComparison) return { color: "var(--ink-faint)", dash: "0" };
  const place = entry ? own.indexOf(entry) : 0;
  const color =
    own.length === 1 ? "var(--accent-text)" : palette[place % palette.length];
  return {
    color: color ?? "var(--chart-1)",
    dash: dashes[place % dashes.length] ?? "0",
  };
}

/** Splits each series in what is over and, under `key:now`, what is still counting. */
export function toRows(
  { data, series, incompleteFrom }: TimeSeriesProps,
  isJoined: boolean,
) {
  const firstOpen = incompleteFrom
    ? data.findIndex((point) => point.at >= incompleteFrom)
    : -1;
  const openAt = firstOpen === -1 ? data.length : firstOpen;
  return data.map((point, index) => {
    const row: Record<string, string | number | null> = { at: point.at };
    for (const { key, isComparison } of series) {
      const value = point.values[key] ?? null;
      const isOpen = index >= openAt && !isComparison;
      row[key] = isOpen ? null : value;
      const isJoint = isJoined && index === openAt - 1 && openAt < data.length;
      row[`${key}:now`] = isOpen || (isJoint && !isComparison) ? value : null;
    }
    return row;
  });
}

const bucketStyles: Record<ChartInterval, Intl.DateTimeFormatOptions> = {
  hour: { month: "short", day: "numeric", hour: "numeric" },
  day: { weekday: "short", month: "short", day: "numeric" },
  week: { month: "short", day: "numeric", year: "numeric" },
  month: { month: "long", year: "numeric" },
};

const tickStyles: Record<ChartInterval, Intl.DateTimeFormatOptions> = {
  hour: { hour: "numeric" },
  day: { month: "short", day: "numeric" },
  week: { month: "short", day: "numeric" },
  month: { month: "short" },
};

/** A bucket in words: "Sat, Jan 31", "Week of Jan 26, 2026", "January 2026". */
export function bucketText(
  at: string,
  interval: ChartInterval,
  timeZone = "UTC",
): string {
  const text = new Intl.DateTimeFormat("en-US", {
    ...bucketStyles[interval],
    timeZone,
  }).format(new Date(at));
  return interval === "week" ? `Week of ${text}` : text;
}

/** A bucket on the axis: "Jan 31". */
export function tickText(
  at: string,
  interval: ChartInterval,
  timeZone = "UTC",
): string {
  return new Intl.DateTimeFormat("en-US", {
    ...tickStyles[interval],
    timeZone,
  }).format(new Date(at));
}

/** True when no series has a value anywhere. Zeros are values. */
export function isBlank(data: readonly ChartPoint[]): boolean {
  return data.every((point) =>
    Object.values(point.values).every(
      (value) => value === null || value === undefined,
    ),
  );
}

/** True when all values are whole numbers, so that no line of the grid may stand between two. */
export function isWhole(data: readonly ChartPoint[]): boolean {
  return data.every((point) =>
    Object.values(point.values).every(
      (value) => value === null || value === undefined || value % 1 === 0,
    ),
  );
}

/** How many lines the grid has: fewer than five where the counts themselves are few. */
export function gridLines(
  { data, series }: TimeSeriesProps,
  isStacked: boolean,
): number {
  const heights = data.map(({ values }) => {
    const parts = series.map(({ key }) => values[key] ?? 0);
    return isStacked
      ? parts.reduce((sum, part) => sum + part, 0)
      : Math.max(...parts);
  });
  const top = Math.max(...heights);
  return isWhole(data) && top < 4 ? Math.max(top, 1) + 1 : 5;
}

export const axisText = compactText;
