"use client";

import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { Button } from "../controls/button";
import { NoMatch } from "../display/empty-state";
import { FilterChips, type Filter } from "../display/filter-chips";
import { Pagination } from "../display/pagination";
import { SearchField } from "../forms/search-field";
import type { useListUrl } from "./use-list-url";
import { useSearchText } from "./use-search-text";

/** Where a list is: what `useListUrl` answers. */
export type ListUrl = ReturnType<typeof useListUrl>;

export type ListSearchProps = {
  list: ListUrl;
  /** What is listed, in the plural: "invoices". */
  things: string;
  /** What it looks in: "Number", "Name or code". */
  placeholder: string;
};

/** The search box of a list. */
export function ListSearch({ list, things, placeholder }: ListSearchProps) {
  const [text, setText] = useSearchText(list.search, list.setSearch);
  return (
    <SearchField
      label={`Search ${things}`}
      placeholder={placeholder}
      value={text}
      onChange={setText}
      hasShortcut
      className="w-full sm:w-72"
    />
  );
}

/** A filter whose value is the one in the URL, unless given. */
export type ListFilter = Omit<Filter, "value"> & Partial<Pick<Filter, "value">>;

export type ListFiltersProps = {
  list: ListUrl;
  filters: readonly ListFilter[];
};

/** The filters of a list, as chips. */
export function ListFilters({ list, filters }: ListFiltersProps) {
  return (
    <FilterChips
      filters={filters.map((filter) => ({
        value: valueOf(filter, list.filters[filter.id] ?? null),
        ...filter,
      }))}
      onChange={list.setFilter}
      onClear={list.clear}
    />
  );
}

// Of one option, such as `true`, anything else in the URL means that the filter is off.
function valueOf({ options }: ListFilter, value: string | null) {
  const [only, another] = options ?? [];
  return only && !another && only.id !== value ? null : value;
}

/** A filter that shows more than usual: `include_archived`, "Archived meters". */
export function includeFilter(
  id: `include_${string}`,
  label: string,
): ListFilter {
  return { id, label, options: [{ id: "true", label: "Shown too" }] };
}

/** The way through a list's pages; nothing while it has no rows. */
export function ListPages({
  list,
  page,
}: {
  list: ListUrl;
  page: Page<unknown>;
}) {
  if (page.total === 0) return null;
  return (
    <Pagination
      page={page.page}
      perPage={page.per_page}
      total={page.total}
      isExact={page.total_is_exact}
      onPageChange={list.setPage}
      onPerPageChange={list.setPerPage}
    />
  );
}

export type ListEmptyProps = {
  list: ListUrl;
  page: Pick<Page<unknown>, "total">;
  /** What is listed, in the plural: "invoices". */
  things: string;
  /** What to look for instead, when nothing fits the search and the filters. */
  hint?: string;
  /** What is said when there is none at all: EmptyState. */
  children: ReactNode;
};

/** Why a list shows no rows: its page is past the end, nothing fits, or there is none yet. */
export function ListEmpty(props: ListEmptyProps) {
  const { list, page, things, hint, children } = props;
  if (page.total > 0)
    return (
      <NoMatch
        title="This page is past the end"
        description={`There are fewer ${things} than that.`}
        action={<Button onPress={() => list.setPage(1)}>Go to page 1</Button>}
      />
    );
  if (!list.hasFilters) return children;
  return (
    <NoMatch
      title={`No ${things} match`}
      {...(hint && { description: hint })}
      action={<Button onPress={list.clear}>Clear filters</Button>}
    />
  );
}
