"use client";

import { useState } from "react";
import { useWatch, type Control } from "react-hook-form";
import { decimalText, scaled } from "@/shared/decimal";
import { formatMoney, minorDigits } from "@/shared/money";
import { NumberField } from "@/ui/forms/number-field";
import { Charge } from "../contract/charge";
import { chargeFor } from "../contract/charge-price";
import { amountText } from "./plan-words";
import { toCharge, type ChargeRow, type TermsValues } from "./terms-values";

type ChargeExampleProps = {
  control: Control<TermsValues>;
  at: number;
  unit: string;
};

/** What so much use would cost, by the rule that bills it. */
export default function ChargeExample({
  control,
  at,
  unit,
}: ChargeExampleProps) {
  const [used, setUsed] = useState(NaN);
  const row = useWatch({ control, name: `charges.${at}` });
  const features = useWatch({ control, name: "features" });
  const feature = features.find(
    (one) => one.kind === "metered" && one.meter === row.meter,
  );
  const included = feature && !feature.isUnlimited ? feature.quota || 0 : 0;
  const quantity = Number.isNaN(used) ? usual(included) : used;
  return (
    <div className="flex flex-col gap-2 rounded-md bg-subtle p-3 sm:flex-row sm:items-center">
      <NumberField
        label={`Example: ${unit} used`}
        hideLabel
        minValue={0}
        maxValue={1_000_000_000_000}
        hideSteppers
        className="sm:w-36"
        value={quantity}
        onChange={setUsed}
      />
      <p aria-live="polite" className="text-sm text-ink-muted">
        {example(row, quantity, included, unit)}
      </p>
    </div>
  );
}

/** Half as much again as is included. */
function usual(included: number): number {
  return included > 0 ? included * 1.5 : 1_500;
}

function example(
  row: ChargeRow,
  used: number,
  included: number,
  unit: string,
): string {
  const charge = Charge.safeParse(toCharge(row));
  if (!charge.success || !/^[A-Z]{3}$/.test(row.currency))
    return "Fill in the prices to see an example.";
  const beyond = scaled(used.toFixed(12)) - scaled(included.toFixed(12));
  const quantity = decimalText(beyond > 0n ? beyond : 0n);
  const minor = chargeFor(charge.data, quantity, minorDigits(row.currency));
  const cost = formatMoney({ amount: Number(minor), currency: row.currency });
  const what = amountText(used, unit);
  return included > 0
    ? `${what} would cost ${cost}: ${amountText(included, unit)} are included.`
    : `${what} would cost ${cost}.`;
}
