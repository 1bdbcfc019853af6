"use client";

import { RefreshCcw } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import type { FilterOption } from "@/ui/display/filter-chips";
import { statusWord } from "@/ui/display/statuses";
import { ListTable } from "@/ui/table/list-table";
import { subscriptionStatuses, type Subscription } from "../contract";
import { subscriptionColumns } from "./subscription-columns";

const statuses = subscriptionStatuses.map((id) => ({
  id,
  label: statusWord(id),
}));
const ofCustomer = subscriptionColumns.filter(({ id }) => id !== "customer");

export type SubscriptionListProps = {
  page: Page<Subscription>;
  /** Of one customer: its column and the filters are left out. */
  isOfCustomer?: boolean;
  /** Plans to filter by. */
  plans?: readonly FilterOption[];
  /** The button for the first one. */
  action?: ReactNode;
};

/** Subscriptions: filters and page live in the URL. */
export function SubscriptionList({
  page,
  isOfCustomer,
  plans = [],
  action,
}: SubscriptionListProps) {
  return (
    <ListTable
      things="subscriptions"
      page={page}
      columns={isOfCustomer ? ofCustomer : subscriptionColumns}
      rowLabel={({ plan, customer_name }) => `${plan.name}, ${customer_name}`}
      {...(!isOfCustomer && {
        filters: [
          { id: "status", label: "Status", options: statuses },
          { id: "plan_id", label: "Plan", options: plans },
        ],
      })}
      hint="Clear the filters to see all."
      empty={{
        icon: <RefreshCcw />,
        title: "No subscriptions yet",
        description:
          "Open one on a customer’s page: it is billed from then on, period by period.",
      }}
      action={action}
    />
  );
}
