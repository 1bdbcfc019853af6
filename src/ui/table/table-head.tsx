"use client";

import type { Header, Table } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { Press } from "../controls/press";
import { RowCheckbox } from "../forms/row-checkbox";
import type { Features } from "./columns";

export type TableHeadProps<T extends object> = {
  headers: readonly Header<Features, T, unknown>[];
  table: Pick<
    Table<Features, T>,
    "getIsAllRowsSelected" | "getIsSomeRowsSelected" | "toggleAllRowsSelected"
  >;
  hasSelection: boolean;
  hasActions: boolean;
};

const cell =
  "sticky top-(--sticky-top,0px) z-10 h-9 border-b bg-subtle px-3 text-xs font-medium text-ink-muted first:rounded-tl-lg last:rounded-tr-lg";

/** The header row; on phones it stays for screen readers only. */
export function TableHead<T extends object>({
  headers,
  table,
  hasSelection,
  hasActions,
}: TableHeadProps<T>) {
  return (
    <thead role="rowgroup" className="max-sm:sr-only">
      <tr role="row">
        {hasSelection ? (
          <th role="columnheader" scope="col" className={`${cell} w-9 pr-0`}>
            <RowCheckbox
              aria-label="Select all rows of this page"
              isSelected={table.getIsAllRowsSelected()}
              isIndeterminate={table.getIsSomeRowsSelected()}
              onChange={(isOn) => table.toggleAllRowsSelected(isOn)}
            />
          </th>
        ) : null}
        {headers.map((header, index) => (
          <HeadCell key={header.id} header={header} isFirst={index === 0} />
        ))}
        {hasActions ? (
          <th role="columnheader" scope="col" className={`${cell} w-12`}>
            <span className="sr-only">Actions</span>
          </th>
        ) : null}
      </tr>
    </thead>
  );
}

const ariaSort = { asc: "ascending", desc: "descending" } as const;

function HeadCell<T extends object>({
  header,
  isFirst,
}: {
  header: Header<Features, T, unknown>;
  isFirst: boolean;
}) {
  const { column } = header;
  const { align, className = "", header: text } = column.columnDef.meta ?? {};
  const side = `${align === "right" ? "text-right" : "text-left"} ${isFirst ? "in-data-[overflow]:left-0 in-data-[overflow]:z-20 in-data-[overflow]:border-r" : ""}`;
  if (!column.getCanSort())
    return (
      <th
        role="columnheader"
        scope="col"
        className={`${cell} ${side} ${className}`}
      >
        {text}
      </th>
    );
  const sorted = column.getIsSorted();
  const Icon =
    sorted === "asc" ? ArrowUp : sorted === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sorted ? ariaSort[sorted] : "none"}
      className={`${cell} ${side} ${className}`}
    >
      <Press
        onPress={() => column.toggleSorting()}
        className={`group -mx-1.5 inline-flex h-6 cursor-pointer items-center gap-1 rounded-sm px-1.5 whitespace-nowrap hover:bg-muted hover:text-ink ${align === "right" ? "flex-row-reverse" : ""} ${sorted ? "text-ink" : ""}`}
      >
        {text}
        <Icon
          aria-hidden
          className={`h-3 w-3 ${sorted ? "" : "text-ink-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"}`}
        />
      </Press>
    </th>
  );
}
