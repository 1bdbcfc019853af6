"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { FieldError, Label, Text } from "react-aria-components/TextField";

/** What every field takes beside its own value. */
export type FieldProps = {
  label: string;
  /** The name in the form's data; ErrorSummary finds the field by it. */
  name?: string;
  /** One line of help under the field. */
  description?: ReactNode;
  /** What is wrong and how to mend it; its presence marks the field invalid. */
  error?: string;
  /** Shows "Optional" beside the label. */
  isOptional?: boolean;
  isRequired?: boolean;
  isDisabled?: boolean;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  className?: string;
};

/** `flex-col` stack of label, control and messages; every field's outer class. */
export const fieldStack = "flex min-w-0 flex-col gap-1.5";

/** The box of inputs, selects and pickers. */
export const fieldBox = [
  "flex h-8 w-full min-w-0 items-center rounded-md border border-field bg-canvas text-sm text-ink transition-colors",
  "hover:border-ink-faint invalid:border-danger disabled:bg-subtle disabled:text-ink-faint disabled:border-line-strong",
  "pointer-coarse:h-11 pointer-coarse:text-lg",
].join(" ");

/** The ring of a box whose input has the focus. */
export const fieldFocus =
  "focus-within:border-accent-text focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent-text";

type LabelProps = Pick<FieldProps, "label" | "isOptional" | "hideLabel">;

export function FieldLabel({ label, isOptional, hideLabel }: LabelProps) {
  return (
    <Label
      className={
        hideLabel
          ? "sr-only"
          : "flex items-baseline justify-between gap-2 text-sm font-medium text-ink"
      }
    >
      {label}
      {isOptional ? (
        <span className="text-xs font-normal text-ink-faint">Optional</span>
      ) : null}
    </Label>
  );
}

type MessageProps = Pick<FieldProps, "description" | "error">;

/** Help, and the error under it. Both are tied to the input by aria-describedby. */
export function FieldMessages({ description, error }: MessageProps) {
  return (
    <>
      {description ? (
        <Text slot="description" className="text-xs text-ink-faint">
          {description}
        </Text>
      ) : null}
      <FieldError className="flex items-start gap-1.5 text-xs text-danger [&>svg]:mt-px">
        <CircleAlert aria-hidden className="h-3.5 w-3.5 shrink-0" />
        <span>{error}</span>
      </FieldError>
    </>
  );
}
