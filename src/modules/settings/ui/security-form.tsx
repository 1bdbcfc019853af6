"use client";

import { Checkbox } from "@/ui/forms/checkbox";
import { NumberField } from "@/ui/forms/number-field";
import { Select } from "@/ui/forms/select";
import { useFormField } from "@/ui/forms/use-form-field";
import type { SecuritySettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

const never = "never";

const idleLengths = [
  { id: "15", label: "After 15 minutes" },
  { id: "30", label: "After 30 minutes" },
  { id: "60", label: "After an hour" },
  { id: "240", label: "After 4 hours" },
  { id: "720", label: "After 12 hours" },
  { id: "1440", label: "After a day" },
  { id: never, label: "Never" },
];

// One that was set by the API need not be among them.
function idleOptions(minutes: number | null) {
  const id = String(minutes ?? never);
  return idleLengths.some((length) => length.id === id)
    ? idleLengths
    : [{ id, label: `After ${id} minutes` }, ...idleLengths];
}

/** How people sign in, and for how long. */
export function SecurityForm({
  security,
  mayWrite,
}: {
  security: SecuritySettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<SecuritySettings>({
    group: "security",
    values: security,
    labels: {
      staff_two_factor_required: "Two-factor sign-in",
      password_minimum: "The least length of passwords",
      session_days: "The length of a session",
      session_idle_minutes: "The time without use",
    },
    saved: "Security saved",
  });
  const { value: isRequired, ...required } = useFormField(
    control,
    "staff_two_factor_required",
  );
  const idle = useFormField(control, "session_idle_minutes");
  const isDisabled = !mayWrite;
  return (
    <SettingsCard
      title="Security"
      description="Rules for everybody who signs in"
      mayWrite={mayWrite}
      {...card}
    >
      <Checkbox
        label="The team must use two-factor sign-in"
        description="Who has not set it up is asked to at the next sign-in, before anything else."
        isSelected={isRequired}
        {...required}
        isDisabled={isDisabled}
      />
      <NumberField
        label="Least length of a password"
        suffix="characters"
        minValue={12}
        maxValue={64}
        className="max-w-60"
        description="For passwords that are chosen from now on; 12 at least."
        {...useFormField(control, "password_minimum")}
        isDisabled={isDisabled}
      />
      <NumberField
        label="A browser stays signed in for"
        suffix="days"
        minValue={1}
        maxValue={365}
        className="max-w-60"
        description="For sessions that begin from now on."
        {...useFormField(control, "session_days")}
        isDisabled={isDisabled}
      />
      <Select
        label="A browser that nobody uses is signed out"
        className="max-w-60"
        description="From the next request on, in sessions that are open too. A page that renews itself does not count as use."
        options={idleOptions(idle.value)}
        value={String(idle.value ?? never)}
        onChange={(id) => idle.onChange(id === never ? null : Number(id))}
        onBlur={idle.onBlur}
        error={idle.error}
        isDisabled={isDisabled}
      />
    </SettingsCard>
  );
}
