import type { CustomerStats } from "@/modules/customers/contract";
import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";
import { Money } from "@/ui/display/money";

type Props = { top: CustomerStats["top_customers_by_balance"] };

/** The customers with the highest balances. */
export function TopBalances({ top }: Props) {
  const rows = top.filter(({ balance }) => balance.amount !== 0).slice(0, 6);
  return (
    <Card title="Highest balances" flush>
      {rows.length === 0 ? (
        <p className="p-4 text-sm text-ink-muted">No customer has a balance.</p>
      ) : (
        <ul className="divide-y">
          {rows.map(({ id, name, balance }) => (
            <li
              key={id}
              className="flex min-h-10 items-center justify-between gap-4 px-4 py-1 text-sm"
            >
              <Link
                href={`/customers/${id}`}
                tone="ink"
                prefetch={false}
                className="min-w-0 truncate py-0.5"
              >
                {name}
              </Link>
              <Money value={balance} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
