"use client";

import { parseDate, type CalendarDate } from "@internationalized/date";
import { X } from "lucide-react";
import {
  DateField,
  DateInput,
  DateSegment,
} from "react-aria-components/DateField";
import { IconButton } from "../controls/icon-button";
import {
  fieldBox,
  fieldFocus,
  FieldLabel,
  FieldMessages,
  fieldStack,
  type FieldProps,
} from "../forms/field";

export type DayFieldProps = FieldProps & {
  /** `2026-01-31`; null for no day. */
  value: string | null;
  onChange: (day: string | null) => void;
  onBlur?: () => void;
};

/** A calendar day, typed part by part in the viewer's own order. */
export function DayField({
  label,
  name,
  description,
  error,
  isOptional,
  value,
  onChange,
  onBlur,
}: DayFieldProps) {
  return (
    <DateField<CalendarDate>
      value={value ? parseDate(value) : null}
      onChange={(day) => onChange(day ? day.toString() : null)}
      onBlur={() => onBlur?.()}
      granularity="day"
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={name}
      className={fieldStack}
    >
      <FieldLabel {...{ label, isOptional }} />
      <div className={`${fieldBox} ${fieldFocus} pr-0.5 pl-2`}>
        <DateInput className="flex flex-1">
          {(segment) => (
            <DateSegment
              segment={segment}
              className="rounded-sm px-0.5 outline-none placeholder:text-ink-faint focus:bg-accent focus:text-accent-ink type-literal:px-0"
            />
          )}
        </DateInput>
        {value ? (
          <IconButton
            label={`Clear ${label.toLowerCase()}`}
            icon={<X />}
            size="sm"
            onPress={() => onChange(null)}
          />
        ) : null}
      </div>
      <FieldMessages {...{ description, error }} />
    </DateField>
  );
}
