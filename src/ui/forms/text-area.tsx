"use client";

import type { Ref } from "react";
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components/TextField";
import { useEarly } from "../early/use-early";
import {
  FieldLabel,
  FieldMessages,
  fieldStack,
  type FieldProps,
} from "./field";

export type TextAreaProps = FieldProps &
  Omit<AriaTextFieldProps, keyof FieldProps | "children" | "style" | "type"> & {
    placeholder?: string;
    rows?: number;
    mono?: boolean;
    inputRef?: Ref<HTMLTextAreaElement>;
  };

/** Several lines of text; the person may drag it taller. */
export function TextArea({
  label,
  description,
  error,
  isOptional,
  hideLabel,
  className = "",
  placeholder,
  rows = 4,
  mono,
  inputRef,
  ...props
}: TextAreaProps) {
  return (
    <AriaTextField
      {...props}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={props.name}
      className={`${fieldStack} ${className}`}
    >
      <FieldLabel {...{ label, isOptional, hideLabel }} />
      <AriaTextArea
        ref={useEarly(inputRef)}
        rows={rows}
        placeholder={placeholder}
        className={`w-full resize-y rounded-md border border-field bg-canvas px-2.5 py-1.5 text-sm text-ink placeholder:text-ink-faint hover:border-ink-faint focus:border-accent-text focus:outline-2 focus:-outline-offset-1 focus:outline-accent-text invalid:border-danger disabled:bg-subtle pointer-coarse:text-lg ${mono ? "font-mono" : ""}`}
      />
      <FieldMessages {...{ description, error }} />
    </AriaTextField>
  );
}
