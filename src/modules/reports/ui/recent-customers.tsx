import { Link } from "@/ui/controls/link";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { ExpiryBadge } from "@/ui/display/expiry-badge";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Overview } from "../contract";

type Props = { customers: Overview["recent_customers"]; now: Date };

/** The customers who joined last. */
export function RecentCustomers({ customers, now }: Props) {
  return (
    <Card
      title="Recent customers"
      actions={
        <LinkButton href="/customers" size="sm">
          See all
        </LinkButton>
      }
      flush
    >
      <ul className="divide-y">
        {customers.map((customer) => (
          <li
            key={customer.id}
            className="flex min-h-10 items-center justify-between gap-3 px-4 py-1.5 text-sm"
          >
            <span className="flex min-w-0 flex-col">
              <Link
                href={`/customers/${customer.id}`}
                tone="ink"
                prefetch={false}
                className="truncate py-0.5"
              >
                {customer.name}
              </Link>
              <span className="text-xs text-ink-faint">
                Joined <Time value={customer.joined_at} format="relative" />
              </span>
            </span>
            <span className="flex shrink-0 flex-wrap justify-end gap-1">
              <StatusBadge status={customer.status} />
              <ExpiryBadge customer={customer} now={now} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
