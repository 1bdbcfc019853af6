"use client";

import { useFieldArray, useWatch, type Control } from "react-hook-form";
import { Checkbox } from "@/ui/forms/checkbox";
import { NumberField } from "@/ui/forms/number-field";
import { Select, type SelectProps } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { Row, RowsCard } from "./row-frame";
import { blankFeature, type TermsValues } from "./terms-values";

/** A meter that terms can name. */
export type KnownMeter = { name: string; title: string; unit: string };

type Part = { control: Control<TermsValues>; meters: readonly KnownMeter[] };
type RowPart = Part & { at: number };

const kinds = [
  { id: "metered", label: "Metered: a quota of use" },
  { id: "boolean", label: "On or off" },
  { id: "static", label: "A value" },
];

/** What the plan grants. */
export function FeatureRows({ control, meters }: Part) {
  const { fields, append, remove } = useFieldArray({
    control,
    name: "features",
  });
  return (
    <RowsCard
      title="Features"
      description="What it grants: a quota of use, a thing that is on or off, or a value such as a speed."
      addLabel="Add feature"
      none="It grants no features yet."
      name="features"
      count={fields.length}
      onAdd={() => append(blankFeature)}
    >
      {fields.map((field, at) => (
        <Row
          key={field.id}
          label={`Feature ${at + 1}`}
          onRemove={() => remove(at)}
        >
          <FeatureFields {...{ control, meters, at }} />
        </Row>
      ))}
    </RowsCard>
  );
}

function FeatureFields({ control, meters, at }: RowPart) {
  const kind = useWatch({ control, name: `features.${at}.kind` });
  return (
    <div className="grid items-start gap-3 sm:grid-cols-3">
      <TextField
        label="Title"
        autoComplete="off"
        placeholder="API calls"
        {...useFormField(control, `features.${at}.title`)}
      />
      <TextField
        label="Name in programs"
        mono
        autoComplete="off"
        placeholder="api_calls"
        {...useFormField(control, `features.${at}.feature`)}
      />
      <Select
        label="Kind"
        options={kinds}
        {...useFormField(control, `features.${at}.kind`)}
      />
      {kind === "metered" ? (
        <Metered {...{ control, meters, at }} />
      ) : kind === "static" ? (
        <Value control={control} at={at} />
      ) : (
        <Flag control={control} name={`features.${at}.isOn`} label="Included" />
      )}
    </div>
  );
}

function Value({ control, at }: Omit<RowPart, "meters">) {
  return (
    <TextField
      label="Value"
      autoComplete="off"
      placeholder="10 Mbps"
      description="Several with commas."
      {...useFormField(control, `features.${at}.text`)}
    />
  );
}

function Metered({ control, meters, at }: RowPart) {
  const { value, ...quota } = useFormField(control, `features.${at}.quota`);
  const isUnlimited = useWatch({ control, name: `features.${at}.isUnlimited` });
  return (
    <>
      <MeterSelect
        control={control}
        meters={meters}
        name={`features.${at}.meter`}
      />
      <NumberField
        label="Quota a period"
        minValue={0}
        hideSteppers
        placeholder={isUnlimited ? "Unlimited" : "1,000"}
        {...quota}
        isDisabled={isUnlimited}
        value={isUnlimited ? NaN : value}
      />
      <div className="flex flex-col gap-1 sm:pt-7">
        <Flag
          control={control}
          name={`features.${at}.isUnlimited`}
          label="Unlimited"
        />
        {isUnlimited ? null : (
          <Flag
            control={control}
            name={`features.${at}.overage`}
            label="More may be used, and is charged"
          />
        )}
      </div>
    </>
  );
}

type MeterSelectProps = Part & {
  name: `features.${number}.meter` | `charges.${number}.meter`;
};

/** One of the meters. */
export function MeterSelect({ control, meters, name }: MeterSelectProps) {
  const { value, ...field } = useFormField(control, name);
  const options: SelectProps["options"] = meters.map((meter) => ({
    id: meter.name,
    label: meter.title,
    description: meter.name,
  }));
  return (
    <Select label="Meter" options={options} value={value || null} {...field} />
  );
}

type FlagProps = {
  control: Control<TermsValues>;
  name: `features.${number}.${"isOn" | "isUnlimited" | "overage"}`;
  label: string;
};

function Flag({ control, name, label }: FlagProps) {
  const { value, onChange } = useFormField(control, name);
  return (
    <div data-field={name}>
      <Checkbox label={label} isSelected={value} onChange={onChange} />
    </div>
  );
}
