"use client";

import { ChevronsUpDown } from "lucide-react";
import type { Ref } from "react";
import {
  ComboBox as AriaComboBox,
  Button,
  Input,
  Popover,
} from "react-aria-components/ComboBox";
import { Group } from "react-aria-components/Group";
import { Spinner } from "../controls/spinner";
import { popoverPanel } from "../overlays/list-style";
import {
  FieldLabel,
  FieldMessages,
  fieldBox,
  fieldFocus,
  fieldStack,
  type FieldProps,
} from "./field";
import { OptionList, type Options } from "./option-list";

export type ComboboxProps = FieldProps & {
  /** With onInputChange these are the server's answer, shown unfiltered. */
  options: Options;
  value?: string | null;
  onChange?: (id: string | null) => void;
  onBlur?: () => void;
  /** Set it to search on the server; `options` then follow what was typed. */
  onInputChange?: (text: string) => void;
  inputValue?: string;
  isLoading?: boolean;
  /** Accepts what was typed though no option has it. */
  allowsCustomValue?: boolean;
  placeholder?: string;
  emptyText?: string;
  inputRef?: Ref<HTMLInputElement>;
};

/** One of many, found by typing. */
export function Combobox({
  label,
  description,
  error,
  isOptional,
  hideLabel,
  className = "",
  options,
  onChange,
  onBlur,
  isLoading,
  placeholder,
  emptyText,
  inputRef,
  ...props
}: ComboboxProps) {
  return (
    <AriaComboBox
      {...props}
      defaultFilter={props.onInputChange ? () => true : undefined}
      onChange={(key) => onChange?.(key === null ? null : String(key))}
      onBlur={() => onBlur?.()}
      allowsEmptyCollection
      menuTrigger="focus"
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={props.name}
      className={`${fieldStack} ${className}`}
    >
      <FieldLabel {...{ label, isOptional, hideLabel }} />
      <Group isInvalid={Boolean(error)} className={`${fieldBox} ${fieldFocus}`}>
        <Input
          ref={inputRef}
          onFocus={(event) => event.currentTarget.select()}
          placeholder={placeholder}
          className="h-full min-w-0 flex-1 bg-transparent pl-2.5 outline-none placeholder:text-ink-faint"
        />
        {isLoading ? <Spinner className="text-ink-faint" /> : null}
        <Button className="flex h-full w-8 shrink-0 cursor-pointer items-center justify-center text-ink-faint">
          <ChevronsUpDown aria-hidden className="icon" />
        </Button>
      </Group>
      <FieldMessages {...{ description, error }} />
      <Popover className={`${popoverPanel} w-(--trigger-width)`}>
        <OptionList
          options={options}
          emptyText={isLoading ? "Searching…" : emptyText}
        />
      </Popover>
    </AriaComboBox>
  );
}
