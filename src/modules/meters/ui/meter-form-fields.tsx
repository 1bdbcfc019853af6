"use client";

import { useWatch, type Control } from "react-hook-form";
import { Callout } from "@/ui/display/callout";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { aggregations, fieldsOf, MeterInput } from "../contract";
import { toMeterBody, type MeterValues } from "./meter-values";
import { aggregationNames, fieldNames, meterWords } from "./meter-words";

export type MeterFormFieldsProps = {
  control: Control<MeterValues>;
  /** Fields that stay as they are. */
  fixed?: "meaning" | "all but title";
};

/** The fields of a meter, with what would be counted in a sentence. */
export function MeterFormFields({ control, fixed }: MeterFormFieldsProps) {
  const values = useWatch({ control });
  const isFixed = fixed !== undefined;
  const aggregation = values.aggregation ?? "count";
  const fields = fieldsOf(aggregation);
  const rule = toMeterBody({ ...emptied, ...values });
  const field = useFormField(control, "field");
  const property = useFormField(control, "property");
  return (
    <>
      <TextField
        label="Title"
        placeholder="Gemini tokens"
        isRequired
        autoFocus
        {...useFormField(control, "title")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          mono
          placeholder="gemini_tokens"
          description="In programs, such as in a check."
          isRequired
          {...useFormField(control, "name")}
          isDisabled={isFixed}
        />
        <TextField
          label="Unit"
          placeholder="token"
          isOptional
          {...useFormField(control, "unit")}
          isDisabled={fixed === "all but title"}
        />
        <Select
          label="Counts"
          options={aggregations.map((id) => ({
            id,
            label: aggregationNames[id],
          }))}
          {...useFormField(control, "aggregation")}
          isDisabled={isFixed}
        />
        {fields.length > 0 ? (
          <Select
            label="Field"
            options={fields.map((id) => ({ id, label: fieldNames[id] }))}
            {...field}
            value={rule.field}
            isDisabled={isFixed}
          />
        ) : null}
        {rule.field === "property" ? (
          <TextField
            label="Property"
            placeholder="pages"
            mono
            {...property}
            isDisabled={isFixed}
          />
        ) : null}
      </div>
      <fieldset className="grid gap-4 sm:grid-cols-3">
        <legend className="mb-2 text-sm font-medium">
          Only events of (empty is any)
        </legend>
        <TextField
          label="Meter of the event"
          mono
          {...useFormField(control, "event_meter")}
          isDisabled={isFixed}
        />
        <TextField
          label="Provider"
          placeholder="gemini"
          mono
          {...useFormField(control, "provider")}
          isDisabled={isFixed}
        />
        <TextField
          label="Model"
          mono
          {...useFormField(control, "model")}
          isDisabled={isFixed}
        />
      </fieldset>
      <Callout>
        <p role="status">{wordsOf(rule)}</p>
      </Callout>
    </>
  );
}

const emptied: MeterValues = {
  ...{ name: "", title: "", unit: "", aggregation: "count", field: "" },
  ...{ property: "", event_meter: "", provider: "", model: "" },
};

// Also while it is not yet a whole meter: what is missing is a dash.
function wordsOf(rule: ReturnType<typeof toMeterBody>): string {
  const { field } = MeterInput.shape;
  const known = field.safeParse(rule.field);
  return meterWords({ ...rule, field: known.success ? known.data : null });
}
