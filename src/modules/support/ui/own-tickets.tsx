"use client";

import { LifeBuoy } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { ListTable } from "@/ui/table/list-table";
import type { Ticket } from "../contract";
import { ticketColumns } from "./ticket-columns";
import { statusOptions } from "./ticket-words";

const own = new Set(["subject", "status", "priority", "last_message"]);
const columns = ticketColumns.filter(({ id }) => own.has(id));

export type OwnTicketsProps = { page: Page<Ticket>; action: ReactNode };

/** A customer's own tickets, the latest message first. */
export function OwnTickets({ page, action }: OwnTicketsProps) {
  return (
    <ListTable
      things="tickets"
      page={page}
      columns={columns}
      rowLabel={({ number, subject }) => `#${number} ${subject}`}
      rowHref={({ id }) => `/portal/support/${id}`}
      search="Number or subject"
      filters={[{ id: "status", label: "Status", options: statusOptions }]}
      empty={{
        icon: <LifeBuoy />,
        title: "No tickets yet",
        description:
          "Ask us anything: what you write and what we answer is kept here.",
      }}
      action={action}
    />
  );
}
