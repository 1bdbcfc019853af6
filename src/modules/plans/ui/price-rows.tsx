"use client";

import { useFieldArray, useFormState, type Control } from "react-hook-form";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { Row, RowsCard } from "./row-frame";
import type { TermsValues } from "./terms-values";

type Part = { control: Control<TermsValues> };

const paid = [
  { id: "month", label: "Monthly" },
  { id: "year", label: "Yearly" },
];

/** The base fee, by currency and interval. */
export function PriceRows({ control }: Part) {
  const { fields, append, remove } = useFieldArray({ control, name: "prices" });
  const { errors } = useFormState({ control });
  return (
    <RowsCard
      title="Prices"
      description="The base fee, by currency and interval. 0 is free."
      addLabel="Add price"
      none="No price yet. A plan needs one to be published."
      name="prices"
      count={fields.length}
      error={errors.prices?.message}
      onAdd={() => append({ currency: "USD", interval: "month", amount: "" })}
    >
      {fields.map((field, at) => (
        <Row
          key={field.id}
          label={`Price ${at + 1}`}
          onRemove={() => remove(at)}
        >
          <div className="grid items-start gap-3 sm:grid-cols-3">
            <Amount control={control} at={at} />
            <Currency control={control} name={`prices.${at}.currency`} />
            <Interval control={control} at={at} />
          </div>
        </Row>
      ))}
    </RowsCard>
  );
}

function Amount({ control, at }: Part & { at: number }) {
  return (
    <TextField
      label="Price"
      inputMode="decimal"
      autoComplete="off"
      placeholder="29.00"
      {...useFormField(control, `prices.${at}.amount`)}
    />
  );
}

function Interval({ control, at }: Part & { at: number }) {
  return (
    <Select
      label="Paid"
      options={paid}
      {...useFormField(control, `prices.${at}.interval`)}
    />
  );
}

type CurrencyProps = Part & {
  name: `prices.${number}.currency` | `charges.${number}.currency`;
};

/** A currency's code, in capitals as it is typed. */
export function Currency({ control, name }: CurrencyProps) {
  const { onChange, ...field } = useFormField(control, name);
  return (
    <TextField
      label="Currency"
      autoComplete="off"
      maxLength={3}
      placeholder="USD"
      {...field}
      onChange={(typed) => onChange(typed.toUpperCase())}
    />
  );
}
