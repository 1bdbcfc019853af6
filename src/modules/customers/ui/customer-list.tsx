"use client";

import { Download, Plus } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
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
import type { Segment } from "../contract/segments";
import { customerColumns } from "./customer-columns";
import {
  endsOf,
  filterNames,
  presentFilters,
  ranges,
  toChips,
  type FilterChoices,
  type FilterValues,
} from "./filters";
import { RangeFilters } from "./range-filters";
import { SegmentMenu } from "./segment-menu";

export type CustomerListProps = {
  page: Page<Customer>;
  /** What amounts in filters are typed in: the currency of most customers. */
  currency: string;
  segments: readonly Segment[];
  tags: FilterChoices["tags"];
  plans: FilterChoices["plans"];
  mayWrite: boolean;
  withMoney: boolean;
  /** When the page was read, ISO 8601. */
  now: string;
  /** Where the app is reached, for the cURL line. */
  appUrl: string;
  /** What can be done with those that are marked. */
  bulk?: (selection: ListSelection) => ReactNode;
};

/** The customers that are marked in the list, and what else it shows. */
export type ListSelection = {
  ids: ReadonlySet<string>;
  /** How many fit the search and the filters; more, when not exact. */
  total: number;
  isExact: boolean;
  /** The search and the filters as the API takes them. */
  filters: Record<string, string>;
  segment: string | null;
  onClear: () => void;
};

/** The list of customers: search, filters, order and page live in the URL. */
export function CustomerList(props: CustomerListProps) {
  const { page, mayWrite, withMoney, now, bulk } = props;
  const list = useListUrl({ filters: filterNames });
  const { open } = useDialogUrl();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  // Safe: useListUrl answers under the names it was given.
  const values = list.filters as FilterValues;
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
  const table = (
    <DataTable
      label="Customers"
      columns={columns}
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      rowHref={({ id }) => `/customers/${id}`}
      {...(bulk && { selection: { ids: marked, onChange: setMarked } })}
      sort={list.sort ?? { id: "created_at", desc: true }}
      onSortChange={list.setSort}
      isLoading={list.isPending}
      toolbar={<Toolbar {...props} list={list} />}
      empty={<Empty {...props} list={list} onAdd={() => void open("create")} />}
      footer={<ListPages list={list} page={page} />}
    />
  );
  return (
    <>
      {table}
      {bulk && marked.size > 0
        ? bulk({
            ids: marked,
            total: page.total,
            isExact: page.total_is_exact,
            filters: presentFilters(values, list.search),
            segment: values.segment ?? null,
            onClear: () => setMarked(new Set()),
          })
        : null}
    </>
  );
}

type PartProps = CustomerListProps & { list: ListUrl };

function Toolbar(props: PartProps) {
  const { list, currency, withMoney } = props;
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
        filters={toChips(values, currency, props)}
        onChange={change}
        onClear={list.clear}
      />
      <RangeFilters
        values={values}
        currency={currency}
        withMoney={withMoney}
        onChange={setAll}
      />
      <SegmentMenu
        list={list}
        segments={props.segments}
        mayWrite={props.mayWrite}
      />
      {props.page.total > 0 ? <ExportLinks list={list} /> : null}
    </>
  );
}

/** The list as it is now, on all its pages, as a file. */
function ExportLinks({ list }: { list: ListUrl }) {
  // Safe: as above.
  const values = list.filters as FilterValues;
  const query = new URLSearchParams({
    ...presentFilters(values, list.search),
    ...(values.segment && { segment: values.segment }),
    ...(list.sort && {
      sort_by: list.sort.id,
      sort_order: list.sort.desc ? "desc" : "asc",
    }),
  }).toString();
  return (
    <span
      role="group"
      aria-label="Export"
      className="flex items-center gap-1 sm:ml-auto"
    >
      {(["csv", "xlsx"] as const).map((format) => (
        <LinkButton
          key={format}
          size="sm"
          variant="ghost"
          icon={format === "csv" ? <Download /> : null}
          href={`/api/v1/customers/export?${query}&format=${format}`}
          prefetch={false}
          download
        >
          {format.toUpperCase()}
        </LinkButton>
      ))}
    </span>
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
