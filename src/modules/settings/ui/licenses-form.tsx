"use client";

import { RadioGroup } from "@/ui/forms/radio-group";
import { useFormField } from "@/ui/forms/use-form-field";
import type { LicenseSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

const choices = [
  {
    id: "suspend",
    label: "Suspend them",
    description: "They come back by themselves when the subscription does.",
  },
  {
    id: "expire",
    label: "Let them expire",
    description: "They end at that moment, and must be renewed.",
  },
  {
    id: "keep",
    label: "Keep them",
    description: "They run until their own end.",
  },
];

/** What becomes of licenses when their subscription ends. */
export function LicensesForm({
  licenses,
  mayWrite,
}: {
  licenses: LicenseSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<LicenseSettings>({
    group: "licenses",
    values: licenses,
    labels: { on_subscription_end: "When a subscription ends" },
    saved: "Licenses saved",
  });
  return (
    <SettingsCard
      title="Licenses"
      description="Of licenses that came with a subscription, once it is canceled or unpaid"
      mayWrite={mayWrite}
      {...card}
    >
      <RadioGroup
        label="When a subscription ends"
        options={choices}
        {...useFormField(control, "on_subscription_end")}
        isDisabled={!mayWrite}
      />
    </SettingsCard>
  );
}
