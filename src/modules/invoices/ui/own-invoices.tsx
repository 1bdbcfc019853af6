"use client";

import { Receipt } from "lucide-react";
import type { Page } from "@/shared/page";
import { Link } from "@/ui/controls/link";
import { statusWord } from "@/ui/display/statuses";
import type { Column } from "@/ui/table/columns";
import { ListTable } from "@/ui/table/list-table";
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
const statuses = ["open", "paid", "uncollectible", "void"];
const filters = [
  {
    id: "status",
    label: "Status",
    options: statuses.map((id) => ({ id, label: statusWord(id) })),
  },
];

/** A customer's own invoices; the filter and the page live in the URL. */
export function OwnInvoices({ page }: { page: Page<InvoiceSummary> }) {
  return (
    <ListTable
      things="invoices"
      page={page}
      columns={columns}
      rowLabel={invoiceName}
      filters={filters}
      empty={{
        icon: <Receipt />,
        title: "No invoices yet",
        description:
          "Once something is billed, its invoice is here, to pay and to download.",
      }}
    />
  );
}
