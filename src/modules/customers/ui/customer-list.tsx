"use client";

import { Plus } from "lucide-react";
import { useMemo } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import { FilterChips } from "@/ui/display/filter-chips";
import { DataTable } from "@/ui/table/data-table";
import {
  ListEmpty,
  ListPages,
  ListSearch,
  type ListUrl,
} from "@/ui/table/list-parts";
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

export type CustomerListProps = {
  page: Page<Customer>;
  /** What amounts in filters are typed in: the currency of most customers. */
  currency: string;
  mayWrite: boolean;
  withMoney: boolean;
  /** When the page was read, ISO 8601. */
  now: string;
  /** Where the app is reached, for the cURL line. */
  appUrl: string;
};

/** The list of customers: search, filters, order and page live in the URL. */
export function CustomerList(props: CustomerListProps) {
  const { page, mayWrite, withMoney, now } = props;
  const list = useListUrl({ filters: filterNames });
  const { open } = useDialogUrl();
  const columns = useMemo(
    () =>
      customerColumns({
        mayWrite,
        withMoney,
        now: new Date(now),
        onOpen: (dialog, id) => void open(dialog, { id }),
      }),
    // `open` is made anew at each render and does the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [mayWrite, withMoney, now],
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
      footer={<ListPages list={list} page={page} />}
    />
  );
}

type PartProps = CustomerListProps & { list: ListUrl };

function Toolbar({ list, currency, withMoney }: PartProps) {
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
      <ListSearch
        list={list}
        things="customers"
        placeholder="Name, email, company or phone"
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
  return (
    <ListEmpty
      list={list}
      page={page}
      things="customers"
      hint="Look for a part of a name, an address or a number, or clear the filters."
    >
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
    </ListEmpty>
  );
}

function curlOf(appUrl: string): string {
  return [
    `curl ${appUrl}/api/v1/customers \\`,
    `  -H "Authorization: Bearer tk_…" -H "Content-Type: application/json" \\`,
    `  -d '{"email": "ada@example.com", "full_name": "Ada Lovelace"}'`,
  ].join("\n");
}
