"use client";

import type { ReactNode } from "react";
import { useController, type Control } from "react-hook-form";
import { InstantField } from "@/ui/dates/instant-field";
import { Checkbox } from "@/ui/forms/checkbox";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { labels, type PriceValues } from "./price-values";

type FieldsProps = {
  control: Control<PriceValues>;
  /** What the price is of stands already, and only its figures are asked for. */
  isChange: boolean;
};

/** The fields of a price. */
export function PriceFields({ control, isChange }: FieldsProps) {
  return (
    <>
      {isChange ? null : <Subject control={control} />}
      <Group title="USD per 1,000,000 tokens">
        <Rate control={control} name="input_per_million" autoFocus={isChange} />
        <Rate control={control} name="output_per_million" />
        <Rate
          control={control}
          name="cached_per_million"
          description="Empty: as input."
        />
        <Rate
          control={control}
          name="reasoning_per_million"
          description="Empty: as output."
        />
        <Tick control={control} name="cached_in_input" />
        <Tick control={control} name="reasoning_in_output" />
      </Group>
      <Group title="USD per call, and per unit of quantity">
        <Rate control={control} name="per_call" />
        <Rate control={control} name="per_unit" />
        <TextField
          label={labels.unit}
          placeholder="image, search, page"
          autoComplete="off"
          {...useFormField(control, "unit")}
        />
      </Group>
      <Group title="When it holds">
        <At control={control} name="effective_from" description="Empty: now." />
        <At
          control={control}
          name="effective_to"
          description="Empty: until another price takes its place."
        />
      </Group>
      <TextField
        label={labels.source}
        isRequired
        autoComplete="off"
        description="Where the figures are from, such as the provider’s price page and its date."
        {...useFormField(control, "source")}
      />
    </>
  );
}

function Subject({ control }: { control: Control<PriceValues> }) {
  return (
    <Group title="What it is the price of">
      <TextField
        label={labels.provider}
        placeholder="openai"
        isRequired
        autoFocus
        autoComplete="off"
        description="As usage events name it."
        {...useFormField(control, "provider")}
      />
      <TextField
        label={labels.model}
        placeholder="gpt-4o-mini"
        isRequired
        autoComplete="off"
        description="* is for models without a price of their own."
        {...useFormField(control, "model")}
      />
      <TextField
        label={labels.context_above}
        placeholder="0"
        suffix="tokens"
        inputMode="numeric"
        autoComplete="off"
        description="For providers that charge more for long ones. Empty: calls of any size."
        {...useFormField(control, "context_above")}
      />
    </Group>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0 pt-1">
      <legend className="mb-2 text-xs font-medium text-ink-muted">
        {title}
      </legend>
      <div className="grid items-start gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}

type RateName = `${string}_per_million` & keyof PriceValues;
type RateProps = {
  control: Control<PriceValues>;
  name: RateName | "per_call" | "per_unit";
  description?: string;
  autoFocus?: boolean;
};

// Text, and not a number: a number field would round what is typed.
function Rate({ control, name, ...props }: RateProps) {
  return (
    <TextField
      label={labels[name]}
      prefix="$"
      inputMode="decimal"
      autoComplete="off"
      {...props}
      {...useFormField(control, name)}
    />
  );
}

type TickProps = {
  control: Control<PriceValues>;
  name: "cached_in_input" | "reasoning_in_output";
};

function Tick({ control, name }: TickProps) {
  const { field } = useController({ control, name });
  return (
    <Checkbox
      label={labels[name]}
      name={field.name}
      isSelected={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      inputRef={field.ref}
    />
  );
}

type AtProps = {
  control: Control<PriceValues>;
  name: "effective_from" | "effective_to";
  description: string;
};

function At({ control, name, description }: AtProps) {
  const { field, fieldState } = useController({ control, name });
  const { error } = fieldState;
  return (
    <InstantField
      label={labels[name]}
      name={name}
      description={description}
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      {...(error?.message !== undefined && { error: error.message })}
    />
  );
}
