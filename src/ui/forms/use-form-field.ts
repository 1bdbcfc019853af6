"use client";

import {
  useController,
  type Control,
  type FieldPath,
  type FieldValues,
} from "react-hook-form";

/**
 * Binds one field of react-hook-form to our controls:
 * `<TextField label="Email" {...useFormField(control, "email")} />`.
 */
export function useFormField<T extends FieldValues, N extends FieldPath<T>>(
  control: Control<T>,
  name: N,
) {
  const { field, fieldState, formState } = useController({ control, name });
  // Of a list's new row the whole is checked as its first field is left: the rest says nothing yet.
  const isTold = fieldState.isTouched || formState.isSubmitted;
  return {
    name: field.name,
    value: field.value,
    onChange: field.onChange,
    onBlur: field.onBlur,
    inputRef: field.ref,
    isDisabled: field.disabled ?? false,
    error: isTold ? fieldState.error?.message : undefined,
  };
}
