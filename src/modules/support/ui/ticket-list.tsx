"use client";

import { LifeBuoy } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import type { FilterOption } from "@/ui/display/filter-chips";
import { ListTable } from "@/ui/table/list-table";
import type { Ticket } from "../contract";
import { ticketColumns } from "./ticket-columns";
import {
  categoryOptions,
  priorityOptions,
  statusOptions,
} from "./ticket-words";

const states = [
  { id: "true", label: "Not over" },
  { id: "false", label: "Over" },
];

const overdue = [{ id: "true", label: "Overdue" }];

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
  action,
}: TicketListProps) {
  const whose = [
    { id: "me", label: "Me" },
    { id: "nobody", label: "Nobody" },
    ...agents,
  ];
  return (
    <ListTable
      things="tickets"
      page={page}
      columns={isOfCustomer ? ofCustomer : ticketColumns}
      rowLabel={({ number, subject }) => `#${number} ${subject}`}
      rowHref={({ id }) => `/tickets/${id}`}
      search="Number or subject"
      filters={[
        { id: "is_live", label: "State", options: states },
        { id: "status", label: "Status", options: statusOptions },
        { id: "priority", label: "Priority", options: priorityOptions },
        { id: "assignee", label: "Assignee", options: whose },
        { id: "category", label: "Category", options: categoryOptions },
        { id: "is_overdue", label: "Answer", options: overdue },
      ]}
      hint="Look for a number or a part of the subject, or clear the filters."
      empty={{
        icon: <LifeBuoy />,
        title: "No tickets yet",
        description:
          "What customers ask for help with, in the portal or by mail, is answered here.",
      }}
      action={action}
      hasActionInToolbar={isOfCustomer}
    />
  );
}
