"use client";

import { Minus, Plus } from "lucide-react";
import type { ReactNode, Ref } from "react";
import {
  NumberField as AriaNumberField,
  Button,
  Group,
  Input,
  type NumberFieldProps as AriaNumberFieldProps,
} from "react-aria-components/NumberField";
import {
  FieldLabel,
  FieldMessages,
  fieldBox,
  fieldFocus,
  fieldStack,
  type FieldProps,
} from "./field";

export type NumberFieldProps = FieldProps &
  Omit<AriaNumberFieldProps, keyof FieldProps | "children" | "style"> & {
    placeholder?: string;
    /** A unit after the number: "per minute". */
    suffix?: ReactNode;
    /** Leaves the − and + buttons out; arrow keys still step. */
    hideSteppers?: boolean;
    inputRef?: Ref<HTMLInputElement>;
  };

/** A number typed in the viewer's own notation. `value` is NaN when the field is empty. */
export function NumberField({
  label,
  description,
  error,
  isOptional,
  hideLabel,
  className = "",
  placeholder,
  suffix,
  hideSteppers,
  inputRef,
  ...props
}: NumberFieldProps) {
  return (
    <AriaNumberField
      {...props}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={props.name}
      className={`${fieldStack} ${className}`}
    >
      <FieldLabel {...{ label, isOptional, hideLabel }} />
      <Group className={`${fieldBox} ${fieldFocus} overflow-hidden`}>
        <Input
          ref={inputRef}
          placeholder={placeholder}
          className="h-full min-w-0 flex-1 bg-transparent px-2.5 outline-none placeholder:text-ink-faint"
        />
        {suffix ? (
          <span className="shrink-0 pr-2.5 text-ink-faint">{suffix}</span>
        ) : null}
        {hideSteppers ? null : (
          <>
            <Stepper slot="decrement" icon={<Minus className="icon" />} />
            <Stepper slot="increment" icon={<Plus className="icon" />} />
          </>
        )}
      </Group>
      <FieldMessages {...{ description, error }} />
    </AriaNumberField>
  );
}

type StepperProps = { slot: "increment" | "decrement"; icon: ReactNode };

function Stepper({ slot, icon }: StepperProps) {
  return (
    <Button
      slot={slot}
      className="flex h-full w-8 shrink-0 cursor-pointer items-center justify-center border-l text-ink-muted hover:bg-subtle hover:text-ink pressed:bg-muted disabled:cursor-default disabled:opacity-40"
    >
      {icon}
    </Button>
  );
}
