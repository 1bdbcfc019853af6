"use client";

import type { ReactNode } from "react";
import {
  RadioButton,
  RadioField,
  RadioGroup as AriaRadioGroup,
  Text,
} from "react-aria-components/RadioGroup";
import {
  FieldLabel,
  FieldMessages,
  fieldStack,
  type FieldProps,
} from "./field";

export type RadioOption = {
  id: string;
  label: ReactNode;
  description?: ReactNode;
  isDisabled?: boolean;
};

export type RadioGroupProps = FieldProps & {
  options: readonly RadioOption[];
  value?: string | null;
  defaultValue?: string;
  onChange?: (id: string) => void;
  onBlur?: () => void;
  /** "cards" draws a border round each choice, for choices with a description. */
  look?: "plain" | "cards";
};

/** One of a few, all of them in sight. */
export function RadioGroup({
  label,
  description,
  error,
  isOptional,
  hideLabel,
  className = "",
  options,
  look = "plain",
  onBlur,
  ...props
}: RadioGroupProps) {
  return (
    <AriaRadioGroup
      {...props}
      onBlur={() => onBlur?.()}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={props.name}
      className={`${fieldStack} ${className}`}
    >
      <FieldLabel {...{ label, isOptional, hideLabel }} />
      <div className={look === "cards" ? "grid gap-2" : "flex flex-col gap-1"}>
        {options.map((option) => (
          <Choice key={option.id} option={option} look={look} />
        ))}
      </div>
      <FieldMessages {...{ description, error }} />
    </AriaRadioGroup>
  );
}

const card =
  "rounded-lg border border-line-strong p-3 has-[[data-selected]]:border-accent-text has-[[data-selected]]:bg-accent-tint";

function Choice({
  option,
  look,
}: {
  option: RadioOption;
  look: "plain" | "cards";
}) {
  return (
    <RadioField
      value={option.id}
      isDisabled={option.isDisabled ?? false}
      className={`flex flex-col gap-0.5 ${look === "cards" ? card : ""}`}
    >
      <RadioButton className="group flex min-h-6 cursor-pointer items-start gap-2 text-sm text-ink outline-none disabled:cursor-default disabled:opacity-50">
        <span className="flex h-5 items-center">
          <span className="h-4 w-4 shrink-0 rounded-full border border-field bg-canvas group-selected:border-[5px] group-selected:border-accent group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent-text" />
        </span>
        <span>{option.label}</span>
      </RadioButton>
      {option.description ? (
        <Text slot="description" className="pl-6 text-xs text-ink-faint">
          {option.description}
        </Text>
      ) : null}
    </RadioField>
  );
}
