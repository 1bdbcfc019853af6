"use client";

import { useWatch, type Control } from "react-hook-form";
import type { Limits } from "@/shared/limits";
import { Card } from "@/ui/display/card";
import { windowNames } from "@/ui/format/window-names";
import { Checkbox } from "@/ui/forms/checkbox";
import { NumberField } from "@/ui/forms/number-field";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { TermsValues } from "./terms-values";

type Part = { control: Control<TermsValues> };

/** The trial, and the cap of what usage may cost. */
export function TrialFields({ control }: Part) {
  return (
    <Card title="Trial and spend cap">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField
          label="Trial"
          suffix="days"
          minValue={0}
          maxValue={730}
          description="Before the first payment. 0 for none."
          {...useFormField(control, "trial_days")}
        />
        <TextField
          label="Spend cap"
          prefix="$"
          isOptional
          inputMode="decimal"
          autoComplete="off"
          placeholder="None"
          description="What usage may cost in a period, by the price book. Then calls stop."
          {...useFormField(control, "spend_cap")}
        />
      </div>
    </Card>
  );
}

/** How often one may call. */
export function LimitFields({ control }: Part) {
  const has = useFormField(control, "hasLimits");
  const hasLimits = useWatch({ control, name: "hasLimits" });
  return (
    <Card title="Limits" description="How often a customer may call.">
      <div className="flex flex-col gap-4">
        <Checkbox
          label="This plan has limits of its own"
          description="Otherwise the default limits hold."
          isSelected={has.value}
          onChange={has.onChange}
        />
        {hasLimits ? (
          <div className="grid items-start gap-3 sm:grid-cols-3 lg:grid-cols-5">
            {windowNames.map(({ field, label }) => (
              <Window key={field} {...{ control, field, label }} />
            ))}
          </div>
        ) : null}
      </div>
    </Card>
  );
}

type WindowProps = Part & {
  field: keyof Limits;
  label: string;
};

function Window({ control, field, label }: WindowProps) {
  return (
    <NumberField
      label={label}
      minValue={0}
      step={1}
      hideSteppers
      placeholder="Unlimited"
      {...useFormField(control, `limits.${field}`)}
    />
  );
}
