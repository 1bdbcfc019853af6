"use client";

import dynamic from "next/dynamic";
import {
  useFieldArray,
  useFormState,
  useWatch,
  type Control,
} from "react-hook-form";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { MeterSelect, type KnownMeter } from "./feature-rows";
import { modelNames } from "./plan-words";
import { Currency } from "./price-rows";
import { Row, RowsCard } from "./row-frame";
import { blankCharge, type TermsValues } from "./terms-values";
import { TierTable } from "./tier-table";

// Loaded later, with the schema of charges.
const ChargeExample = dynamic(() => import("./charge-example"), { ssr: false });

type Part = { control: Control<TermsValues>; meters: readonly KnownMeter[] };

const models = Object.entries(modelNames).map(([id, label]) => ({ id, label }));

/** What use beyond the quotas costs. */
export function ChargeRows({ control, meters }: Part) {
  const { fields, append, remove } = useFieldArray({
    control,
    name: "charges",
  });
  const prices = useWatch({ control, name: "prices" });
  return (
    <RowsCard
      title="Charges for use"
      description="What use of a meter costs beyond the quota; all of it where no feature has one."
      addLabel="Add charge"
      none="Nothing is charged beyond the base fee."
      name="charges"
      count={fields.length}
      onAdd={() =>
        append({
          ...blankCharge,
          currency: prices[0]?.currency || blankCharge.currency,
        })
      }
    >
      {fields.map((field, at) => (
        <Row
          key={field.id}
          label={`Charge ${at + 1}`}
          onRemove={() => remove(at)}
        >
          <ChargeFields {...{ control, meters, at }} />
        </Row>
      ))}
    </RowsCard>
  );
}

function ChargeFields({ control, meters, at }: Part & { at: number }) {
  const row = useWatch({ control, name: `charges.${at}` });
  const unit = meters.find(({ name }) => name === row.meter)?.unit || "unit";
  return (
    <div className="flex flex-col gap-3">
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <MeterSelect
          control={control}
          meters={meters}
          name={`charges.${at}.meter`}
        />
        <Currency control={control} name={`charges.${at}.currency`} />
        <Model control={control} at={at} />
      </div>
      {row.model === "graduated" || row.model === "volume" ? (
        <Tiers control={control} at={at} unit={unit} />
      ) : (
        <div className="grid items-start gap-3 sm:grid-cols-3">
          <Amount
            control={control}
            at={at}
            label={
              row.model === "flat"
                ? "Price, once"
                : row.model === "package"
                  ? "Price per package"
                  : `Price per ${unit}`
            }
          />
          {row.model === "package" ? (
            <Size control={control} at={at} unit={unit} />
          ) : null}
        </div>
      )}
      <ChargeExample control={control} at={at} unit={unit} />
    </div>
  );
}

type OneProps = { control: Control<TermsValues>; at: number };

function Model({ control, at }: OneProps) {
  return (
    <Select
      label="Model"
      options={models}
      {...useFormField(control, `charges.${at}.model`)}
    />
  );
}

function Amount({ control, at, label }: OneProps & { label: string }) {
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      placeholder="0.02"
      {...useFormField(control, `charges.${at}.amount`)}
    />
  );
}

function Size({ control, at, unit }: OneProps & { unit: string }) {
  return (
    <TextField
      label="Package size"
      suffix={unit}
      inputMode="decimal"
      autoComplete="off"
      placeholder="1000"
      {...useFormField(control, `charges.${at}.size`)}
    />
  );
}

function Tiers({ control, at, unit }: OneProps & { unit: string }) {
  const { errors } = useFormState({ control });
  const error = errors.charges?.[at]?.tiers?.message;
  return (
    <TierTable
      control={control}
      at={at}
      unit={unit}
      {...(error !== undefined && { error })}
    />
  );
}
