"use client";

import { RadioGroup } from "@/ui/forms/radio-group";
import { useFormField } from "@/ui/forms/use-form-field";
import type { AccessSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

const choices = [
  {
    id: "refuse",
    label: "Refuse all calls",
    description: "Checks answer 503 and say when to try again.",
  },
  {
    id: "allow",
    label: "Allow calls that only have rate windows",
    description:
      "They pass uncounted, and the answer says so. Quotas, spend caps and features are still refused.",
  },
];

/** What the access check does when the database cannot answer. */
export function AccessForm({
  access,
  mayWrite,
}: {
  access: AccessSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<AccessSettings>({
    group: "access",
    values: access,
    labels: { fail_open: "If the database cannot answer" },
    saved: "Access saved",
  });
  const { value, onChange, ...field } = useFormField(control, "fail_open");
  return (
    <SettingsCard
      title="Access"
      description="Of your customers’ calls, when the decision cannot be made"
      mayWrite={mayWrite}
      {...card}
    >
      <RadioGroup
        label="If the database cannot answer"
        options={choices}
        value={value ? "allow" : "refuse"}
        onChange={(id) => onChange(id === "allow")}
        {...field}
        isDisabled={!mayWrite}
      />
    </SettingsCard>
  );
}
