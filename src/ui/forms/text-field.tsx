"use client";

import type { ReactNode, Ref } from "react";
import {
  TextField as AriaTextField,
  Input,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components/TextField";
import { Group } from "react-aria-components/Group";
import { useEarly } from "../early/use-early";
import {
  FieldLabel,
  FieldMessages,
  fieldBox,
  fieldFocus,
  fieldStack,
  type FieldProps,
} from "./field";

export type TextFieldProps = FieldProps &
  Omit<AriaTextFieldProps, keyof FieldProps | "children" | "style"> & {
    placeholder?: string;
    /** Text or an icon inside the box, before the input: "https://". */
    prefix?: ReactNode;
    /** Text or a button inside the box, after the input: ".example.com". */
    suffix?: ReactNode;
    /** Geist Mono, for ids, keys and fingerprints. */
    mono?: boolean;
    inputRef?: Ref<HTMLInputElement>;
  };

/** One line of text, with its label, help and error. */
export function TextField({
  label,
  description,
  error,
  isOptional,
  hideLabel,
  className = "",
  placeholder,
  prefix,
  suffix,
  mono,
  inputRef,
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField
      {...props}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      data-field={props.name}
      className={`${fieldStack} ${className}`}
    >
      <FieldLabel {...{ label, isOptional, hideLabel }} />
      <Group
        isInvalid={Boolean(error)}
        className={`${fieldBox} ${fieldFocus} overflow-hidden`}
      >
        <Affix side="start">{prefix}</Affix>
        <Input
          ref={useEarly(inputRef)}
          placeholder={placeholder}
          className={`h-full min-w-0 flex-1 bg-transparent px-2.5 outline-none placeholder:text-ink-faint ${mono ? "font-mono" : ""}`}
        />
        <Affix side="end">{suffix}</Affix>
      </Group>
      <FieldMessages {...{ description, error }} />
    </AriaTextField>
  );
}

function Affix({
  side,
  children,
}: {
  side: "start" | "end";
  children?: ReactNode;
}) {
  if (!children) return null;
  const edge = side === "start" ? "border-r" : "border-l";
  return (
    <span
      className={`flex h-full shrink-0 items-center bg-subtle px-2.5 text-ink-muted ${edge}`}
    >
      {children}
    </span>
  );
}
