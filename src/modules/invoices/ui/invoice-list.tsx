"use client";

import { Receipt } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { EmptyState } from "@/ui/display/empty-state";
import { statusWord } from "@/ui/display/statuses";
import { DataTable } from "@/ui/table/data-table";
import {
  ListEmpty,
  ListFilters,
  ListPages,
  ListSearch,
  type ListUrl,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { InvoiceStatus, InvoiceSummary, PaymentStatus } from "../contract";
import { invoiceColumns, invoiceName } from "./invoice-columns";

const filters = ["status", "payment_status", "overdue"] as const;

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

/** Invoices: search, filters and page live in the URL. */
export function InvoiceList({ page, isOfCustomer, action }: InvoiceListProps) {
  const list = useListUrl({ filters, perPage: 50 });
  return (
    <DataTable
      label="Invoices"
      columns={isOfCustomer ? ofCustomer : invoiceColumns}
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={invoiceName}
      isLoading={list.isPending}
      toolbar={<Toolbar list={list} />}
      empty={<Empty list={list} page={page} action={action} />}
      footer={<ListPages list={list} page={page} />}
    />
  );
}

type List = { list: ListUrl };

function Toolbar({ list }: List) {
  const optionsOf = (words: readonly string[]) =>
    words.map((word) => ({ id: word, label: statusWord(word) }));
  return (
    <>
      <ListSearch list={list} things="invoices" placeholder="Number" />
      <ListFilters
        list={list}
        filters={[
          {
            id: "status",
            label: "Status",
            options: optionsOf(statuses),
          },
          {
            id: "payment_status",
            label: "Payment",
            options: optionsOf(paymentStatuses),
          },
          {
            id: "overdue",
            label: "Overdue",
            options: [{ id: "true", label: "Only" }],
            value: list.filters["overdue"] === "true" ? "true" : null,
          },
        ]}
      />
    </>
  );
}

function Empty({
  list,
  page,
  action,
}: List & { page: Page<unknown>; action: ReactNode }) {
  return (
    <ListEmpty
      list={list}
      page={page}
      things="invoices"
      hint="Look for a part of a number, or clear the filters."
    >
      <EmptyState
        icon={<Receipt />}
        title="No invoices yet"
        description="Draft one of one-off lines on a customer’s page. It gets its number when you finalize it, and never changes from then on."
        action={action ?? null}
      />
    </ListEmpty>
  );
}
