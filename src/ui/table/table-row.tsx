"use client";

import { FlexRender, type Cell, type Row } from "@tanstack/react-table";
import { Ellipsis } from "lucide-react";
import { EagerLink } from "../controls/eager-link";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import { IconButton } from "../controls/icon-button";
import { RowCheckbox } from "../forms/row-checkbox";
import { Menu, type MenuEntry } from "../overlays/menu";
import type { Features } from "./columns";
import type { Density } from "./preferences";

export type TableRowProps<T extends object> = {
  row: Row<Features, T>;
  /** What the row is called: "Acme Ltd". */
  label: string;
  href: string | undefined;
  actions: readonly MenuEntry[] | undefined;
  hasSelection: boolean;
  density: Density;
};

const heights = { normal: "sm:h-10", compact: "sm:h-8" } as const;

/** A row from 640 px on, a card below. */
export function TableRow<T extends object>(props: TableRowProps<T>) {
  const { row, label, href, actions, hasSelection, density } = props;
  const open = useRowOpener(href);
  return (
    <tr
      role="row"
      aria-selected={hasSelection ? row.getIsSelected() : undefined}
      {...open}
      className={`group relative bg-canvas max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-4 max-sm:gap-y-1.5 max-sm:border-b max-sm:p-3 max-sm:last:border-b-0 sm:*:border-b sm:last:*:border-b-0 hover:bg-subtle aria-selected:bg-accent-tint ${href ? "cursor-pointer" : ""} ${heights[density]}`}
    >
      {hasSelection ? (
        <td
          role="cell"
          className="sm:w-9 sm:pl-3 max-sm:absolute max-sm:top-2.5 max-sm:left-3"
        >
          <RowCheckbox
            aria-label={`Select ${label}`}
            isSelected={row.getIsSelected()}
            onChange={(isOn) => row.toggleSelected(isOn)}
          />
        </td>
      ) : null}
      {row.getVisibleCells().map((cell, index) => (
        <BodyCell
          key={cell.id}
          cell={cell}
          isFirst={index === 0}
          href={index === 0 ? href : undefined}
          indent={hasSelection}
        />
      ))}
      {actions ? <ActionsCell label={label} actions={actions} /> : null}
    </tr>
  );
}

type BodyCellProps<T extends object> = {
  cell: Cell<Features, T, unknown>;
  isFirst: boolean;
  href: string | undefined;
  indent: boolean;
};

function BodyCell<T extends object>({
  cell,
  isFirst,
  href,
  indent,
}: BodyCellProps<T>) {
  const { align, className = "", header } = cell.column.columnDef.meta ?? {};
  const place = isFirst
    ? `max-sm:basis-full max-sm:pr-8 font-medium sm:max-w-60 sm:truncate sm:in-data-[overflow]:sticky sm:in-data-[overflow]:left-0 sm:in-data-[overflow]:z-1 sm:in-data-[overflow]:border-r sm:in-data-[overflow]:bg-inherit ${indent ? "max-sm:pl-8" : ""}`
    : "";
  const content = <FlexRender cell={cell} />;
  return (
    <td
      role="cell"
      className={`min-w-0 text-sm sm:px-3 ${align === "right" ? "sm:text-right" : ""} ${place} ${className}`}
    >
      {isFirst ? null : (
        <span aria-hidden className="mr-1.5 text-xs text-ink-faint sm:hidden">
          {header}
        </span>
      )}
      {href ? (
        <EagerLink
          href={href}
          data-row-link
          className="rounded-sm decoration-line-strong underline-offset-4 hover:underline inline-block max-w-full max-sm:py-0.5 sm:truncate sm:align-bottom"
        >
          {content}
        </EagerLink>
      ) : (
        content
      )}
    </td>
  );
}

type ActionsCellProps = { label: string; actions: readonly MenuEntry[] };

function ActionsCell({ label, actions }: ActionsCellProps) {
  if (actions.length === 0)
    return <td role="cell" className="max-sm:hidden sm:w-12" />;
  return (
    <td
      role="cell"
      className="text-right max-sm:absolute max-sm:top-2 max-sm:right-2 sm:w-12 sm:pr-2"
    >
      <Menu
        label={`Actions for ${label}`}
        items={actions}
        trigger={
          <IconButton
            label={`Actions for ${label}`}
            icon={<Ellipsis />}
            size="sm"
            placement="left"
            className="pointer-coarse:min-h-8 pointer-coarse:min-w-8"
          />
        }
      />
    </td>
  );
}

/** A press anywhere in the row opens it, unless it hit a control or ended a text selection. */
function useRowOpener(href: string | undefined) {
  const router = useRouter();
  if (!href) return {};
  function open(event: MouseEvent<HTMLTableRowElement>, inNewTab: boolean) {
    if (!href || isOnControl(event) || window.getSelection()?.toString())
      return;
    if (inNewTab) window.open(href, "_blank", "noopener");
    else router.push(href);
  }
  return {
    onClick: (event: MouseEvent<HTMLTableRowElement>) =>
      open(event, event.ctrlKey || event.metaKey),
    onAuxClick: (event: MouseEvent<HTMLTableRowElement>) =>
      event.button === 1 && open(event, true),
  };
}

function isOnControl(event: MouseEvent<HTMLElement>) {
  const { target, currentTarget } = event;
  // Presses in a menu of the row bubble through React's tree, not the document's.
  if (!(target instanceof Element) || !currentTarget.contains(target))
    return true;
  return target.closest("a, button, input, label, [role=button]") !== null;
}
