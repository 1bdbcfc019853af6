"use client";

import { Check, Minus } from "lucide-react";
import type { ReactNode, Ref } from "react";
import {
  CheckboxButton,
  CheckboxField,
  Text,
  FieldError,
  type CheckboxFieldProps,
} from "react-aria-components/Checkbox";

const box =
  "flex h-4 w-4 shrink-0 items-center justify-center rounded-sm border border-field bg-canvas transition-colors group-hover:border-ink-faint group-selected:border-accent group-selected:bg-accent group-indeterminate:border-accent group-indeterminate:bg-accent group-invalid:border-danger group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent-text";

export type CheckboxProps = Omit<
  CheckboxFieldProps,
  "children" | "className" | "style"
> & {
  label: ReactNode;
  description?: ReactNode;
  error?: string;
  className?: string;
  inputRef?: Ref<HTMLInputElement>;
};

/** A yes or no that is sent with a form. */
export function Checkbox({
  label,
  description,
  error,
  className = "",
  ...props
}: CheckboxProps) {
  return (
    <CheckboxField
      {...props}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={props.name}
      className={`flex flex-col gap-0.5 ${className}`}
    >
      <CheckboxButton className="group flex min-h-6 cursor-pointer items-start gap-2 text-sm text-ink outline-none disabled:cursor-default disabled:opacity-50">
        {(state) => (
          <>
            <span className="flex h-5 items-center">
              <CheckMark {...state} />
            </span>
            <span>{label}</span>
          </>
        )}
      </CheckboxButton>
      {description ? (
        <Text slot="description" className="pl-6 text-xs text-ink-faint">
          {description}
        </Text>
      ) : null}
      <FieldError className="pl-6 text-xs text-danger">{error}</FieldError>
    </CheckboxField>
  );
}

type CheckMarkProps = { isSelected: boolean; isIndeterminate: boolean };

function CheckMark({ isSelected, isIndeterminate }: CheckMarkProps) {
  const Mark = isIndeterminate ? Minus : Check;
  return (
    <span className={box}>
      {isSelected || isIndeterminate ? (
        <Mark aria-hidden className="h-3 w-3 stroke-3 text-accent-ink" />
      ) : null}
    </span>
  );
}
