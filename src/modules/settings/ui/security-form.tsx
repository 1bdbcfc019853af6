"use client";

import { Checkbox } from "@/ui/forms/checkbox";
import { NumberField } from "@/ui/forms/number-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { SecuritySettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

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
      <NumberField
        label="A browser that nobody uses is signed out after"
        suffix="minutes"
        placeholder="Never"
        minValue={5}
        maxValue={10_080}
        className="max-w-60"
        description="Empty: never. It counts from the next request on, in sessions that are open too. A page that renews itself does not count as use."
        {...idle}
        value={idle.value ?? NaN}
        onChange={(minutes) =>
          idle.onChange(Number.isNaN(minutes) ? null : minutes)
        }
        isDisabled={isDisabled}
      />
    </SettingsCard>
  );
}
