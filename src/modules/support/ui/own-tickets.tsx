"use client";

import { LifeBuoy } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { EmptyState } from "@/ui/display/empty-state";
import { DataTable } from "@/ui/table/data-table";
import {
  ListEmpty,
  ListFilters,
  ListPages,
  ListSearch,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { Ticket } from "../contract";
import { ticketColumns } from "./ticket-columns";
import { statusOptions } from "./ticket-words";

const own = new Set(["subject", "status", "priority", "last_message"]);
const columns = ticketColumns.filter(({ id }) => own.has(id));

export type OwnTicketsProps = { page: Page<Ticket>; action: ReactNode };

/** A customer's own tickets, the latest message first. */
export function OwnTickets({ page, action }: OwnTicketsProps) {
  const list = useListUrl({ filters: ["status"], perPage: 50 });
  return (
    <DataTable
      label="Tickets"
      columns={columns}
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={({ number, subject }) => `#${number} ${subject}`}
      rowHref={({ id }) => `/portal/support/${id}`}
      isLoading={list.isPending}
      toolbar={
        <>
          <ListSearch
            list={list}
            things="tickets"
            placeholder="Number or subject"
          />
          <ListFilters
            list={list}
            filters={[
              {
                id: "status",
                label: "Status",
                options: statusOptions,
              },
            ]}
          />
        </>
      }
      empty={
        <ListEmpty list={list} page={page} things="tickets">
          <EmptyState
            icon={<LifeBuoy />}
            title="No tickets yet"
            description="Ask us anything: what you write and what we answer is kept here."
            action={action}
          />
        </ListEmpty>
      }
      footer={<ListPages list={list} page={page} />}
    />
  );
}
