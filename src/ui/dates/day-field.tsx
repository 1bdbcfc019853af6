"use client";

import { parseDate, type CalendarDate } from "@internationalized/date";
import type { FieldProps } from "../forms/field";
import { PartsField } from "./parts-field";

export type DayFieldProps = FieldProps & {
  /** `2026-01-31`; null for no day. */
  value: string | null;
  onChange: (day: string | null) => void;
  onBlur?: () => void;
};

/** A calendar day. */
export function DayField({ value, onChange, ...field }: DayFieldProps) {
  return (
    <PartsField<CalendarDate>
      {...field}
      value={value ? parseDate(value) : null}
      onChange={(day) => onChange(day ? day.toString() : null)}
      granularity="day"
    />
  );
}
