import { statusWord } from "@/ui/display/statuses";
import { Link } from "@/ui/controls/link";
import { Money } from "@/ui/display/money";
import { Time } from "@/ui/display/time";
import type { LedgerTransaction } from "../contract";

export type LedgerListProps = {
  items: readonly LedgerTransaction[];
  hasMore: boolean;
};

/** What was booked for a customer, and what each did to the balance. */
export function LedgerList({ items, hasMore }: LedgerListProps) {
  if (items.length === 0)
    return (
      <p className="p-4 text-ink-muted">
        Nothing is booked yet. Invoices, payments and adjustments appear here.
      </p>
    );
  return (
    <>
      <ul className="divide-y">
        {items.map((one) => (
          <li
            key={one.id}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2"
          >
            <span className="min-w-0 flex-1 basis-60 break-words">
              {one.reason}
              <span className="block text-xs text-ink-muted">
                {statusWord(one.kind)} · <Time value={one.created_at} />
                {one.invoice_id ? (
                  <>
                    {" · "}
                    <Link href={`/invoices/${one.invoice_id}`} inline>
                      Invoice
                    </Link>
                  </>
                ) : null}
              </span>
            </span>
            <Money value={one.change} className="font-medium" />
          </li>
        ))}
      </ul>
      {hasMore ? (
        <p className="border-t p-4 text-xs text-ink-muted">
          Older entries are in the API: GET /v1/customers/…/ledger.
        </p>
      ) : null}
    </>
  );
}
