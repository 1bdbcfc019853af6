import {
  BellRing,
  CalendarX,
  CircleCheck,
  CirclePause,
  Hourglass,
  KeyRound,
  ChevronRight,
  ReceiptText,
  type LucideIcon,
} from "lucide-react";
import NextLink from "next/link";
import { Card } from "@/ui/display/card";
import type { Overview } from "../contract";

type Item = Overview["attention"][number];

const icons: Record<Item["kind"], LucideIcon> = {
  invoices_overdue: ReceiptText,
  alerts_unread: BellRing,
  customers_expired: CalendarX,
  customers_expiring: Hourglass,
  customers_suspended: CirclePause,
  keys_expiring: KeyRound,
};

/** What somebody should look at, each with the way there. */
export function AttentionList({ items }: { items: Overview["attention"] }) {
  return (
    <Card title="Needs attention" flush>
      {items.length === 0 ? (
        <p className="flex items-center gap-2 p-4 text-sm text-ink-muted">
          <CircleCheck aria-hidden className="icon text-success" />
          Nothing at the moment
        </p>
      ) : (
        <ul className="divide-y">
          {items.map((item) => (
            <li key={item.kind}>
              <Line item={item} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Line({ item }: { item: Item }) {
  const Icon = icons[item.kind];
  return (
    <NextLink
      href={item.href}
      className="group flex min-h-12 items-center gap-3 px-4 py-2 text-sm -outline-offset-2 hover:bg-subtle"
    >
      <Icon aria-hidden className="icon text-warning" />
      <span className="min-w-0 flex-1">{item.message}</span>
      <ChevronRight
        aria-hidden
        className="icon text-ink-faint group-hover:text-ink"
      />
    </NextLink>
  );
}
