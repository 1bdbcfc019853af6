"use client";

import { ChevronsUpDown } from "lucide-react";
import type { Ref } from "react";
import {
  Select as AriaSelect,
  Button,
  Popover,
  SelectValue,
} from "react-aria-components/Select";
import { popoverPanel } from "../overlays/list-style";
import {
  FieldLabel,
  FieldMessages,
  fieldBox,
  fieldStack,
  type FieldProps,
} from "./field";
import { OptionList, type Options } from "./option-list";

export type SelectProps = FieldProps & {
  options: Options;
  /** The chosen option's id; null for none. */
  value?: string | null;
  defaultValue?: string;
  onChange?: (id: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  inputRef?: Ref<HTMLButtonElement>;
};

/** One of a few. Above about ten choices take Combobox. */
export function Select({
  label,
  description,
  error,
  isOptional,
  hideLabel,
  className = "",
  options,
  onChange,
  onBlur,
  placeholder = "Choose…",
  inputRef,
  ...props
}: SelectProps) {
  return (
    <AriaSelect
      {...props}
      placeholder={placeholder}
      onChange={(key) => key !== null && onChange?.(String(key))}
      onBlur={() => onBlur?.()}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={props.name}
      className={`group ${fieldStack} ${className}`}
    >
      <FieldLabel {...{ label, isOptional, hideLabel }} />
      <Button
        ref={inputRef}
        className={`${fieldBox} cursor-pointer gap-2 px-2.5 text-left group-invalid:border-danger`}
      >
        <SelectValue className="min-w-0 flex-1 truncate placeholder:text-ink-faint [&_[slot=description]]:hidden">
          {({ selectedText, defaultChildren }) =>
            selectedText || defaultChildren
          }
        </SelectValue>
        <ChevronsUpDown aria-hidden className="icon text-ink-faint" />
      </Button>
      <FieldMessages {...{ description, error }} />
      <Popover className={`${popoverPanel} min-w-(--trigger-width)`}>
        <OptionList options={options} />
      </Popover>
    </AriaSelect>
  );
}
