"use client";

import { parseDate, type CalendarDate } from "@internationalized/date";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
  RangeCalendar,
} from "react-aria-components/RangeCalendar";

export type DayGridProps = {
  range: { start: CalendarDate; end: CalendarDate } | null;
  maxDay: string | undefined;
  onChange: (range: { start: CalendarDate; end: CalendarDate }) => void;
};

/** A month to press a first and a last day in. */
export function DayGrid({ range, maxDay, onChange }: DayGridProps) {
  return (
    <RangeCalendar
      aria-label="Period"
      value={range}
      onChange={onChange}
      maxValue={maxDay ? parseDate(maxDay) : undefined}
      defaultFocusedValue={range?.end}
      className="w-fit"
    >
      <header className="mb-1 flex items-center justify-between">
        <Step slot="previous">
          <ChevronLeft aria-hidden className="icon" />
        </Step>
        <CalendarHeading className="text-sm font-medium" />
        <Step slot="next">
          <ChevronRight aria-hidden className="icon" />
        </Step>
      </header>
      <CalendarGrid className="border-separate border-spacing-y-0.5">
        <CalendarGridHeader>
          {(day) => (
            <CalendarHeaderCell className="h-7 text-xs font-normal text-ink-faint">
              {day}
            </CalendarHeaderCell>
          )}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(date) => (
            <CalendarCell
              date={date}
              className="flex h-8 w-9 cursor-pointer items-center justify-center text-sm outline-none outside-month:hidden hover:bg-muted selected:bg-accent-tint selection-start:rounded-l-md selection-start:bg-accent selection-start:text-accent-ink selection-end:rounded-r-md selection-end:bg-accent selection-end:text-accent-ink focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent-text disabled:cursor-default disabled:text-ink-faint disabled:opacity-50"
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </RangeCalendar>
  );
}

function Step({
  slot,
  children,
}: {
  slot: "previous" | "next";
  children: ReactNode;
}) {
  return (
    <Button
      slot={slot}
      className="flex h-7 w-7 cursor-pointer items-center justify-center rounded-md text-ink-muted hover:bg-muted hover:text-ink disabled:opacity-40"
    >
      {children}
    </Button>
  );
}
