"use client";

import {
  now,
  parseAbsolute,
  type ZonedDateTime,
} from "@internationalized/date";
import { useTimeZone } from "../display/time-zone";
import type { FieldProps } from "../forms/field";
import { PartsField } from "./parts-field";

export type InstantFieldProps = FieldProps & {
  /** ISO 8601; null for no time. */
  value: string | null;
  onChange: (at: string | null) => void;
  onBlur?: () => void;
};

/** A day and a time to the minute, in the viewer's zone. */
export function InstantField({ value, onChange, ...field }: InstantFieldProps) {
  const timeZone = useTimeZone();
  return (
    <PartsField<ZonedDateTime>
      {...field}
      value={value ? parseAbsolute(value, timeZone) : null}
      placeholderValue={now(timeZone).set({ second: 0, millisecond: 0 })}
      onChange={(at) => onChange(at ? at.toAbsoluteString() : null)}
      granularity="minute"
    />
  );
}
