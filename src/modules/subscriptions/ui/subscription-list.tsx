"use client";

import { RefreshCcw } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { EmptyState } from "@/ui/display/empty-state";
import type { FilterOption } from "@/ui/display/filter-chips";
import { statusWord } from "@/ui/display/statuses";
import { DataTable } from "@/ui/table/data-table";
import { ListEmpty, ListFilters, ListPages } from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import { subscriptionStatuses, type Subscription } from "../contract";
import { subscriptionColumns } from "./subscription-columns";

const filters = ["status", "plan_id"] as const;

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
  const list = useListUrl({ filters, perPage: 50 });
  const chips = [
    {
      id: "status",
      label: "Status",
      options: subscriptionStatuses.map((id) => ({
        id,
        label: statusWord(id),
      })),
    },
    { id: "plan_id", label: "Plan", options: plans },
  ];
  return (
    <DataTable
      label="Subscriptions"
      columns={
        isOfCustomer
          ? subscriptionColumns.filter(({ id }) => id !== "customer")
          : subscriptionColumns
      }
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={({ plan, customer_name }) => `${plan.name}, ${customer_name}`}
      isLoading={list.isPending}
      {...(!isOfCustomer && {
        toolbar: <ListFilters list={list} filters={chips} />,
      })}
      empty={
        <ListEmpty
          list={list}
          page={page}
          things="subscriptions"
          hint="Clear the filters to see all."
        >
          <EmptyState
            icon={<RefreshCcw />}
            title="No subscriptions yet"
            description="Open one on a customer’s page: it is billed from then on, period by period."
            action={action ?? null}
          />
        </ListEmpty>
      }
      footer={<ListPages list={list} page={page} />}
    />
  );
}
