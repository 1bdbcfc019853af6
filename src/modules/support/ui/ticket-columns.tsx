import { Link } from "@/ui/controls/link";
import { Badge } from "@/ui/display/badge";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { Ticket } from "../contract";
import { categoryWord } from "./ticket-words";

export const ticketColumns: Column<Ticket>[] = [
  {
    id: "subject",
    header: "Ticket",
    cell: ({ number, subject }) => (
      <span className="flex min-w-0 gap-2">
        <span className="text-ink-faint tabular-nums">#{number}</span>
        <span className="truncate font-medium">{subject}</span>
      </span>
    ),
  },
  {
    id: "customer",
    header: "Customer",
    cell: ({ customer_id, customer_name }) => (
      <Link href={`/customers/${customer_id}/tickets`}>{customer_name}</Link>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "priority",
    header: "Priority",
    cell: ({ priority }) =>
      priority === "normal" ? (
        <span className="text-ink-muted">Normal</span>
      ) : (
        <StatusBadge status={priority} />
      ),
  },
  {
    id: "category",
    header: "Category",
    isHidden: true,
    cell: ({ category }) => categoryWord(category),
  },
  {
    id: "assignee",
    header: "Assignee",
    cell: ({ assignee }) =>
      assignee?.name ?? <span className="text-ink-faint">Nobody</span>,
  },
  {
    id: "due",
    header: "Answer due",
    cell: (ticket) => <Due ticket={ticket} />,
  },
  {
    id: "last_message",
    header: "Last message",
    cell: ({ last_message_at }) => (
      <Time value={last_message_at} format="relative" />
    ),
  },
  {
    id: "created",
    header: "Opened",
    isHidden: true,
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
];

/** When an answer is owed, and whether that is past. */
export function Due({
  ticket: { response_due_at, is_overdue },
}: {
  ticket: Pick<Ticket, "response_due_at" | "is_overdue">;
}) {
  if (!response_due_at) return <span className="text-ink-faint">–</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Time value={response_due_at} format="relative" />
      {is_overdue ? <Badge tone="danger">Overdue</Badge> : null}
    </span>
  );
}
