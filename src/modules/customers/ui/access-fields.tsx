"use client";

import { useWatch, type Control } from "react-hook-form";
import { Checkbox } from "@/ui/forms/checkbox";
import { NumberField } from "@/ui/forms/number-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { windows } from "@/shared/windows";
import { labels, type CustomerValues } from "./customer-values";

export type AccessFieldsProps = {
  control: Control<CustomerValues>;
  /** Whether the viewer's role may issue keys. */
  mayIssue: boolean;
};

/** What a new customer may be given at once: limits of its own, and a key. */
export function AccessFields({ control, mayIssue }: AccessFieldsProps) {
  const hasLimits = useWatch({ control, name: "has_limits" });
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 border-t pt-4">
      <legend className="sr-only">Access</legend>
      <Choice control={control} name="has_limits">
        Without them, those of its plan or the defaults hold.
      </Choice>
      {hasLimits ? (
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          {windows.map((window) => (
            <WindowField key={window} control={control} window={window} />
          ))}
        </div>
      ) : null}
      {mayIssue ? (
        <Choice control={control} name="has_key">
          It is shown once, when the customer is added.
        </Choice>
      ) : null}
    </fieldset>
  );
}

type ChoiceProps = {
  control: Control<CustomerValues>;
  name: "has_limits" | "has_key";
  children: string;
};

function Choice({ control, name, children }: ChoiceProps) {
  const { value, onChange } = useFormField(control, name);
  return (
    <Checkbox
      isSelected={value}
      onChange={onChange}
      label={labels[name]}
      description={children}
    />
  );
}

type WindowFieldProps = {
  control: Control<CustomerValues>;
  window: (typeof windows)[number];
};

function WindowField({ control, window }: WindowFieldProps) {
  const name = `limits.per_${window}` as const;
  return (
    <NumberField
      label={labels[name]}
      placeholder="Unlimited"
      minValue={0}
      step={1}
      hideSteppers
      {...useFormField(control, name)}
    />
  );
}
