"use client";

import type { ReactNode } from "react";
import { Button } from "../controls/button";
import { countText } from "../format/number";

export type BulkBarProps = {
  /** How many rows are selected; the bar is gone at 0. */
  count: number;
  /** How many match the filters, on all pages. */
  total: number;
  /** True once all that match are selected, not only rows that were seen. */
  isAllMatching?: boolean;
  onSelectAllMatching?: () => void;
  onClear: () => void;
  /** The actions, as buttons of size "sm". */
  children: ReactNode;
};

/** What can be done with the selected rows: "25 selected · Select all 1,204 matching". */
export function BulkBar({
  count,
  total,
  isAllMatching,
  onSelectAllMatching,
  onClear,
  children,
}: BulkBarProps) {
  if (count === 0 && !isAllMatching) return null;
  const words = isAllMatching
    ? `All ${countText(total)} matching selected`
    : `${countText(count)} selected`;
  return (
    <div
      role="region"
      aria-label="Selected rows"
      className="sticky bottom-4 z-20 flex flex-wrap items-center gap-2 rounded-lg bg-overlay px-3 py-2 text-sm shadow-overlay"
    >
      <span aria-live="polite" className="font-medium">
        {words}
      </span>
      {onSelectAllMatching && !isAllMatching && total > count ? (
        <Button size="sm" variant="ghost" onPress={onSelectAllMatching}>
          {`Select all ${countText(total)} matching`}
        </Button>
      ) : null}
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {children}
        <Button size="sm" variant="ghost" onPress={onClear}>
          Clear
        </Button>
      </span>
    </div>
  );
}
