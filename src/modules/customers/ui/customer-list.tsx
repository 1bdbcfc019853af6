"use client";

import { Plus } from "lucide-react";
import { useMemo } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { FilterChips } from "@/ui/display/filter-chips";
import { Pagination } from "@/ui/display/pagination";
import { SearchField } from "@/ui/forms/search-field";
import { DataTable } from "@/ui/table/data-table";
import { useListUrl } from "@/ui/table/use-list-url";
import type { Customer } from "../contract";
import { customerColumns } from "./customer-columns";
import {
  endsOf,
  filterNames,
  ranges,
  toChips,
  type FilterValues,
} from "./filters";
import { RangeFilters } from "./range-filters";
import { useSearchText } from "@/ui/table/use-search-text";

export type CustomerListProps = {
  page: Page<Customer>;
  /** What amounts in filters are typed in: the currency of most customers. */
  currency: string;
  mayWrite: boolean;
  withMoney: boolean;
  /** Where the app is reached, for the cURL line. */
  appUrl: string;
};

/** The list of customers: search, filters, order and page live in the URL. */
export function CustomerList(props: CustomerListProps) {
  const { page, mayWrite, withMoney } = props;
  const list = useListUrl({ filters: filterNames });
  const { open } = useDialogUrl();
  const columns = useMemo(
    () =>
      customerColumns({
        mayWrite,
        withMoney,
        onOpen: (dialog, id) => void open(dialog, { id }),
      }),
    // `open` is made anew at each render and does the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [mayWrite, withMoney],
  );
  return (
    <DataTable
      label="Customers"
      columns={columns}
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      rowHref={({ id }) => `/customers/${id}`}
      sort={list.sort ?? { id: "created_at", desc: true }}
      onSortChange={list.setSort}
      isLoading={list.isPending}
      toolbar={<Toolbar {...props} list={list} />}
      empty={<Empty {...props} list={list} onAdd={() => void open("create")} />}
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

type ListUrl = ReturnType<typeof useListUrl>;
type PartProps = CustomerListProps & { list: ListUrl };

function Toolbar({ list, currency, withMoney }: PartProps) {
  const [text, setText] = useSearchText(list.search, list.setSearch);
  // Safe: useListUrl answers under the names it was given.
  const values = list.filters as FilterValues;
  function setAll(next: FilterValues) {
    for (const [name, value] of Object.entries(next))
      if (value !== values[name as keyof FilterValues])
        // Safe: its own keys.
        list.setFilter(name, value);
  }
  function change(id: string, value: string | null) {
    const range = ranges.find((name) => name === id);
    if (!range) return list.setFilter(id, value);
    for (const name of endsOf(range)) list.setFilter(name, null);
  }
  return (
    <>
      <SearchField
        label="Search customers"
        placeholder="Name, email, company or phone"
        value={text}
        onChange={setText}
        hasShortcut
        className="w-full sm:w-72"
      />
      <FilterChips
        filters={toChips(values, currency)}
        onChange={change}
        onClear={list.clear}
      />
      <RangeFilters
        values={values}
        currency={currency}
        withMoney={withMoney}
        onChange={setAll}
      />
    </>
  );
}

function Empty({
  list,
  page,
  mayWrite,
  appUrl,
  onAdd,
}: PartProps & { onAdd: () => void }) {
  if (list.hasFilters)
    return (
      <NoMatch
        title="No customers match"
        action={<Button onPress={list.clear}>Clear filters</Button>}
      />
    );
  if (page.total > 0)
    return (
      <NoMatch
        title="This page is past the end"
        description="There are fewer customers than that."
        action={<Button onPress={() => list.setPage(1)}>Go to page 1</Button>}
      />
    );
  return (
    <EmptyState
      title="No customers yet"
      description="A customer is an account that buys from you. Give it a key, and its calls are counted and limited."
      action={
        mayWrite ? (
          <Button variant="primary" icon={<Plus />} onPress={onAdd}>
            Add customer
          </Button>
        ) : null
      }
      {...(mayWrite && { curl: curlOf(appUrl) })}
    />
  );
}

function curlOf(appUrl: string): string {
  return [
    `curl ${appUrl}/api/v1/customers \\`,
    `  -H "Authorization: Bearer tk_…" -H "Content-Type: application/json" \\`,
    `  -d '{"email": "ada@example.com", "full_name": "Ada Lovelace"}'`,
  ].join("\n");
}
