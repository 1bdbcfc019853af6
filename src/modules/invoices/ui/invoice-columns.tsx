import { Link } from "@/ui/controls/link";
import { CopyableId } from "@/ui/display/copyable-id";
import { Money } from "@/ui/display/money";
import { PaymentState } from "./payment-state";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { InvoiceSummary } from "../contract";

/** What an invoice is called: its number, or that it is a draft. */
export function invoiceName({ number }: { number: string | null }): string {
  return number ?? "Draft";
}

export const invoiceColumns: Column<InvoiceSummary>[] = [
  {
    id: "number",
    header: "Invoice",
    cell: (invoice) => (
      <Link href={`/invoices/${invoice.id}`} className="font-medium">
        {invoiceName(invoice)}
      </Link>
    ),
  },
  {
    id: "customer",
    header: "Customer",
    cell: ({ customer_id, customer_name }) => (
      <Link href={`/customers/${customer_id}/invoices`}>{customer_name}</Link>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status, is_overdue }) => (
      <StatusBadge status={is_overdue ? "overdue" : status} />
    ),
  },
  {
    id: "payment",
    header: "Payment",
    cell: (invoice) => <PaymentState invoice={invoice} />,
  },
  {
    id: "total",
    header: "Total",
    align: "right",
    cell: ({ total }) => <Money value={total} />,
  },
  {
    id: "due",
    header: "Due",
    align: "right",
    cell: ({ due, status }) => (
      <Money value={status === "draft" ? null : due} />
    ),
  },
  {
    id: "issued",
    header: "Issued",
    cell: ({ issued_at }) => (
      <Time value={issued_at} format="date" empty="Not yet" />
    ),
  },
  {
    id: "due_at",
    header: "Due by",
    cell: ({ due_at }) => <Time value={due_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="invoice id" />,
  },
];
