"use client";

import { NumberField } from "@/ui/forms/number-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { RetentionSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

const label = "Usage events";

/** How long what grows is kept. */
export function RetentionForm({
  retention,
  mayWrite,
}: {
  retention: RetentionSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<RetentionSettings>({
    group: "retention",
    values: retention,
    labels: { usage_events_months: `“${label}”` },
    saved: "Retention saved",
  });
  return (
    <SettingsCard
      title="Retention"
      description="How long single events are kept. Sums by hour and by day stay for good, and so do invoices."
      mayWrite={mayWrite}
      {...card}
    >
      <NumberField
        label={label}
        suffix="months"
        minValue={2}
        maxValue={120}
        className="max-w-80"
        description="Whole months before this one. Older ones are dropped each night, and can neither be exported nor priced anew from then on."
        {...useFormField(control, "usage_events_months")}
        isDisabled={!mayWrite}
      />
    </SettingsCard>
  );
}
