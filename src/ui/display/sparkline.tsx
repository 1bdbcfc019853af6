export type SparklineProps = {
  /** Values in order of time; null is a gap. */
  values: readonly (number | null)[];
  /** What it shows: "Revenue, last 30 days". */
  label: string;
  width?: number;
  height?: number;
};

/** A line with no axes. It needs no JavaScript in the browser. */
export function Sparkline({
  values,
  label,
  width = 96,
  height = 24,
}: SparklineProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className="shrink-0 overflow-visible"
    >
      {linePaths(values, width, height).map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke="var(--accent-text)"
          strokeWidth={1.5}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </svg>
  );
}

/** One path per stretch without gaps; a lone point becomes a dot. */
export function linePaths(
  values: readonly (number | null)[],
  width: number,
  height: number,
): string[] {
  const known = values.filter((value) => value !== null);
  const max = Math.max(...known, 0);
  const min = Math.min(...known, 0);
  const x = (index: number) => (index / Math.max(values.length - 1, 1)) * width;
  const y = (value: number) =>
    height - 1 - ((value - min) / (max - min || 1)) * (height - 2);
  const paths: string[] = [];
  let open = "";
  values.forEach((value, index) => {
    if (value === null) {
      if (open) paths.push(open);
      open = "";
      return;
    }
    const point = `${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    open += open ? `L${point}` : `M${point}h0.01M${point}`;
  });
  return open ? [...paths, open] : paths;
}
