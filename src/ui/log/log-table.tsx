import type { ReactNode } from "react";

export type LogTableProps = {
  label: string;
  heads: readonly { name: string; isNumeric?: boolean }[];
  /** other rows are on their way */
  isPending: boolean;
  /** a LogRow for each item */
  children: ReactNode;
};

/** The table of a log: rows from 640 px on, cards below. */
export function LogTable({ label, heads, isPending, children }: LogTableProps) {
  return (
    <table
      role="table"
      aria-label={label}
      aria-busy={isPending}
      className="w-full border-separate border-spacing-0 text-left max-sm:block"
    >
      <thead role="rowgroup" className="max-sm:sr-only">
        <tr role="row">
          {heads.map(({ name, isNumeric }) => (
            <th
              key={name}
              role="columnheader"
              scope="col"
              className={`${head} ${isNumeric ? "text-right" : ""}`}
            >
              {name}
            </th>
          ))}
          <th role="columnheader" scope="col" className={`${head} w-12`}>
            <span className="sr-only">Details</span>
          </th>
        </tr>
      </thead>
      <tbody
        role="rowgroup"
        className={`max-sm:block motion-safe:transition-opacity ${isPending ? "opacity-50 delay-150" : ""}`}
      >
        {children}
      </tbody>
    </table>
  );
}

const head =
  "sticky top-(--sticky-top,0px) z-10 h-9 border-b bg-subtle px-3 text-xs font-medium text-ink-muted";
