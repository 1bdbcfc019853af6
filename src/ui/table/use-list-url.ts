"use client";

import {
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useMemo, useTransition } from "react";
import type { Sort } from "./data-table";

export type ListUrlOptions = {
  /** Names of the filters in the URL: `["status", "plan"]`. */
  filters?: readonly string[];
  perPage?: number;
};

const paging = {
  page: parseAsInteger,
  per_page: parseAsInteger,
  sort_by: parseAsString,
  sort_order: parseAsStringLiteral(["asc", "desc"] as const),
  search: parseAsString,
};

/**
 * A list's page, order, search and filters, kept in the URL under the API's own names
 * (`page, per_page, sort_by, sort_order, search`, and the filters'). Changes ask the server
 * for the page again; `isPending` is true meanwhile. All but a page change go back to page 1.
 */
export function useListUrl({
  filters = [],
  perPage = 25,
}: ListUrlOptions = {}) {
  const [isPending, startTransition] = useTransition();
  const names = filters.join();
  const parsers = useMemo(
    () => ({ ...paging, ...filterParsers(names.split(",").filter(Boolean)) }),
    [names],
  );
  const [state, setState] = useQueryStates(parsers, {
    shallow: false,
    startTransition,
    history: "push",
  });
  const set = (patch: Record<string, string | number | null>) => {
    void setState({ page: null, ...patch });
  };
  const none = Object.fromEntries(
    ["search", ...filters].map((name) => [name, null] as const),
  );
  const sort: Sort | null = state.sort_by
    ? { id: state.sort_by, desc: state.sort_order === "desc" }
    : null;
  return {
    isPending,
    page: state.page ?? 1,
    perPage: state.per_page ?? perPage,
    search: state.search ?? "",
    sort,
    /** The value of each filter, null when it is off. */
    filters: Object.fromEntries(
      filters.map((name) => [name, valueOf(state, name)] as const),
    ),
    /** Whether the search or a filter narrows the list; `include_…` widens it. */
    hasFilters:
      Boolean(state.search) ||
      filters.some(
        (name) => !name.startsWith("include_") && valueOf(state, name) !== null,
      ),
    setPage: (page: number) => set({ page: page === 1 ? null : page }),
    setPerPage: (count: number) =>
      set({ per_page: count === perPage ? null : count }),
    setSearch: (text: string) => set({ search: text || null }),
    setSort: (next: Sort | null) =>
      set({
        sort_by: next?.id ?? null,
        sort_order: next ? (next.desc ? "desc" : "asc") : null,
      }),
    setFilter: (name: string, value: string | null) => set({ [name]: value }),
    /** Sets one filter in place of the search and all others. */
    setOnly: (name: string, value: string) => set({ ...none, [name]: value }),
    clear: () => set(none),
  };
}

function filterParsers(names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => [name, parseAsString] as const),
  );
}

function valueOf(state: Record<string, unknown>, name: string): string | null {
  const value = state[name];
  return typeof value === "string" ? value : null;
}
