import { EagerLink } from "../controls/eager-link";
import type { ReactNode } from "react";

export type BarListItem = {
  id: string;
  label: ReactNode;
  value: number;
  href?: string;
};

export type BarListProps = {
  /** "Calls by model". */
  label: string;
  items: readonly BarListItem[];
  format?: (value: number) => string;
};

/** A ranking: each row's bar is its share of the largest. */
export function BarList({ label, items, format = String }: BarListProps) {
  const max = Math.max(...items.map((item) => item.value), 0);
  return (
    <ol aria-label={label} className="flex flex-col gap-1">
      {items.map(({ id, label: name, value, href }) => (
        <li
          key={id}
          className="relative flex h-8 items-center justify-between gap-3 px-2"
        >
          <span
            aria-hidden
            className="absolute inset-y-0 left-0 rounded-sm bg-accent-tint"
            style={{ width: max > 0 ? `${(value / max) * 100}%` : "0%" }}
          />
          <span className="relative min-w-0 truncate text-sm">
            {href ? (
              <EagerLink
                href={href}
                className="rounded-sm underline-offset-4 hover:underline"
              >
                {name}
              </EagerLink>
            ) : (
              name
            )}
          </span>
          <span className="relative text-sm text-ink-muted">
            {format(value)}
          </span>
        </li>
      ))}
    </ol>
  );
}
