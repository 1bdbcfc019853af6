"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { IconButton } from "@/ui/controls/icon-button";

export type LogRowProps = {
  /** a LogCell for each head of the table */
  children: ReactNode;
  columns: number;
  /** what opens under it */
  details: ReactNode;
};

/** An item of a log: a row from 640 px on, a card below; the rest of it opens under it. */
export function LogRow({ children, columns, details }: LogRowProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <tr
        role="row"
        className="relative bg-canvas hover:bg-subtle max-sm:flex max-sm:flex-col max-sm:gap-1 max-sm:border-t max-sm:p-3 max-sm:pr-12 max-sm:first:border-t-0 sm:h-10 sm:*:border-t sm:first:*:border-t-0"
      >
        {children}
        <td
          role="cell"
          className="text-right max-sm:absolute max-sm:top-2 max-sm:right-2 sm:w-12 sm:pr-2"
        >
          <IconButton
            label={isOpen ? "Hide details" : "Show details"}
            icon={isOpen ? <ChevronUp /> : <ChevronDown />}
            size="sm"
            placement="left"
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onPress={() => setOpen(!isOpen)}
          />
        </td>
      </tr>
      {isOpen ? (
        <tr role="row" id={id} className="max-sm:block">
          <td
            role="cell"
            colSpan={columns + 1}
            className="bg-subtle p-3 sm:px-4 max-sm:block"
          >
            {details}
          </td>
        </tr>
      ) : null}
    </>
  );
}

export type LogCellProps = { className?: string; children: ReactNode };

export function LogCell({ className = "", children }: LogCellProps) {
  return (
    <td
      role="cell"
      className={`min-w-0 px-3 text-sm max-sm:block max-sm:px-0 ${className}`}
    >
      {children}
    </td>
  );
}
