"use client";

import { NumberField } from "@/ui/forms/number-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { ClosingSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

const label = "Time to take it back";

/** What becomes of an account whose owner closes it. */
export function ClosingForm({
  closing,
  mayWrite,
}: {
  closing: ClosingSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<ClosingSettings>({
    group: "closing",
    values: closing,
    labels: { wait_days: `“${label}”` },
    saved: "Closing of accounts saved",
  });
  return (
    <SettingsCard
      title="Closing of accounts"
      description="An owner who closes the account has it erased, once nothing is owed. You are told, and can keep it too."
      mayWrite={mayWrite}
      {...card}
    >
      <NumberField
        label={label}
        suffix="days"
        minValue={0}
        maxValue={90}
        className="max-w-80"
        description="Until then all goes on as it is. 0: closed at once."
        {...useFormField(control, "wait_days")}
        isDisabled={!mayWrite}
      />
    </SettingsCard>
  );
}
