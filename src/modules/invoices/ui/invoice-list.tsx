"use client";

import { Receipt } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { FilterChips } from "@/ui/display/filter-chips";
import { Pagination } from "@/ui/display/pagination";
import { statusWord } from "@/ui/display/statuses";
import { SearchField } from "@/ui/forms/search-field";
import { DataTable } from "@/ui/table/data-table";
import { useListUrl } from "@/ui/table/use-list-url";
import { useSearchText } from "@/ui/table/use-search-text";
import {
  invoiceStatuses,
  paymentStatuses,
  type InvoiceSummary,
} from "../contract";
import { invoiceColumns, invoiceName } from "./invoice-columns";

const filters = ["status", "payment_status", "overdue"] as const;

export type InvoiceListProps = {
  page: Page<InvoiceSummary>;
  /** Of one customer: its column is left out. */
  isOfCustomer?: boolean;
  /** The button for the first one. */
  action?: ReactNode;
};

/** Invoices: search, filters and page live in the URL. */
export function InvoiceList({ page, isOfCustomer, action }: InvoiceListProps) {
  const list = useListUrl({ filters, perPage: 50 });
  return (
    <DataTable
      label="Invoices"
      columns={
        isOfCustomer
          ? invoiceColumns.filter(({ id }) => id !== "customer")
          : invoiceColumns
      }
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={invoiceName}
      isLoading={list.isPending}
      toolbar={<Toolbar list={list} />}
      empty={<Empty list={list} total={page.total} action={action} />}
      footer={
        page.total > 0 ? (
          <Pagination
            page={page.page}
            perPage={page.per_page}
            total={page.total}
            isExact={page.total_is_exact}
            onPageChange={list.setPage}
            onPerPageChange={list.setPerPage}
          />
        ) : null
      }
    />
  );
}

type List = { list: ReturnType<typeof useListUrl> };

function Toolbar({ list }: List) {
  const [text, setText] = useSearchText(list.search, list.setSearch);
  const optionsOf = (words: readonly string[]) =>
    words.map((word) => ({ id: word, label: statusWord(word) }));
  return (
    <>
      <SearchField
        label="Search invoices"
        placeholder="Number"
        value={text}
        onChange={setText}
        hasShortcut
        className="w-full sm:w-64"
      />
      <FilterChips
        filters={[
          {
            id: "status",
            label: "Status",
            options: optionsOf(invoiceStatuses),
            value: list.filters["status"] ?? null,
          },
          {
            id: "payment_status",
            label: "Payment",
            options: optionsOf(paymentStatuses),
            value: list.filters["payment_status"] ?? null,
          },
          {
            id: "overdue",
            label: "Overdue",
            options: [{ id: "true", label: "Only" }],
            value: list.filters["overdue"] === "true" ? "true" : null,
          },
        ]}
        onChange={list.setFilter}
        onClear={list.clear}
      />
    </>
  );
}

function Empty({
  list,
  total,
  action,
}: List & { total: number; action: ReactNode }) {
  if (total > 0)
    return (
      <NoMatch
        title="This page is past the end"
        description="There are fewer invoices than that."
        action={<Button onPress={() => list.setPage(1)}>Go to page 1</Button>}
      />
    );
  if (list.hasFilters)
    return (
      <NoMatch
        title="No invoices match"
        description="Look for a part of a number, or clear the filters."
        action={<Button onPress={list.clear}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState
      icon={<Receipt />}
      title="No invoices yet"
      description="Draft one of one-off lines on a customer’s page. It gets its number when you finalize it, and never changes from then on."
      action={action ?? null}
    />
  );
}
