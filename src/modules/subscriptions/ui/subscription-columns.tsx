import { Link } from "@/ui/controls/link";
import { Badge } from "@/ui/display/badge";
import { CopyableId } from "@/ui/display/copyable-id";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { Subscription } from "../contract";

export const subscriptionColumns: Column<Subscription>[] = [
  {
    id: "plan",
    header: "Plan",
    cell: ({ id, plan, quantity }) => (
      <Link href={`/subscriptions/${id}`} className="font-medium">
        {quantity === 1 ? plan.name : `${plan.name} × ${quantity}`}
      </Link>
    ),
  },
  {
    id: "customer",
    header: "Customer",
    cell: ({ customer_id, customer_name }) => (
      <Link href={`/customers/${customer_id}/subscriptions`}>
        {customer_name}
      </Link>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status, cancel_at }) => (
      <span className="inline-flex max-w-full flex-wrap items-center gap-1.5">
        <StatusBadge status={status} />
        {cancel_at ? <Badge tone="warning">Ends</Badge> : null}
      </span>
    ),
  },
  {
    id: "access",
    header: "Access",
    cell: ({ has_access }) => (has_access ? "Yes" : "No"),
  },
  {
    id: "amount",
    header: "Amount",
    align: "right",
    cell: ({ amount }) => <Money value={amount} />,
  },
  {
    id: "interval",
    header: "Paid",
    cell: ({ interval }) => (interval === "year" ? "Yearly" : "Monthly"),
  },
  {
    id: "period_end",
    header: "Period ends",
    cell: ({ current_period_end, ended_at }) => (
      <Time value={ended_at ?? current_period_end} format="date" />
    ),
  },
  {
    id: "created_at",
    header: "Opened",
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="subscription id" />,
  },
];
