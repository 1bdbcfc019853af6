"use client";

import { Receipt } from "lucide-react";
import type { Page } from "@/shared/page";
import { Link } from "@/ui/controls/link";
import { EmptyState } from "@/ui/display/empty-state";
import { statusWord } from "@/ui/display/statuses";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import { ListEmpty, ListFilters, ListPages } from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { InvoiceSummary } from "../contract";
import { invoiceColumns, invoiceName } from "./invoice-columns";

const own = new Set(["status", "total", "due", "issued", "due_at"]);
const number: Column<InvoiceSummary> = {
  id: "number",
  header: "Invoice",
  cell: (invoice) => (
    <Link href={`/portal/invoices/${invoice.id}`} className="font-medium">
      {invoiceName(invoice)}
    </Link>
  ),
};
const columns = [number, ...invoiceColumns.filter(({ id }) => own.has(id))];
const filters = ["status"] as const;
const statuses = ["open", "paid", "uncollectible", "void"];

/** A customer's own invoices; the filter and the page live in the URL. */
export function OwnInvoices({ page }: { page: Page<InvoiceSummary> }) {
  const list = useListUrl({ filters, perPage: 50 });
  return (
    <DataTable
      label="Invoices"
      columns={columns}
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={invoiceName}
      isLoading={list.isPending}
      toolbar={
        <ListFilters
          list={list}
          filters={[
            {
              id: "status",
              label: "Status",
              options: statuses.map((id) => ({ id, label: statusWord(id) })),
            },
          ]}
        />
      }
      empty={
        <ListEmpty list={list} page={page} things="invoices">
          <EmptyState
            icon={<Receipt />}
            title="No invoices yet"
            description="Once something is billed, its invoice is here, to pay and to download."
          />
        </ListEmpty>
      }
      footer={<ListPages list={list} page={page} />}
    />
  );
}
