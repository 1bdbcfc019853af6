"use client";

import { useEffect, useRef } from "react";

export type RowCheckboxProps = {
  "aria-label": string;
  isSelected: boolean;
  isIndeterminate?: boolean;
  onChange: (isSelected: boolean) => void;
};

/** A checkbox with no visible label, for the rows of a table. Native: a page may have a hundred. */
export function RowCheckbox({
  isSelected,
  isIndeterminate = false,
  onChange,
  ...props
}: RowCheckboxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = isIndeterminate;
  }, [isIndeterminate]);
  return (
    <label className="flex h-6 w-6 cursor-pointer items-center justify-center">
      <input
        {...props}
        ref={input}
        type="checkbox"
        checked={isSelected}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="check-mark h-4 w-4 cursor-pointer appearance-none rounded-sm border border-field bg-canvas hover:border-ink-faint checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent"
      />
    </label>
  );
}
