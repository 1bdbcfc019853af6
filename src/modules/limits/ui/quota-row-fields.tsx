"use client";

import { X } from "lucide-react";
import { useWatch, type Control } from "react-hook-form";
import { IconButton } from "@/ui/controls/icon-button";
import { NumberField } from "@/ui/forms/number-field";
import { Switch } from "@/ui/forms/switch";
import { useFormField } from "@/ui/forms/use-form-field";
import type { QuotaValues } from "./quota-values";

type QuotaRowFieldsProps = {
  control: Control<QuotaValues>;
  index: number;
  /** Undefined for a meter that was archived since. */
  meter: { title: string; unit: string } | undefined;
  onRemove: () => void;
};

/** One meter: how much of it, or unlimited, and whether more is billed. */
export function QuotaRowFields({
  control,
  index,
  meter,
  onRemove,
}: QuotaRowFieldsProps) {
  const title = meter?.title ?? "An archived meter";
  const { value, ...count } = useFormField(control, `rows.${index}.count`);
  const unlimited = useFormField(control, `rows.${index}.isUnlimited`);
  const overage = useFormField(control, `rows.${index}.overage`);
  const isUnlimited = useWatch({ control, name: `rows.${index}.isUnlimited` });
  return (
    <div role="group" aria-label={title} className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <NumberField
          label={title}
          className="flex-1"
          {...count}
          value={isUnlimited ? NaN : value}
          minValue={0}
          formatOptions={{ maximumFractionDigits: 6 }}
          placeholder={isUnlimited ? "Unlimited" : "In a billing period"}
          suffix={meter?.unit}
          isDisabled={isUnlimited}
          hideSteppers
        />
        <div className="pt-7">
          <IconButton
            label={`${title}: none of its own`}
            icon={<X />}
            onPress={onRemove}
          />
        </div>
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        <Switch
          label="Unlimited"
          aria-label={`${title}: unlimited`}
          isSelected={unlimited.value}
          onChange={unlimited.onChange}
        />
        <Switch
          label="Allow and bill more"
          aria-label={`${title}: allow and bill more`}
          isSelected={overage.value}
          onChange={overage.onChange}
          isDisabled={isUnlimited}
        />
      </div>
    </div>
  );
}
