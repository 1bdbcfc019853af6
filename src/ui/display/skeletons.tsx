import { Card } from "./card";

/** One grey bar; give it a width and a height by class. */
export function Skeleton({ className = "h-4 w-24" }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={`block rounded-sm bg-muted motion-safe:animate-pulse ${className}`}
    />
  );
}

type SkeletonProps = { label?: string };

/** Says once that something loads; the bars themselves are silent. */
function Loading({ label = "Loading" }: SkeletonProps) {
  return (
    <span role="status" className="sr-only">
      {label}
    </span>
  );
}

const widths = ["w-40", "w-16", "w-24", "w-20", "w-28", "w-14"];

export type TableSkeletonProps = {
  rows?: number;
  columns?: number;
  label?: string;
};

/** A table before its rows have come. */
export function TableSkeleton({
  rows = 8,
  columns = 5,
  label,
}: TableSkeletonProps) {
  return (
    <div className="overflow-hidden rounded-lg border">
      <Loading label={label} />
      <div className="h-9 border-b bg-subtle" />
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="flex h-10 items-center gap-6 border-b px-3 last:border-b-0"
        >
          {Array.from({ length: columns }, (_, column) => (
            <span
              key={column}
              className={column > 1 ? "hidden flex-1 sm:block" : "flex-1"}
            >
              <Skeleton
                className={`h-3 max-w-full ${widths[(row + column) % widths.length]}`}
              />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** A row of StatCards before their numbers have come. */
export function CardsSkeleton({ count = 4 }: { count?: number }) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <Loading />
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex flex-col gap-3 rounded-lg border p-4">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-6 w-32" />
          <Skeleton className="h-3 w-28" />
        </div>
      ))}
    </div>
  );
}

const bars = [
  "45%",
  "60%",
  "52%",
  "70%",
  "64%",
  "80%",
  "58%",
  "74%",
  "88%",
  "66%",
];

/** A chart before its data has come; as high as the chart. */
export function ChartSkeleton({ height = 240 }: { height?: number }) {
  return (
    <div
      className="flex min-w-0 items-end gap-2 border-b pb-px"
      style={{ height }}
    >
      <Loading label="Loading chart" />
      {bars.map((bar, index) => (
        <span
          key={index}
          aria-hidden
          className="flex-1 rounded-t-sm bg-muted motion-safe:animate-pulse"
          style={{ height: bar }}
        />
      ))}
    </div>
  );
}

/** A page of details before the object has come. */
export function DetailsSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Loading />
      <Skeleton className="h-6 w-64 max-w-full" />
      <Skeleton className="h-4 w-40" />
      <div className="mt-2 overflow-hidden rounded-lg border">
        {Array.from({ length: rows }, (_, index) => (
          <div
            key={index}
            className="flex h-10 items-center gap-6 border-b px-4 last:border-b-0"
          >
            <Skeleton className="h-3 w-24" />
            <Skeleton className={`h-3 ${widths[index % widths.length]}`} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** A page of two cards before its object has come: side by side, or the second beside the first. */
export function CardPairSkeleton({ isAside = false }: { isAside?: boolean }) {
  return (
    <>
      <Skeleton className="h-8 w-64" />
      <div
        className={`grid items-start gap-4 ${isAside ? "lg:grid-cols-[1fr_20rem]" : "lg:grid-cols-2"}`}
      >
        <Card>
          <DetailsSkeleton rows={6} />
        </Card>
        <Card>
          <DetailsSkeleton rows={4} />
        </Card>
      </div>
    </>
  );
}
