"use client";

import { useState } from "react";
import { moneyDecimal, parseMoney } from "@/shared/money";
import { Button } from "@/ui/controls/button";
import { Form } from "@/ui/forms/form";
import { TextField } from "@/ui/forms/text-field";
import { DayField } from "@/ui/dates/day-field";
import type { FilterName, FilterValues } from "./filters";

export type RangeFormProps = {
  values: FilterValues;
  /** What amounts are typed and compared in. */
  currency: string;
  withMoney: boolean;
  onChange: (values: FilterValues) => void;
  onDone: () => void;
};

type Typed = Record<string, string | null>;

/** Both ends of each range; an empty one has no bound. */
export default function RangeForm({
  values,
  currency,
  withMoney,
  onChange,
  onDone,
}: RangeFormProps) {
  const [typed, setTyped] = useState(() => toTyped(values, currency));
  const [isChecked, setChecked] = useState(false);
  const { found, problems } = toValues(typed, currency);
  const put = (name: FilterName) => (text: string | null) =>
    setTyped({ ...typed, [name]: text });
  const amount = (name: FilterName, label: string) => (
    <TextField
      label={label}
      prefix={currency}
      inputMode="decimal"
      value={typed[name] ?? ""}
      onChange={put(name)}
      error={isChecked ? problems[name] : undefined}
    />
  );
  function apply() {
    setChecked(true);
    if (Object.keys(problems).length > 0) return;
    onChange(found);
    onDone();
  }
  return (
    <Form onSubmit={apply} className="w-72">
      <DayField
        label="Joined from"
        value={typed["created[gte]"] ?? null}
        onChange={put("created[gte]")}
      />
      <DayField
        label="Joined to"
        value={typed["created[lte]"] ?? null}
        onChange={put("created[lte]")}
        error={isChecked ? problems["created[lte]"] : undefined}
      />
      {withMoney ? (
        <>
          <div className="grid grid-cols-2 gap-2">
            {amount("revenue[gte]", "Revenue from")}
            {amount("revenue[lte]", "Revenue to")}
            {amount("balance[gte]", "Balance from")}
            {amount("balance[lte]", "Balance to")}
          </div>
          <p className="text-xs text-ink-faint">
            Each customer’s own currency counts; none is converted.
          </p>
        </>
      ) : null}
      <Button type="submit" variant="primary">
        Apply
      </Button>
    </Form>
  );
}

function toTyped(values: FilterValues, currency: string): Typed {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value && name.startsWith("created")
        ? value.slice(0, 10)
        : value && moneyDecimal({ amount: Number(value), currency }),
    ]),
  );
}

function toValues(typed: Typed, currency: string) {
  const problems: Partial<Record<string, string>> = {};
  const day = (name: FilterName, time: string) =>
    typed[name] ? `${typed[name]}T${time}Z` : null;
  const minor = (name: FilterName) => {
    const text = typed[name]?.trim();
    if (!text) return null;
    const parsed = parseMoney(text, currency);
    if (!parsed) problems[name] = "An amount such as 12.50";
    return parsed ? String(parsed.amount) : null;
  };
  const found: FilterValues = {
    "created[gte]": day("created[gte]", "00:00:00"),
    "created[lte]": day("created[lte]", "23:59:59.999"),
    "revenue[gte]": minor("revenue[gte]"),
    "revenue[lte]": minor("revenue[lte]"),
    "balance[gte]": minor("balance[gte]"),
    "balance[lte]": minor("balance[lte]"),
  };
  const { "created[gte]": from, "created[lte]": to } = found;
  if (from && to && from > to)
    problems["created[lte]"] = "Not before the first day";
  return { found, problems };
}
