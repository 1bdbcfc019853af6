"use client";

import { X } from "lucide-react";
import {
  DateField,
  DateInput,
  DateSegment,
  type DateFieldProps,
  type DateValue,
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

export type PartsFieldProps<T extends DateValue> = FieldProps &
  Pick<DateFieldProps<T>, "granularity" | "placeholderValue"> &
  Required<Pick<DateFieldProps<T>, "value" | "onChange">> & {
    onBlur?: () => void;
  };

/** A part of a date, as wide and high as a finger needs; what stands between parts is not. */
export const segmentLook =
  "min-w-6 rounded-sm px-0.5 py-0.5 text-center whitespace-pre outline-none placeholder:text-ink-faint focus:bg-accent focus:text-accent-ink type-literal:min-w-0 type-literal:px-0";

/** A date, typed part by part in the viewer's own order; the cross clears it. */
export function PartsField<T extends DateValue>({
  label,
  name,
  description,
  error,
  isOptional,
  onBlur,
  ...field
}: PartsFieldProps<T>) {
  return (
    <DateField<T>
      {...field}
      onBlur={() => onBlur?.()}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={name}
      className={fieldStack}
    >
      <FieldLabel {...{ label, isOptional }} />
      <div className={`${fieldBox} ${fieldFocus} pr-0.5 pl-2`}>
        <DateInput className="flex min-w-0 flex-1 overflow-hidden outline-none">
          {(segment) => (
            <DateSegment segment={segment} className={segmentLook} />
          )}
        </DateInput>
        {field.value ? (
          <IconButton
            label={`Clear ${label.toLowerCase()}`}
            icon={<X />}
            size="sm"
            onPress={() => field.onChange(null)}
          />
        ) : null}
      </div>
      <FieldMessages {...{ description, error }} />
    </DateField>
  );
}
