"use client";

import { useState } from "react";
import { Select } from "@/ui/forms/select";
import type { Interval, PlanTerms } from "../contract/terms";
import { PlanCard, type PlanCardProps } from "./plan-card";
import { currenciesOf } from "./plan-words";

const intervals = [
  { id: "month", label: "Monthly" },
  { id: "year", label: "Yearly" },
];

/** The card that a customer sees, by currency and interval. */
export function PlanPreview({
  plan,
}: {
  plan: PlanCardProps["plan"] & Pick<PlanTerms, "prices">;
}) {
  const currencies = currenciesOf(plan);
  const [currency, setCurrency] = useState(currencies[0] ?? "USD");
  const [interval, setInterval] = useState<Interval>(
    plan.prices[0]?.interval ?? "month",
  );
  return (
    <div className="flex max-w-sm flex-col gap-4">
      <div className="grid grid-cols-2 gap-4">
        <Select
          label="Currency"
          options={currencies.map((code) => ({ id: code, label: code }))}
          value={currency}
          onChange={setCurrency}
        />
        <Select
          label="Paid"
          options={intervals}
          value={interval}
          onChange={(id) => setInterval(id === "year" ? "year" : "month")}
        />
      </div>
      <PlanCard plan={plan} currency={currency} interval={interval} level={2} />
    </div>
  );
}
