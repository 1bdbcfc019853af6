"use client";

import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { EmptyState, type EmptyStateProps } from "../display/empty-state";
import { DataTable, type DataTableProps } from "./data-table";
import {
  ListEmpty,
  ListFilters,
  ListPages,
  ListSearch,
  type ListFilter,
} from "./list-parts";
import { useListUrl } from "./use-list-url";

export type ListTableProps<T extends { id: string }> = Pick<
  DataTableProps<T>,
  "columns" | "rowLabel" | "rowHref" | "rowActions" | "storageKey"
> & {
  /** What is listed, in the plural: "tax rates". */
  things: string;
  page: Page<T>;
  /** What the search box looks in: "Name or code"; there is none without. */
  search?: string;
  /** Those with options, or an `includeFilter`; none unless given. */
  filters?: readonly ListFilter[];
  /** What to look for instead, when nothing fits the search and the filters. */
  hint?: string;
  /** What is said when there is none at all. */
  empty: Omit<EmptyStateProps, "action">;
  /** The button for another one: shown for the first. */
  action?: ReactNode;
  /** The button is in the toolbar too, once there are rows: where no head of a page has it. */
  hasActionInToolbar?: boolean | undefined;
};

/** A list of things by pages: search, filters and page live in the URL under the API's names. */
export function ListTable<T extends { id: string }>(props: ListTableProps<T>) {
  const { things, page, search, filters = [], hint, ...rest } = props;
  const { empty, action = null, hasActionInToolbar = false, ...table } = rest;
  const list = useListUrl({
    filters: filters.map(({ id }) => id),
    perPage: 50,
  });
  const where = { list, things };
  return (
    <DataTable
      {...table}
      label={things.charAt(0).toUpperCase() + things.slice(1)}
      rows={page.items}
      rowId={({ id }) => id}
      isLoading={list.isPending}
      toolbar={
        <>
          {hasActionInToolbar && page.total > 0 ? action : null}
          {search ? <ListSearch {...where} placeholder={search} /> : null}
          {filters.length > 0 ? (
            <ListFilters list={list} filters={filters} />
          ) : null}
        </>
      }
      empty={
        <ListEmpty {...where} page={page} {...(hint && { hint })}>
          <EmptyState {...empty} action={action} />
        </ListEmpty>
      }
      footer={<ListPages list={list} page={page} />}
    />
  );
}
