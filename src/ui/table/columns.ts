import {
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  type ColumnDef,
} from "@tanstack/react-table";
import type { ReactNode } from "react";

export type Column<T> = {
  /** The column's name in preferences and, when sortable, the API's `sort_by`. */
  id: string;
  header: string;
  /** The first column of a table with `rowHref` becomes the link: no control may be in it. */
  cell: (row: T) => ReactNode;
  /** "right" for numbers and money. */
  align?: "left" | "right";
  isSortable?: boolean;
  /** The first press sorts downwards: for money, counts and dates. */
  descFirst?: boolean;
  /** Left out until the viewer chooses it. */
  isHidden?: boolean;
  /** May not be left out, as the name. The first column never may. */
  isFixed?: boolean;
  /** Extra classes of the cells, as a width: "w-40". */
  className?: string;
};

type Meta = Pick<Column<unknown>, "align" | "className" | "header">;

export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  // The library reads only the type of this slot.
  columnMeta: {} as Meta,
});

export type Features = typeof features;

/** Our plain columns as TanStack's definitions. */
export function toColumnDefs<T extends object>(
  columns: readonly Column<T>[],
): ColumnDef<Features, T>[] {
  return columns.map((column, index) => ({
    id: column.id,
    header: column.header,
    // Sorting is done by the server; without an accessor a column counts as unsortable.
    accessorFn: () => null,
    cell: ({ row }) => column.cell(row.original),
    enableSorting: column.isSortable ?? false,
    enableHiding: index > 0 && !column.isFixed,
    sortDescFirst: column.descFirst ?? false,
    meta: {
      align: column.align,
      className: column.className,
      header: column.header,
    },
  }));
}
