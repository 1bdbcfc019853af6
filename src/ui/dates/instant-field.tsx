"use client";

import {
  now,
  parseAbsolute,
  type ZonedDateTime,
} from "@internationalized/date";
import { X } from "lucide-react";
import {
  DateField,
  DateInput,
  DateSegment,
} from "react-aria-components/DateField";
import { IconButton } from "../controls/icon-button";
import { useTimeZone } from "../display/time-zone";
import {
  fieldBox,
  fieldFocus,
  FieldLabel,
  FieldMessages,
  fieldStack,
  type FieldProps,
} from "../forms/field";

export type InstantFieldProps = FieldProps & {
  /** ISO 8601; null for no time. */
  value: string | null;
  onChange: (at: string | null) => void;
  onBlur?: () => void;
};

/** A day and a time to the minute, typed part by part in the viewer's own order and zone. */
export function InstantField({
  label,
  name,
  description,
  error,
  isOptional,
  value,
  onChange,
  onBlur,
}: InstantFieldProps) {
  const timeZone = useTimeZone();
  return (
    <DateField<ZonedDateTime>
      value={value ? parseAbsolute(value, timeZone) : null}
      placeholderValue={now(timeZone)}
      onChange={(at) => onChange(at ? at.toAbsoluteString() : null)}
      onBlur={() => onBlur?.()}
      granularity="minute"
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={name}
      className={fieldStack}
    >
      <FieldLabel {...{ label, isOptional }} />
      <div className={`${fieldBox} ${fieldFocus} pr-0.5 pl-2`}>
        <DateInput className="flex min-w-0 flex-1 overflow-hidden">
          {(segment) => (
            <DateSegment
              segment={segment}
              className="rounded-sm px-0.5 whitespace-pre outline-none placeholder:text-ink-faint focus:bg-accent focus:text-accent-ink type-literal:px-0"
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
