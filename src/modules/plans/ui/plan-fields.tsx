"use client";

import type { Control } from "react-hook-form";
import { Checkbox } from "@/ui/forms/checkbox";
import { NumberField } from "@/ui/forms/number-field";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { planLabels, type PlanValues } from "./plan-values";

/** The fields of a plan that are no terms. */
export function PlanFields({ control }: { control: Control<PlanValues> }) {
  const {
    value: isPublic,
    onChange,
    name,
  } = useFormField(control, "is_public");
  return (
    <>
      <TextField
        label={planLabels.name}
        isRequired
        autoFocus
        autoComplete="off"
        description="As customers read it."
        {...useFormField(control, "name")}
      />
      <TextField
        label={planLabels.code}
        isRequired
        mono
        autoComplete="off"
        placeholder="pro"
        description="In programs: lower case, with no spaces."
        {...useFormField(control, "code")}
      />
      <TextArea
        label={planLabels.description}
        isOptional
        description="For whom it is, in a sentence."
        {...useFormField(control, "description")}
      />
      <NumberField
        label={planLabels.position}
        minValue={0}
        maxValue={10_000}
        className="max-w-40"
        description="On the price page, the least first."
        {...useFormField(control, "position")}
      />
      <Checkbox
        label={planLabels.is_public}
        name={name}
        isSelected={isPublic}
        onChange={onChange}
      />
    </>
  );
}
