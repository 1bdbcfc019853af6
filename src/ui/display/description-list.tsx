import type { ReactNode } from "react";

export type Description = {
  label: string;
  /** Null or undefined shows a dash. */
  value?: ReactNode;
};

export type DescriptionListProps = {
  items: readonly Description[];
  /** "rows" has labels at the left; "grid" has them over the values, in columns. */
  look?: "rows" | "grid";
};

/** The fields of one object. */
export function DescriptionList({
  items,
  look = "rows",
}: DescriptionListProps) {
  if (look === "grid")
    return (
      <dl className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
        {items.map(({ label, value }) => (
          <div key={label} className="min-w-0">
            <dt className="text-xs text-ink-faint">{label}</dt>
            <dd className="mt-0.5 text-sm">{shown(value)}</dd>
          </div>
        ))}
      </dl>
    );
  return (
    <dl className="-my-2 divide-y">
      {items.map(({ label, value }) => (
        <div
          key={label}
          className="flex min-h-10 min-w-0 flex-col justify-center gap-x-4 py-1.5 sm:flex-row sm:items-center sm:justify-start"
        >
          <dt className="shrink-0 text-sm text-ink-faint sm:w-40">{label}</dt>
          <dd className="min-w-0 text-sm sm:flex-1">{shown(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function shown(value: ReactNode) {
  const isEmpty = value === null || value === undefined || value === "";
  return isEmpty ? <span className="text-ink-faint">–</span> : value;
}
