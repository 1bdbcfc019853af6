"use client";

import {
  useTable,
  type SortingState,
  type Updater,
} from "@tanstack/react-table";
import { useMemo, type ReactNode } from "react";
import { type MenuEntry } from "../overlays/menu";
import { features, toColumnDefs, type Column } from "./columns";
import { useTablePreferences } from "./preferences";
import { TableHead } from "./table-head";
import { TableRow } from "./table-row";
import { moveAlongRows } from "./row-keys";
import { useOverflow } from "./use-overflow";
import { ViewMenu } from "./view-menu";

export type Sort = { id: string; desc: boolean };

export type Selection = {
  /** The ids of the selected rows, of other pages too. */
  ids: ReadonlySet<string>;
  onChange: (ids: ReadonlySet<string>) => void;
};

export type DataTableProps<T extends object> = {
  /** Names the table for screen readers and its remembered settings: "Customers". */
  label: string;
  /** Keep it stable (module scope or useMemo): a new array rebuilds the table. */
  columns: readonly Column<T>[];
  /** One page of rows, already sorted. While the next ones load, pass the old. */
  rows: readonly T[];
  rowId: (row: T) => string;
  /** The row's name, for its checkbox and its menu; the default is its id. */
  rowLabel?: (row: T) => string;
  /** The row's page; the first cell becomes the link to it. */
  rowHref?: (row: T) => string;
  rowActions?: (row: T) => readonly MenuEntry[];
  sort?: Sort | null;
  onSortChange?: (sort: Sort | null) => void;
  selection?: Selection;
  /** Dims the rows, which are old until the next ones have come. */
  isLoading?: boolean;
  /** Search, filters; at the left of the View button. */
  toolbar?: ReactNode;
  /** Shown instead of the rows when there are none: EmptyState, NoMatch, NotAllowed. */
  empty?: ReactNode;
  /** Pagination. */
  footer?: ReactNode;
  /** Where column and density choices are kept; the default is the label. */
  storageKey?: string;
};

/** A list of things: sorted by the server, with columns, density and cards on phones. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, rows, isLoading = false, toolbar, empty, footer } = props;
  const { table, density, viewMenu } = useDataTable(props);
  const { ref, isOverflowing } = useOverflow();
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const hasSelection = Boolean(props.selection);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2 sm:flex-nowrap">
        <div className="contents min-w-0 flex-1 flex-wrap items-center gap-2 sm:flex">
          {toolbar}
        </div>
        <span className="ml-auto">{viewMenu}</span>
      </div>
      <div
        ref={ref}
        {...(isOverflowing
          ? {
              tabIndex: 0,
              role: "region",
              "aria-label": label,
              "data-overflow": true,
            }
          : {})}
        className={`min-w-0 rounded-lg border ${isOverflowing ? "overflow-x-auto [--sticky-top:0px]" : "overflow-clip"}`}
      >
        {rows.length === 0 ? (
          empty
        ) : (
          <table
            role="table"
            aria-label={label}
            aria-busy={isLoading}
            className="w-full border-separate border-spacing-0 text-left max-sm:block"
          >
            <TableHead
              {...{ headers, table, hasSelection }}
              hasActions={Boolean(props.rowActions)}
            />
            <tbody
              role="rowgroup"
              onKeyDown={moveAlongRows}
              className={`max-sm:block motion-safe:transition-opacity ${isLoading ? "opacity-50 delay-150" : ""}`}
            >
              {table.getRowModel().rows.map((row) => (
                <TableRow
                  key={row.id}
                  row={row}
                  label={(props.rowLabel ?? props.rowId)(row.original)}
                  href={props.rowHref?.(row.original)}
                  actions={props.rowActions?.(row.original)}
                  {...{ hasSelection, density }}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
      {footer}
    </div>
  );
}

function useDataTable<T extends object>(props: DataTableProps<T>) {
  const { columns, rows, rowId, sort = null, onSortChange, selection } = props;
  const { preferences, change } = useTablePreferences(
    props.storageKey ?? props.label,
  );
  const defs = useMemo(() => toColumnDefs(columns), [columns]);
  const sorting = useMemo(() => (sort ? [sort] : []), [sort]);
  const columnVisibility = useMemo(
    () => ({ ...defaultVisibility(columns), ...preferences.columns }),
    [columns, preferences],
  );
  const rowSelection = useMemo(
    () => toRecord(selection?.ids),
    [selection?.ids],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns: defs,
    data,
    getRowId: rowId,
    manualSorting: true,
    enableMultiSort: false,
    state: { sorting, columnVisibility, rowSelection },
    onSortingChange: (next: Updater<SortingState>) =>
      onSortChange?.(resolve(next, sorting)[0] ?? null),
    onRowSelectionChange: (next) =>
      selection?.onChange(new Set(Object.keys(resolve(next, rowSelection)))),
  });
  const viewMenu = (
    <ViewMenu
      columns={table.getAllLeafColumns().map((column) => ({
        id: column.id,
        header: column.columnDef.meta?.header ?? column.id,
        isVisible: column.getIsVisible(),
        canHide: column.getCanHide(),
        canSort: column.getCanSort(),
      }))}
      onToggle={(id, isVisible) =>
        change({ columns: { ...preferences.columns, [id]: isVisible } })
      }
      density={preferences.density}
      onDensityChange={(density) => change({ density })}
      {...{ sort, onSortChange }}
    />
  );
  return { table, density: preferences.density, viewMenu };
}

function defaultVisibility<T>(columns: readonly Column<T>[]) {
  return Object.fromEntries(
    columns.map((column) => [column.id, !column.isHidden] as const),
  );
}

function toRecord(ids: ReadonlySet<string> = new Set()): Record<string, true> {
  return Object.fromEntries([...ids].map((id) => [id, true] as const));
}

function resolve<S>(next: Updater<S>, old: S): S {
  // Updater is a value or a function, and no state kept here is itself a function.
  return typeof next === "function" ? (next as (old: S) => S)(old) : next;
}
