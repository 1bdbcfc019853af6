"use client";

import { LifeBuoy } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { EmptyState } from "@/ui/display/empty-state";
import type { FilterOption } from "@/ui/display/filter-chips";
import { DataTable } from "@/ui/table/data-table";
import {
  ListEmpty,
  ListFilters,
  ListPages,
  ListSearch,
  type ListUrl,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { Ticket } from "../contract";
import { ticketColumns } from "./ticket-columns";
import {
  categoryOptions,
  priorityOptions,
  statusOptions,
} from "./ticket-words";

const filters = [
  ...["status", "is_live", "priority", "assignee", "category", "is_overdue"],
] as const;

export type TicketListProps = {
  page: Page<Ticket>;
  /** Who can see to tickets, to choose from in the filter. */
  agents: readonly FilterOption[];
  /** Of one customer: its column is left out. */
  isOfCustomer?: boolean;
  /** The button for another one. */
  action?: ReactNode;
};

const ofCustomer = ticketColumns.filter(({ id }) => id !== "customer");

/** Tickets, the latest message first: search, filters and page live in the URL. */
export function TicketList({
  page,
  agents,
  isOfCustomer,
  action = null,
}: TicketListProps) {
  const list = useListUrl({ filters, perPage: 50 });
  return (
    <DataTable
      label="Tickets"
      columns={isOfCustomer ? ofCustomer : ticketColumns}
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={({ number, subject }) => `#${number} ${subject}`}
      rowHref={({ id }) => `/tickets/${id}`}
      isLoading={list.isPending}
      toolbar={
        <Toolbar
          list={list}
          agents={agents}
          action={isOfCustomer && page.total > 0 ? action : null}
        />
      }
      empty={
        <ListEmpty
          list={list}
          page={page}
          things="tickets"
          hint="Look for a number or a part of the subject, or clear the filters."
        >
          <EmptyState
            icon={<LifeBuoy />}
            title="No tickets yet"
            description="What customers ask for help with, in the portal or by mail, is answered here."
            action={action}
          />
        </ListEmpty>
      }
      footer={<ListPages list={list} page={page} />}
    />
  );
}

type ToolbarProps = {
  list: ListUrl;
  agents: readonly FilterOption[];
  action: ReactNode;
};

function Toolbar({ list, agents, action }: ToolbarProps) {
  const filter = (
    id: string,
    label: string,
    options: readonly FilterOption[],
  ) => ({ id, label, options });
  const whose = [
    { id: "me", label: "Me" },
    { id: "nobody", label: "Nobody" },
    ...agents,
  ];
  return (
    <>
      {action}
      <ListSearch
        list={list}
        things="tickets"
        placeholder="Number or subject"
      />
      <ListFilters
        list={list}
        filters={[
          filter("is_live", "State", [
            { id: "true", label: "Not over" },
            { id: "false", label: "Over" },
          ]),
          filter("status", "Status", statusOptions),
          filter("priority", "Priority", priorityOptions),
          filter("assignee", "Assignee", whose),
          filter("category", "Category", categoryOptions),
          filter("is_overdue", "Answer", [{ id: "true", label: "Overdue" }]),
        ]}
      />
    </>
  );
}
