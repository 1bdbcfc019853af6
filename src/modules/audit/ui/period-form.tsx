"use client";

import { useState } from "react";
import { Button } from "@/ui/controls/button";
import { DayField } from "@/ui/dates/day-field";
import { Form } from "@/ui/forms/form";
import type { FilterValues } from "./audit-filter-bar";

export type PeriodFormProps = {
  values: FilterValues;
  onChange: (period: FilterValues) => void;
};

/** The first and the last day; without one there is no bound. */
export default function PeriodForm({ values, onChange }: PeriodFormProps) {
  const [from, setFrom] = useState(dayOf(values["created[gte]"]));
  const [to, setTo] = useState(dayOf(values["created[lte]"]));
  const [isChecked, setChecked] = useState(false);
  const isReversed = from !== null && to !== null && from > to;
  function apply() {
    setChecked(true);
    if (isReversed) return;
    onChange({
      "created[gte]": from && `${from}T00:00:00Z`,
      "created[lte]": to && `${to}T23:59:59.999Z`,
    });
  }
  return (
    <Form onSubmit={apply} className="w-64">
      <DayField label="From" value={from} onChange={setFrom} />
      <DayField
        label="To"
        value={to}
        onChange={setTo}
        description="Days are those of UTC."
        error={isChecked && isReversed ? "Not before the first day" : undefined}
      />
      <Button type="submit" variant="primary">
        Apply
      </Button>
    </Form>
  );
}

function dayOf(instant: string | null | undefined): string | null {
  const at = new Date(instant ?? "");
  return Number.isNaN(at.getTime()) ? null : at.toISOString().slice(0, 10);
}
