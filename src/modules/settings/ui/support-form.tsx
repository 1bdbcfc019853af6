"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { useController, type Control } from "react-hook-form";
import { IconButton } from "@/ui/controls/icon-button";
import type { FilterOption } from "@/ui/display/filter-chips";
import { NumberField } from "@/ui/forms/number-field";
import { Select } from "@/ui/forms/select";
import { useFormField } from "@/ui/forms/use-form-field";
import type { ResponseTargets, SupportSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

const priorities = ["urgent", "high", "normal", "low"] as const;
const words = { urgent: "Urgent", high: "High", normal: "Normal", low: "Low" };

type Values = Omit<SupportSettings, "auto_close_days"> & {
  /** NaN is empty: never */
  auto_close_days: number;
};

export type SupportFormProps = {
  support: SupportSettings;
  /** The plans that may have targets of their own. */
  plans: readonly FilterOption[];
  mayWrite: boolean;
};

/** How soon tickets are answered, by priority and by plan, and when they close by themselves. */
export function SupportForm({ support, plans, mayWrite }: SupportFormProps) {
  const { control, card } = useSettingsForm<Values>({
    group: "support",
    values: { ...support, auto_close_days: support.auto_close_days ?? NaN },
    labels: {
      ...labelsOf("response_minutes", ""),
      ...Object.fromEntries(
        plans.flatMap(({ id, label }) =>
          Object.entries(
            labelsOf(`plan_response_minutes.${id}`, ` of ${label}`),
          ),
        ),
      ),
      auto_close_days: "“Close resolved tickets”",
    },
    toGroup: ({ auto_close_days: days, ...rest }) => ({
      ...rest,
      auto_close_days: Number.isNaN(days) ? null : days,
    }),
    saved: "Support saved",
  });
  return (
    <SettingsCard
      title="Support"
      description="Minutes until a customer who waits is owed an answer, by the priority of the ticket"
      mayWrite={mayWrite}
      {...card}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-sm font-medium">By default</legend>
        <TargetFields
          control={control}
          under="response_minutes"
          mayWrite={mayWrite}
        />
      </fieldset>
      <PlanTargets control={control} plans={plans} mayWrite={mayWrite} />
      <NumberField
        label="Close resolved tickets"
        isOptional
        suffix="days later"
        minValue={1}
        maxValue={365}
        className="max-w-80"
        description="Empty: never. A reply opens a ticket again at any time."
        {...useFormField(control, "auto_close_days")}
        isDisabled={!mayWrite}
      />
    </SettingsCard>
  );
}

type FieldsProps = {
  control: Control<Values>;
  under: "response_minutes" | `plan_response_minutes.${string}`;
  mayWrite: boolean;
};

function TargetFields({ control, under, mayWrite }: FieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
      {priorities.map((priority) => (
        <TargetField
          key={priority}
          {...{ control, mayWrite, priority }}
          name={`${under}.${priority}`}
        />
      ))}
    </div>
  );
}

type TargetFieldProps = {
  control: Control<Values>;
  name:
    | `response_minutes.${keyof ResponseTargets}`
    | `plan_response_minutes.${string}.${keyof ResponseTargets}`;
  priority: keyof ResponseTargets;
  mayWrite: boolean;
};

function TargetField({ control, name, priority, mayWrite }: TargetFieldProps) {
  return (
    <NumberField
      label={words[priority]}
      suffix="min"
      minValue={1}
      maxValue={43_200}
      {...useFormField(control, name as "response_minutes.urgent")} // Safe: each is a number of minutes.
      isDisabled={!mayWrite}
    />
  );
}

type PlanTargetsProps = Omit<SupportFormProps, "support"> & {
  control: Control<Values>;
};

function PlanTargets({ control, plans, mayWrite }: PlanTargetsProps) {
  const { field } = useController({ control, name: "plan_response_minutes" });
  const defaults = useController({ control, name: "response_minutes" }).field;
  const [chosen, setChosen] = useState(Object.keys(field.value));
  const nameOf = (id: string) =>
    plans.find((plan) => plan.id === id)?.label ?? id;
  const left = plans.filter(({ id }) => !chosen.includes(id));
  const add = (id: string) => {
    field.onChange({ ...field.value, [id]: { ...defaults.value } });
    setChosen([...chosen, id]);
  };
  const remove = (id: string) => {
    const { [id]: _, ...others } = field.value;
    field.onChange(others);
    setChosen(chosen.filter((one) => one !== id));
  };
  return (
    <>
      {chosen.map((id) => (
        <fieldset key={id} className="flex flex-col gap-2 border-t pt-4">
          <legend className="contents">
            <span className="flex items-center justify-between text-sm font-medium">
              {nameOf(id)}
              {mayWrite ? (
                <IconButton
                  label={`Remove the targets of ${nameOf(id)}`}
                  icon={<X />}
                  size="sm"
                  onPress={() => remove(id)}
                />
              ) : null}
            </span>
          </legend>
          <TargetFields
            control={control}
            under={`plan_response_minutes.${id}`}
            mayWrite={mayWrite}
          />
        </fieldset>
      ))}
      {mayWrite && left.length > 0 ? (
        <Select
          label="Targets of a plan"
          placeholder="Add a plan…"
          className="max-w-80"
          description="Customers with this plan are answered by them."
          value={null}
          options={left}
          onChange={add}
        />
      ) : null}
    </>
  );
}

function labelsOf(under: string, of: string): Record<string, string> {
  return Object.fromEntries(
    priorities.map((one) => [`${under}.${one}`, `“${words[one]}”${of}`]),
  );
}
