import { LinkButton } from "@/ui/controls/link-button";
import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Ticket } from "../contract";

/** A customer's tickets that are not over, in short; nothing when there is none. */
export function OpenTickets({ tickets }: { tickets: readonly Ticket[] }) {
  if (tickets.length === 0) return null;
  return (
    <Card
      title="Open tickets"
      flush
      actions={
        <LinkButton href="/portal/support" size="sm">
          All tickets
        </LinkButton>
      }
    >
      <ul className="divide-y">
        {tickets.map(({ id, number, subject, status, last_message_at }) => (
          <li
            key={id}
            className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm"
          >
            <Link
              href={`/portal/support/${id}`}
              tone="ink"
              className="min-w-0 truncate py-0.5 max-sm:basis-full sm:flex-1"
            >
              {`#${number} ${subject}`}
            </Link>
            <StatusBadge status={status} />
            <span className="text-xs text-ink-muted">
              <Time value={last_message_at} format="relative" />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
