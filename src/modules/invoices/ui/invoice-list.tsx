"use client";

import { Receipt } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { statusWord } from "@/ui/display/statuses";
import { ListTable } from "@/ui/table/list-table";
import type { InvoiceStatus, InvoiceSummary, PaymentStatus } from "../contract";
import { invoiceColumns, invoiceName } from "./invoice-columns";

// Said here again, with their types: the contract is not for a list to load.
const statuses: InvoiceStatus[] = [
  "draft",
  "open",
  "paid",
  "void",
  "uncollectible",
];
const paymentStatuses: PaymentStatus[] = [
  "unpaid",
  "pending",
  "partially_paid",
  "paid",
  "partially_refunded",
  "refunded",
  "failed",
];

export type InvoiceListProps = {
  page: Page<InvoiceSummary>;
  /** Of one customer: its column is left out. */
  isOfCustomer?: boolean;
  /** The button for the first one. */
  action?: ReactNode;
};

const ofCustomer = invoiceColumns.filter(({ id }) => id !== "customer");

const optionsOf = (words: readonly string[]) =>
  words.map((word) => ({ id: word, label: statusWord(word) }));

const filters = [
  { id: "status", label: "Status", options: optionsOf(statuses) },
  {
    id: "payment_status",
    label: "Payment",
    options: optionsOf(paymentStatuses),
  },
  { id: "overdue", label: "Overdue", options: [{ id: "true", label: "Only" }] },
];

/** Invoices: search, filters and page live in the URL. */
export function InvoiceList({ page, isOfCustomer, action }: InvoiceListProps) {
  return (
    <ListTable
      things="invoices"
      page={page}
      columns={isOfCustomer ? ofCustomer : invoiceColumns}
      rowLabel={invoiceName}
      search="Number"
      filters={filters}
      hint="Look for a part of a number, or clear the filters."
      empty={{
        icon: <Receipt />,
        title: "No invoices yet",
        description:
          "Draft one of one-off lines on a customer’s page. It gets its number when you finalize it, and never changes from then on.",
      }}
      action={action}
    />
  );
}
