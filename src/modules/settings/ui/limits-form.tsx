"use client";

import type { Control } from "react-hook-form";
import { NumberField } from "@/ui/forms/number-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { LimitSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

const fields: { name: keyof LimitSettings; label: string; of: string }[] = [
  {
    name: "general_per_minute",
    label: "Service tokens and the team",
    of: "Calls of one token, or of one member of the team.",
  },
  {
    name: "portal_per_minute",
    label: "Customers’ people",
    of: "Calls of one person, or of one address that is not signed in.",
  },
  {
    name: "auth_per_minute",
    label: "Sign-in and registration",
    of: "Attempts for one account, and from one address.",
  },
  {
    name: "tenants_per_minute",
    label: "New tenants",
    of: "Tenants that one person asks for.",
  },
  {
    name: "tickets_per_minute",
    label: "New tickets",
    of: "Tickets that one person opens.",
  },
  {
    name: "licenses_per_minute",
    label: "Software with a license key",
    of: "Validations and activations from one address.",
  },
];
const labels = Object.fromEntries(
  fields.map(({ name, label }) => [name, `“${label}”`]),
);

/** How much of the app's own API one caller may use. */
export function LimitsForm({
  limits,
  mayWrite,
}: {
  limits: LimitSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<LimitSettings>({
    group: "limits",
    values: limits,
    labels,
    saved: "Limits saved",
  });
  return (
    <SettingsCard
      title="Limits"
      description="Of this app’s own API. The limits of your customers’ keys are on their pages."
      mayWrite={mayWrite}
      {...card}
    >
      {fields.map((field) => (
        <LimitField key={field.name} {...{ control, mayWrite, ...field }} />
      ))}
    </SettingsCard>
  );
}

type LimitFieldProps = (typeof fields)[number] & {
  control: Control<LimitSettings>;
  mayWrite: boolean;
};

function LimitField({ control, mayWrite, name, label, of }: LimitFieldProps) {
  return (
    <NumberField
      label={label}
      suffix="a minute"
      minValue={1}
      maxValue={1_000_000}
      className="max-w-80"
      description={of}
      {...useFormField(control, name)}
      isDisabled={!mayWrite}
    />
  );
}
