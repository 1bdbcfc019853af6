"use client";

import type { Control } from "react-hook-form";
import { Checkbox } from "@/ui/forms/checkbox";
import { useFormField } from "@/ui/forms/use-form-field";

/** What the dialog for a new rate holds. */
export type TaxRateValues = {
  name: string;
  rate: string;
  country: string;
  region: string;
  is_inclusive: boolean;
  allows_reverse_charge: boolean;
  effective_from: string | null;
};

/** How a rate is reckoned. */
export function TaxRateKind({ control }: { control: Control<TaxRateValues> }) {
  const { value: isInclusive, ...inclusive } = useFormField(
    control,
    "is_inclusive",
  );
  const { value: isReverse, ...reverse } = useFormField(
    control,
    "allows_reverse_charge",
  );
  return (
    <div className="grid gap-2">
      <Checkbox
        label="Prices hold it already"
        description="The tax is taken out of the price, not put on top."
        isSelected={isInclusive}
        {...inclusive}
      />
      <Checkbox
        label="Allows reverse charge"
        description="A business abroad with a tax id owes it itself: the invoice says so, and charges none."
        isSelected={isReverse}
        {...reverse}
      />
    </div>
  );
}
