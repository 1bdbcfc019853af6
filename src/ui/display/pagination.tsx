"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "../controls/icon-button";
import { Menu } from "../overlays/menu";
import { Button } from "../controls/button";
import { countText } from "../format/number";

export type PaginationProps = {
  /** The open page, from 1. */
  page: number;
  perPage: number;
  /** How many rows match in all. */
  total: number;
  /** False when there are more than were counted: "1–25 of 10,000+". */
  isExact?: boolean;
  onPageChange: (page: number) => void;
  /** Leave it out to hide the choice of page size. */
  onPerPageChange?: (perPage: number) => void;
  perPageOptions?: readonly number[];
};

/** "1–25 of 1,204", the way back and forth, and how many rows a page has. */
export function Pagination({
  page,
  perPage,
  total,
  isExact = true,
  onPageChange,
  onPerPageChange,
  perPageOptions = [25, 50, 100],
}: PaginationProps) {
  const first = total === 0 ? 0 : (page - 1) * perPage + 1;
  const last = Math.min(page * perPage, total);
  const isLast = isExact && last >= total;
  return (
    <nav
      aria-label="Pages"
      className="flex min-h-8 flex-wrap items-center justify-between gap-2 text-sm text-ink-muted"
    >
      <p aria-live="polite">{rangeText(first, last, total, isExact)}</p>
      <div className="flex items-center gap-1">
        {onPerPageChange ? (
          <Menu
            label="Rows a page"
            trigger={
              <Button variant="ghost" size="sm">{`${perPage} a page`}</Button>
            }
            items={perPageOptions.map((count) => ({
              id: String(count),
              label: `${count} a page`,
              isCurrent: count === perPage,
              onAction: () => onPerPageChange(count),
            }))}
          />
        ) : null}
        <IconButton
          label="Previous page"
          icon={<ChevronLeft />}
          variant="secondary"
          size="sm"
          isDisabled={page <= 1}
          onPress={() => onPageChange(page - 1)}
        />
        <IconButton
          label="Next page"
          icon={<ChevronRight />}
          variant="secondary"
          size="sm"
          isDisabled={isLast}
          onPress={() => onPageChange(page + 1)}
        />
      </div>
    </nav>
  );
}

/** `1–25 of 1,204`; `0 of 0`; `26–50 of 10,000+`. */
export function rangeText(
  first: number,
  last: number,
  total: number,
  isExact = true,
): string {
  const all = `${countText(total)}${isExact ? "" : "+"}`;
  if (total === 0) return "No rows";
  if (first > total) return `Past the end of ${all}`;
  return first === last
    ? `${countText(first)} of ${all}`
    : `${countText(first)}–${countText(last)} of ${all}`;
}
