import type { Money as Amount } from "@/shared/money";
import { Money } from "@/ui/display/money";

export type InvoiceFiguresProps = {
  figures: readonly {
    count: number;
    outstanding: Amount;
    overdue_count: number;
    overdue: Amount;
  }[];
};

/** What is owed, and how much of it is late, by currency. */
export function InvoiceFigures({ figures }: InvoiceFiguresProps) {
  if (figures.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-3" aria-label="Outstanding by currency">
      {figures.map((one) => (
        <li
          key={one.outstanding.currency}
          className="min-w-56 rounded-lg border px-4 py-3"
        >
          <p className="text-xs text-ink-muted">
            Outstanding · {one.count} open
          </p>
          <p className="text-lg font-semibold">
            <Money value={one.outstanding} />
          </p>
          <p className="text-xs text-ink-muted">
            {one.overdue_count > 0 ? (
              <>
                <Money value={one.overdue} /> overdue · {one.overdue_count}
              </>
            ) : (
              "Nothing overdue"
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
